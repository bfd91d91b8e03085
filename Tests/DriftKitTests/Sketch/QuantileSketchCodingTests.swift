import DriftKit
import DriftTestSupport
import Testing

@Suite("Encoded quantile sketches")
struct QuantileSketchCodingTests {
  private func sketch(_ values: [Double], exactLimit: Int = 1_000) -> QuantileSketch {
    var sketch = QuantileSketch(exactLimit: exactLimit, seed: 1, stream: 2)
    sketch.add(values)
    return sketch
  }

  private func decode(_ bytes: [UInt8]) throws(SketchError) -> QuantileSketch {
    var rest = bytes[...]
    return try QuantileSketch(decoding: &rest, exactLimit: 1_000, seed: 1, stream: 2)
  }

  /// One of each form.
  private var samples: [QuantileSketch] {
    var huge = sketch(SketchStream.normal.values(20_000, seed: 1))
    for _ in 0..<30 {
      let copy = huge
      huge.merge(copy)
    }
    huge.add([1, 2, 3])
    return [
      sketch([]), sketch([1.5]), sketch(SketchStream.normal.values(300, seed: 1)),
      sketch(SketchStream.integers.values(900, seed: 1)),
      sketch(SketchStream.normal.values(1_001, seed: 1)),
      sketch(SketchStream.integers.values(90_000, seed: 1)), huge,
    ]
  }

  @Test("Reading gives what was written, and leaves what follows")
  func roundTrip() throws {
    for sample in samples {
      let bytes = [7, 7] + sample.bytes + [1, 2, 3]
      var rest = bytes[2...]
      var copy = try QuantileSketch(decoding: &rest, exactLimit: 1_000, seed: 1, stream: 2)
      #expect(copy == sample && copy.bytes == sample.bytes && Array(rest) == [1, 2, 3])
      #expect(copy.count == sample.count && copy.isExact == sample.isExact)
      #expect(copy.minimum == sample.minimum && copy.maximum == sample.maximum)
      #expect(copy.values(at: [0, 10, 400]) == sample.values(at: [0, 10, 400]))
      // The random choices go on as well.
      var original = sample
      let more = SketchStream.cauchy.values(50_000, seed: 12)
      original.add(more)
      copy.add(more)
      #expect(copy.bytes == original.bytes)
    }
  }

  @Test("Equal values are counted when that is smaller")
  func runs() {
    #expect(sketch(SketchStream.constant.values(1_000, seed: 1)).bytes.count == 12)
    #expect(sketch(SketchStream.sorted.values(1_000, seed: 1)).bytes.count == 3 + 8_000)
    #expect(sketch(SketchStream.integers.values(1_000, seed: 1)).bytes.count <= 2 + 50 * 10)
    // Eight equal values of nine: 9 bytes a run are not less than 8 a value.
    #expect(sketch([1, 2, 3, 4, 5, 6, 7, 8, 8]).bytes.count == 2 + 8 * 9)
    #expect(sketch([1, 2, 3, 4, 5, 6, 7, 7, 7]).bytes.count == 2 + 7 * 9)
  }

