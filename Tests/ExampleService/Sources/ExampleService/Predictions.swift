import DriftKit

/// The inputs of a model, as its service would collect them: made up here, the same every time.
struct Predictions {
  /// How far the numbers have moved.
  var shift = 0.0
  /// Which plans there are.
  var plans: [String?] = ["free", "pro", nil]

  /// `count` rows, from a place in the stream.
  func rows(_ count: Int, from start: Int) throws -> Dataset {
    let numeric = (0..<6).map { column in
      Column("x\(column)", (0..<count).map { number($0 + start, column) })
    }
    return try Dataset(
      numeric + [Column("plan", (0..<count).map { plans[($0 + start) % plans.count] })])
  }

  private func number(_ row: Int, _ column: Int) -> Double {
    var bits = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(column) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 31)) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ (bits >> 29)) >> 11) / Double(1 << 53) + shift
  }
}
