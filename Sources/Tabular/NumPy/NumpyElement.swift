/// What the numbers of a NumPy array are: their kind, size and byte order.
struct NumpyElement: Sendable {
  /// The kinds that are read, by NumPy's names for them.
  enum Kind: String, Sendable {
    case b1, i1, i2, i4, i8, u1, u2, u4, u8, f4, f8

    /// Bytes of a number.
    var size: Int {
      switch self {
      case .b1, .i1, .u1: 1
      case .i2, .u2: 2
      case .i4, .u4, .f4: 4
      case .i8, .u8, .f8: 8
      }
    }
  }

  let kind: Kind
  /// The bytes are in the other order than this machine's.
  let isSwapped: Bool

  /// The element that a `descr` such as `<f8` names; nil for what is not read.
  init?(_ descr: String) {
    guard let kind = Kind(rawValue: String(descr.dropFirst())), let order = descr.first else {
      return nil
    }
    let isLittle = 1.littleEndian == 1
    switch order {
    case "<": isSwapped = !isLittle
    case ">": isSwapped = isLittle
    case "|", "=": isSwapped = false
    default: return nil
    }
    self.kind = kind
  }

  /// Bytes of a number.
  var size: Int { kind.size }

  /// What a `descr` that is not read stands for.
  static func meaning(_ descr: String) -> String {
    switch descr.dropFirst().first {
    case "c": "complex numbers"
    case "f": "floating-point numbers of another size"
    case "O": "Python objects"
    case "S", "a", "U": "text"
    case "M", "m": "times"
    case "V": "records or raw bytes"
    default: "values of another kind"
    }
  }

  /// Converts numbers to doubles, the nearest where there is none of that value.
  ///
  /// - Parameters:
  ///   - bytes: The first number; it need not be aligned.
  ///   - stride: Bytes from one to the next.
  ///   - count: How many there are.
  ///   - target: Where they go.
  func convert(
    _ bytes: UnsafeRawPointer, stride: Int, count: Int, to target: UnsafeMutablePointer<Double>
  ) {
    @inline(__always)
    func fill<Stored: FixedWidthInteger & BitwiseCopyable>(
      _ type: Stored.Type, _ value: (Stored) -> Double
    ) {
      if isSwapped {
        for index in 0..<count {
          target[index] = value(
            bytes.loadUnaligned(fromByteOffset: index * stride, as: type).byteSwapped)
        }
      } else {
        for index in 0..<count {
          target[index] = value(bytes.loadUnaligned(fromByteOffset: index * stride, as: type))
        }
      }
    }
    switch kind {
    case .b1: fill(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .i1: fill(Int8.self) { Double($0) }
    case .i2: fill(Int16.self) { Double($0) }
    case .i4: fill(Int32.self) { Double($0) }
    case .i8: fill(Int64.self) { Double($0) }
    case .u1: fill(UInt8.self) { Double($0) }
    case .u2: fill(UInt16.self) { Double($0) }
    case .u4: fill(UInt32.self) { Double($0) }
    case .u8: fill(UInt64.self) { Double($0) }
    case .f4: fill(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .f8: fill(UInt64.self) { Double(bitPattern: $0) }
    }
  }

  /// The text of a number as a level: without a fraction where it is whole; nil for NaN.
  func level(_ bytes: UnsafeRawPointer) -> String? {
    switch kind {
    case .i8:
      let number = bytes.loadUnaligned(as: Int64.self)
      return String(isSwapped ? number.byteSwapped : number)
    case .u8:
      let number = bytes.loadUnaligned(as: UInt64.self)
      return String(isSwapped ? number.byteSwapped : number)
    default:
      var number = 0.0
      convert(bytes, stride: 0, count: 1, to: &number)
      if number.isNaN { return nil }
      if let whole = Int64(exactly: number), abs(number) < 0x1p53 { return String(whole) }
      guard kind == .f4 else { return "\(number)" }
      return "\(Float(number))"
    }
  }
}