  @Test("Every cut is an error")
  func cuts() {
    for bytes in samples.map(\.bytes) {
      let step = max(1, bytes.count / 500)
      for length in Array(stride(from: 0, to: bytes.count, by: step)) + [bytes.count - 1] {
        var rest = bytes[..<length]
        #expect {
          try QuantileSketch(decoding: &rest, exactLimit: 1_000, seed: 1, stream: 2)
        } throws: { ($0 as? SketchError)?.code == .truncated }
        #expect(rest.count == length)
      }
    }
  }

  @Test("No bytes make it stop: what is read can be used")
  func fuzz() {
    var generator = SplitMix64(seed: 77)
    var accepted = 0
    var refused = 0
    for bytes in samples.map(\.bytes) {
      for round in 0..<600 {
        var damaged = bytes
        // The head is small and says most.
        let reach = round % 2 == 0 ? min(bytes.count, 60) : bytes.count
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<reach, using: &generator)
          switch generator.next() % 4 {
          case 0: damaged[place] ^= 1 << UInt8(generator.next() % 8)
          case 1: damaged[place] = [0, 1, 0x7F, 0x80, 0xFF][Int(generator.next() % 5)]
          case 2: damaged.insert(UInt8(generator.next() & 0xFF), at: place)
          default: damaged[place] = UInt8(generator.next() & 0xFF)
          }
        }
        do {
          var sketch = try decode(damaged)
          accepted += 1
          let ranks = [0, sketch.count / 2, sketch.count - 1]
          #expect(sketch.values(at: ranks).allSatisfy { $0.isFinite })
          sketch.add([1, 2, 3])
          let copy = sketch
          sketch.merge(copy)
          #expect(sketch.count == 2 * copy.count)
          #expect(sketch.countsBelow([.infinity]) == [sketch.count])
        } catch {
          refused += 1
          #expect(!"\(error)".isEmpty && error.offset <= damaged.count)
        }
      }
    }
    #expect(accepted > 50 && refused > 500, "\(accepted) accepted, \(refused) refused")
  }

  @Test("Random bytes are refused or read")
  func randomBytes() {
    var generator = SplitMix64(seed: 78)
    for round in 0..<5_000 {
      var bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        UInt8(generator.next() & 0xFF)
      }
      if !bytes.isEmpty, round % 2 == 0 { bytes[0] = UInt8(round / 2 % 2) }
      if let sketch = try? decode(bytes) { #expect(sketch.count <= 1_000) }
    }
  }

  struct Refusal: Sendable {
    let bytes: [UInt8]
    let code: SketchError.Code
    let text: String
  }

  private static let one = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F] as [UInt8]
  private static let two = [0, 0, 0, 0, 0, 0, 0, 0x40] as [UInt8]
  private static let nan = [0, 0, 0, 0, 0, 0, 0xF8, 0x7F] as [UInt8]
  private static let minusZero = [0, 0, 0, 0, 0, 0, 0, 0x80] as [UInt8]

  static let refusals = [
    Refusal(bytes: [9], code: .malformed, text: "byte 0: a quantile sketch of kind 9"),
    Refusal(bytes: [0, 4] + two + one, code: .malformed, text: "less than the one before"),
    Refusal(bytes: [0, 5] + one + [1] + one + [1], code: .malformed, text: "less than"),
    Refusal(bytes: [0, 2] + nan, code: .malformed, text: "is nan, expected a finite number"),
    Refusal(bytes: [0, 2] + minusZero, code: .malformed, text: "is -0.0, expected"),
    Refusal(bytes: [0, 3] + one + [0], code: .malformed, text: "0 times"),
    Refusal(bytes: [0, 3] + one + [0xE9, 7], code: .tooLarge, text: "is 1001, the most"),
    Refusal(
      bytes: [0, 3] + one + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], code: .tooLarge,
      text: "the most expected are 1000"),
    Refusal(
      bytes: [0] + Array(repeating: 0xFF, count: 12), code: .malformed, text: "more than 64 bits"),
    Refusal(bytes: [1, 2] + two + one, code: .malformed, text: "minimum 2.0 is above"),
    Refusal(
      bytes: [1, 2] + one + two + Array(repeating: 0, count: 16) + [0, 0, 0], code: .malformed,
      text: "no levels"),
    Refusal(
      bytes: [1, 2] + one + two + Array(repeating: 0, count: 16) + [0, 0, 1, 2, 2] + one,
      code: .malformed, text: "stand for 1 values, expected 2"),
    Refusal(
      bytes: [1, 1] + one + one + Array(repeating: 0, count: 16) + [0, 0, 1, 2, 2] + two,
      code: .malformed, text: "outside the range"),
    Refusal(
      bytes: [1, 1] + one + one + Array(repeating: 0, count: 16) + [200], code: .malformed,
      text: "a shift of 200"),
  ]

  @Test("What is wrong is said", arguments: refusals)
  func refusal(_ refusal: Refusal) {
    #expect {
      try decode(refusal.bytes)
    } throws: { error in
      guard let error = error as? SketchError else { return false }
      return error.code == refusal.code && error.description.contains(refusal.text)
    }
  }

  @Test("A larger limit than the reader's is refused")
  func limit() {
    let bytes = sketch(SketchStream.normal.values(2_000, seed: 1), exactLimit: 3_000).bytes
    #expect { try decode(bytes) } throws: { ($0 as? SketchError)?.code == .tooLarge }
  }
}
