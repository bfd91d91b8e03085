/// The random choices of a sketch, numbered so that they go on where they ended.
///
/// They depend on the data as well as on the seed: parts of a column that were sketched with the
/// same seed and stream make different choices, whose errors do not add up when the parts are merged.
struct SketchCoins: Sendable {
  let seed: UInt64
  let stream: UInt64
  /// Made from the data.
  let salt: UInt64
  /// How many numbers were drawn.
  private(set) var draws: UInt64 = 0

  init(seed: UInt64, stream: UInt64, salt: UInt64, draws: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.salt = salt
    self.draws = draws
  }

  /// The salt of some values.
  static func salt(of values: [Double]) -> UInt64 { salt(ofWords: values.lazy.map(\.bitPattern)) }

  /// The salt of some numbers.
  static func salt(ofWords words: some Collection<UInt64>) -> UInt64 {
    var salt = UInt64(words.count)
    for word in words {
      salt = (salt ^ word) &* 0x9E37_79B9_7F4A_7C15
      salt ^= salt >> 32
    }
    return salt
  }

  /// Calls `body` with the generator where it stands.
  mutating func draw<Result>(_ body: (inout Philox) -> Result) -> Result {
    var generator = Philox(
      seed: seed, stream: stream ^ salt, purpose: .quantileSketch, position: draws)
    defer { draws = generator.position }
    return body(&generator)
  }
}
