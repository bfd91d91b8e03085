import DriftTestSupport
import Foundation
import Tabular
import Testing

/// A `.npy` file, put together by hand.
struct NumpyFile {
  var descr = "'<f8'"
  var isFortran = false
  var shape: [Int]
  var version: [UInt8] = [1, 0]
  var data: [UInt8]

  /// An array of doubles, by rows.
  init(_ rows: [[Double]], isFortran: Bool = false) {
    let columns = rows.first?.count ?? 0
    let numbers =
      isFortran ? (0..<columns).flatMap { column in rows.map { $0[column] } } : rows.flatMap { $0 }
    self.isFortran = isFortran
    shape = [rows.count, columns]
    data = numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * $0)) }
    }
  }

  /// The header's dictionary as `numpy.save` writes it.
  var dictionary: String {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    return "{'descr': \(descr), 'fortran_order': \(isFortran ? "True" : "False"), "
      + "'shape': (\(sizes)), }"
  }

  /// The bytes of the file; with `dictionary`, that is its header.
  func bytes(dictionary: String? = nil) -> [UInt8] {
    var text = Array((dictionary ?? self.dictionary).utf8)
    let fixed = version[0] > 1 ? 12 : 10
    text += [UInt8](repeating: 0x20, count: 63 - (fixed + text.count) % 64) + [0x0A]
    let length = (0..<(fixed - 8)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + version + length + text + data
  }
}

/// An array that NumPy 2.4.6 wrote: `fixtures/formats/make.py`.
struct NumpyCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let base64: String
  /// Bits of doubles; nil when the array is refused.
  let rows: [[String]]?

  var testDescription: String { name }

  var bytes: [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

  var numbers: [[Double]] {
    (rows ?? []).map { row in
      row.map { Double(bitPattern: UInt64($0, radix: 16) ?? 0) }
    }
  }

  static let all: [NumpyCase] = {
    let file = Project.root.appending(path: "fixtures/formats/arrays.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([NumpyCase].self, from: data)) ?? []
  }()
}
