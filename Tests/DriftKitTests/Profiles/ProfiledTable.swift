import DriftKit
import DriftTestSupport

/// A table with columns of every sort, whole and in parts.
struct ProfiledTable {
  let rows: Int
  private let numbers: [(name: String, values: [Double], unparseable: Int)]
  private let levels: [(name: String, values: [String?])]

  init(rows: Int, seed: UInt64, shift: Double = 0) {
    self.rows = rows
    var source = SeededNormal(seed: seed)
    let normal = (0..<rows).map { _ in source.next() + shift }
    numbers = [
      ("normal", normal, 0),
      ("inflated", normal.map { $0 < 0.5 ? 0 : $0 * 10 }, 0),
      ("whole", normal.map { ($0 * 3).rounded() }, 0),
      ("binary", normal.map { $0 > 0 ? 1 : 0 }, 0),
      ("holes", normal.enumerated().map { $0.offset % 7 == 3 ? .nan : $0.element.magnitude }, 0),
      (
        "infinite",
        normal.enumerated().map {
          $0.offset % 50 == 9 ? .infinity : $0.offset % 60 == 9 ? -.infinity : $0.element
        }, 0
      ),
      ("constant", normal.map { _ in 4.5 }, 0),
      ("empty", normal.map { _ in .nan }, 0),
    ]
    levels = [
      ("plan", normal.map { $0 > 1 ? "pro" : $0 > -0.5 ? "free" : nil }),
      ("code", normal.map { "c\(Int($0 * 20))" }),
    ]
  }

  /// Some of the rows.
  func dataset(_ range: Range<Int>? = nil) throws -> Dataset {
    let range = range ?? 0..<rows
    return try Dataset(
      numbers.map { Column($0.name, Array($0.values[range])) }
        + levels.map { Column($0.name, Array($0.values[range])) })
  }

  /// Some of the rows as a profile; parts are named so that their order is that of the rows.
  func profile(
    _ range: Range<Int>? = nil, options: DatasetProfile.Options = .init(),
    edges: DatasetProfile? = nil
  ) throws -> DatasetProfile {
    let start = String(range?.lowerBound ?? 0)
    let segment = String(repeating: "0", count: 9 - start.count) + start
    return DatasetProfile(
      try dataset(range), options: options, segment: segment, edges: edges)
  }

  /// The rows in parts, some of them empty.
  static func cuts(_ rows: Int, parts: Int, seed: UInt64) -> [Range<Int>] {
    var source = SplitMix64(seed: seed)
    let inner = (0..<(parts - 1)).map { _ in Int(source.next() % UInt64(rows + 1)) }.sorted()
    return zip([0] + inner, inner + [rows]).map { $0..<$1 }
  }
}
