internal import CInstructionSets
internal import Tabular

extension FuzzTarget {
  /// Text of tables: whatever the size of a chunk, the threads and the instructions, one table.
  static let csv = FuzzTarget(name: "csv", mostBytes: 2048) { input in
    var bytes = FuzzBytes(input)
    let (choice, chunk) = (bytes.byte(), 1 + bytes.choice(64))
    var options = CSVOptions()
    if choice & 1 == 1 { options.delimiter = bytes.byte() }
    if choice & 2 == 2 {
      options.maximumCellBytes = 1 + bytes.choice(64)
      options.maximumRecordBytes = 1 + bytes.choice(256)
      options.maximumColumns = 1 + bytes.choice(8)
    }
    let requests: [ColumnRequest] = [.automatic, .numeric, .text, .skip]
    let first = Int(choice >> 2) & 3
    let request = { requests[choice & 16 == 16 ? (first + $0) % 4 : 0] }
    let whole = try ReadTable(bytes.rest, options, request: request)
    options.chunkSize = chunk
    options.instructionSet = choice & 32 == 32 ? InstructionSet.portable : .best
    let pieces = try ReadTable(
      bytes.rest, options, threads: choice & 64 == 64 ? 2 : 1, request: request)
    // Of two mistakes either may be told.
    try FuzzViolation.require(
      whole.names == pieces.names && whole.cells == pieces.cells,
      "whole: \(whole)\nin pieces: \(pieces)")
  }

  /// NumPy arrays: a header with the right length before it, and as many numbers as it says.
  static let arrays = FuzzTarget(name: "arrays", mostBytes: 1024) { input in
    var bytes = FuzzBytes(input)
    let chunk = 1 + bytes.choice(64)
    let file = NumpyFrame.file(&bytes)
    var options = CSVOptions()
    let whole = try ReadTable(file, options)
    options.chunkSize = chunk
    let pieces = try ReadTable(file, options)
    try FuzzViolation.require(whole == pieces, "whole: \(whole)\nin pieces: \(pieces)")
    let levels = try ReadTable(file, options, request: { _ in .text })
    try FuzzViolation.require(
      (levels.refusal == nil) == (whole.refusal == nil), "numbers: \(whole)\ntexts: \(levels)")
  }

  /// Compressed text: streams whose sums of control are right, whatever is in them.
  static let compressed = FuzzTarget(name: "compressed", mostBytes: 2048) { input in
    var bytes = FuzzBytes(input)
    let chunk = 1 + bytes.choice(64)
    let (file, text) = CompressedFrame.file(&bytes)
    var options = CSVOptions()
    let whole = try ReadTable(file, options)
    options.chunkSize = chunk
    let pieces = try ReadTable(file, options)
    try FuzzViolation.require(whole == pieces, "whole: \(whole)\nin pieces: \(pieces)")
    guard let text, whole.refusal == nil else { return }
    let plain = try ReadTable(text, options)
    try FuzzViolation.require(
      plain.names == whole.names && plain.cells == whole.cells,
      "compressed: \(whole)\nplain: \(plain)")
  }
}

/// A `.npy` file.
private enum NumpyFrame {
  private static let types = [
    "<f8", ">f8", "<f4", ">f4", "<f2", "<i8", ">i8", "<i4", "<i2", "|i1", "|u1", "<u8", "<u4",
    "|b1", "<c16", "|O", "<U4", "=f8", "<f16",
  ]

  static func file(_ bytes: inout FuzzBytes) -> [UInt8] {
    let version = bytes.choice(4)
    let isRaw = bytes.bool()
    let header = isRaw ? raw(&bytes) : header(&bytes)
    var file: [UInt8] = [0x93] + "NUMPY".utf8 + [UInt8(version), 0]
    let size = header.count
    file += (0..<(version < 2 ? 2 : 4)).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
    return file + header + bytes.rest
  }

  /// Text of the fuzzer's own as a header; what is behind its end is data.
  private static func raw(_ bytes: inout FuzzBytes) -> [UInt8] { bytes.take(Int(bytes.byte())) }

  private static func header(_ bytes: inout FuzzBytes) -> [UInt8] {
    let descr =
      switch bytes.choice(8) {
      case 0..<6: "'\(bytes.one(of: types))'"
      case 6: "[('a', '<f8'), ('b', '<i4')]"
      default: "'\(bytes.text())'"
      }
    let sizes = (0..<bytes.choice(4)).map { _ in
      bytes.choice(4) == 3 ? bytes.int() : bytes.choice(8)
    }
    let shape = sizes.map(String.init).joined(separator: ", ") + (sizes.count == 1 ? "," : "")
    let text =
      "{'descr': \(descr), 'fortran_order': \(bytes.bool() ? "True" : "False"), "
      + "'shape': (\(shape)), }"
    return Array(text.utf8) + (bytes.bool() ? [0x20, 0x0A] : [0x0A])
  }
}
