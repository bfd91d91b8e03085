/// The levels of a KLL sketch: values that stand for 1, 2, 4 ... values each.
///
/// A level that is full is compacted: of its values in order every second one goes up a level, where
/// it counts twice; a coin decides whether it is the odd or the even ones. Every other compaction of
/// a level takes the opposite of the coin before, which halves the variance (Ivkin et al.). The
/// levels below those that matter are replaced by sampling.
///
/// Error. One compaction at weight w changes the estimated rank of any number by -w, 0 or w; so does
/// a pair of them with opposite coins. By Hoeffding's lemma what is drawn at once is sub-Gaussian with
/// a variance of at most a quarter of its squared range, and so is the sum over all draws with the sum
/// V of these: w^2 for a pair of compactions, 4^h / 4 for one of every 2^h sorted values as the first
/// step does, and n w / 4 for sampling at weight w. The largest error among 40,000 ranks, two at each
/// 20,000th of the values, exceeds 6.04 sqrt(V) with probability below
/// 40,000 x 2 exp(-6.04^2 / 2) < 1e-3, and in between estimates are off by 5e-5 n more at most. Columns
/// that were picked from are off by D besides, which is not random: the size of a bucket for each of
/// them. So all ranks are within `rankError` at once as long as 6.04 sqrt(V) + D + 5e-5 n is. For the
/// capacities below and the default limit of exact values it is, whatever the values and their order:
/// the sizes of levels do not depend on them, so V and D are counted by the tests. sqrt(V) alone is at
/// most 1.5e-4 n.
///
/// Sources: Karnin, Lang & Liberty, "Optimal quantile approximation in streams", FOCS 2016; Ivkin,
/// Liberty, Lang, Karnin & Braverman, "Streaming quantiles algorithms with small space and update
/// time", 2019.
package struct KLLLevels: Sendable {
  /// k: how many values make the upmost level full.
  package static let topCapacity = 10_240
  /// Levels hold 2/3 of the one above, but not less than this.
  package static let leastCapacity = 512
  /// How many values are sorted at a time.
  package static let bufferCapacity = 4_096
  /// One of so many values, as a power of 2, is the largest share of all that may hang on one draw
  /// of the sampler.
  package static let sampledShift = 27
  /// Less sampling than one in so many, as a power of 2, costs more than it saves.
  static let leastShift = 3
  /// The bound on errors of ranks, as a share of all values, with a probability of 99.9 %.
  package static let rankError = 0.001

  /// The most values that are ever counted, as a power of 2.
  static let mostCountShift = 62
  static let mostShift = mostCountShift - sampledShift

  /// How many values there are.
  private(set) var count: Int
  /// The values: those of the first level, which come from the stream, in any order, all others
  /// ascending. One of level i stands for 2^i times as many as one of the first.
  private(set) var levels: [[Double]]
  /// Which values the next compaction of each level keeps: those at even places (0), at odd ones (1)
  /// or what a coin says (2).
  private(set) var offsets: [UInt8]
  private(set) var sampler: QuantileSampler
  private(set) var coins: SketchCoins

  /// Some values, ascending, that are too many to be kept.
  init(sorted: [Double], seed: UInt64, stream: UInt64) {
    count = sorted.count
    coins = SketchCoins(seed: seed, stream: stream, salt: SketchCoins.salt(of: sorted))
    sampler = QuantileSampler()
    let height = Self.height(count: count)
    let kept = count >> height
    levels = Array(repeating: [], count: height + 1)
    offsets = Array(repeating: 2, count: height + 1)
    let offset = coins.draw { $0.next(below: 1 << height) }
    levels[height] = (0..<kept).map { sorted[$0 << height + offset] }
    levels[0] += sorted[(kept << height)...]
    settle()
  }

  /// Levels in some state, which must be valid.
  init(
    count: Int, levels: [[Double]], offsets: [UInt8], sampler: QuantileSampler, coins: SketchCoins
  ) {
    self.count = count
    self.levels = levels
    self.offsets = offsets
    self.sampler = sampler
    self.coins = coins
  }

  /// What a value of the first level stands for.
  var weight: Int { sampler.weight }

  /// Adds finite values, none of them -0.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    var rest = values
    while !rest.isEmpty {
      let taken: Int
      if sampler.shift == 0 {
        taken = min(Self.bufferCapacity - levels[0].count, rest.count)
        levels[0].append(contentsOf: UnsafeBufferPointer(rebasing: rest[..<taken]))
      } else {
        taken = coins.draw {
          sampler.take(rest, into: &levels[0], until: Self.bufferCapacity, &$0)
        }
      }
      count += taken
      if levels[0].count >= Self.bufferCapacity { settle() }
      rest = UnsafeBufferPointer(rebasing: rest[taken...])
    }
  }

  /// Adds the values of other levels.
  mutating func merge(_ other: KLLLevels) {
    var other = other
    count += other.count
    let shift = max(sampler.shift, other.sampler.shift, Self.shift(count: count))
    while sampler.shift < shift { raise() }
    while other.sampler.shift < shift { other.raise() }
    while levels.count < other.levels.count { addLevel() }
    levels[0] += other.levels[0]
    for level in other.levels.indices.dropFirst() {
      levels[level] = SortedNumbers.merged(levels[level], other.levels[level])
    }
    take(other.sampler.candidate, weight: other.sampler.seen)
    settle()
  }

  /// Compacts the levels that are full, from below.
  mutating func settle() {
    if levels[0].count >= Self.bufferCapacity { compact(0) }
    // More levels may come.
    var level = 1
    while level < levels.count {
      if levels[level].count >= capacity(of: level) { compact(level) }
      level += 1
    }
    while sampler.shift < Self.shift(count: count) { raise() }
    // What was the second level is the first one now.
    if levels[0].count >= Self.bufferCapacity { settle() }
  }

  /// How many values make a level full.
  private func capacity(of level: Int) -> Int {
    var capacity = Self.topCapacity
    for _ in level..<levels.count - 1 where capacity > Self.leastCapacity {
      capacity = (2 * capacity + 2) / 3
    }
    return max(capacity, Self.leastCapacity)
  }

  /// What is sampled at most, with so many values.
  private static func shift(count: Int) -> Int {
    let shift = Int.bitWidth - 1 - max(count, 1).leadingZeroBitCount - sampledShift
    return shift < leastShift ? 0 : shift
  }

  private mutating func addLevel() {
    levels.append([])
    offsets.append(2)
  }

  /// Moves half of the values of a level up; the last one stays if their number is odd.
  private mutating func compact(_ level: Int) {
    if level + 1 == levels.count { addLevel() }
    if level == 0 { SortedNumbers.sort(&levels[0]) }
    let offset =
      offsets[level] < 2 ? Int(offsets[level]) : coins.draw { Int($0.next() & 1) }
    offsets[level] = offsets[level] < 2 ? 2 : UInt8(1 - offset)
    let pairs = levels[level].count / 2
    let half = [Double](unsafeUninitializedCapacity: pairs) { half, initialized in
      levels[level].withUnsafeBufferPointer { values in
        for pair in 0..<pairs { half.initializeElement(at: pair, to: values[2 * pair + offset]) }
      }
      initialized = pairs
    }
    levels[level].removeFirst(2 * pairs)
    levels[level + 1] = SortedNumbers.merged(levels[level + 1], half)
  }

  /// Replaces the first level by sampling.
  private mutating func raise() {
    let weight = weight
    compact(0)
    let single = levels.removeFirst().first
    offsets.removeFirst()
    coins.draw { sampler.raise(&$0) }
    if let single { take(single, weight: weight) }
  }

  /// Samples a value that stands for some.
  private mutating func take(_ value: Double, weight: Int) {
    guard weight > 0 else { return }
    if let kept = coins.draw({ sampler.take(value, weight: weight, &$0) }) {
      levels[0].append(kept)
    }
  }
}
