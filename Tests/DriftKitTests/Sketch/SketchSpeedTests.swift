import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Prints how long sketching takes, if asked to by DRIFT_SKETCH_SPEED.
@Suite(
  "Speed of sketches", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["DRIFT_SKETCH_SPEED"] != nil))
struct SketchSpeedTests {
  private func nanoseconds(_ count: Int, repetitions: Int = 5, _ body: () -> Void) -> Double {
    // The time of this thread alone: other work on the machine counts less.
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
    let times = (0..<repetitions).map { _ in
      let start = now()
      body()
      return now() - start
    }.sorted()
    return times[repetitions / 2] / Double(count)
  }

  @Test("Values added", arguments: SketchStream.allCases)
  func add(stream: SketchStream) {
    let count = 1 << 22
    let values = stream.values(count, seed: 3)
    for limit in [0, count] {
      let time = nanoseconds(count) {
        var sketch = QuantileSketch(exactLimit: limit, seed: 1, stream: 1)
        values.withUnsafeBufferPointer { sketch.add($0) }
        #expect(sketch.count == count)
      }
      print("sketch-speed \(stream) limit \(limit): \(time) ns a value")
    }
  }

  @Test("Everything else")
  func others() throws {
    let values = SketchStream.normal.values(1 << 21, seed: 3)
    for limit in [0, 1 << 17] {
      var sketch = QuantileSketch(exactLimit: limit, seed: 1, stream: 1)
      sketch.add(limit == 0 ? values[...] : values.prefix(limit))
      let other = sketch
      let ranks = (0..<21).map { $0 * (sketch.count - 1) / 20 }
      let bytes = sketch.bytes
      print("sketch-speed limit \(limit): \(bytes.count) bytes")
      let times = [
        ("values", nanoseconds(1) { _ = sketch.values(at: ranks) }),
        ("encode", nanoseconds(1) { _ = sketch.bytes }),
        (
          "decode",
          nanoseconds(1) {
            var rest = bytes[...]
            _ = try? QuantileSketch(decoding: &rest, seed: 1, stream: 1)
          }
        ),
        (
          "merge",
          nanoseconds(1) {
            var merged = sketch
            merged.merge(other)
          }
        ),
      ]
      for (name, time) in times {
        print("sketch-speed limit \(limit) \(name): \(time / 1000) microseconds")
      }
    }
    var large = QuantileSketch(seed: 1, stream: 1)
    large.add(values)
    for _ in 0..<12 {
      let copy = large
      large.merge(copy)
      let time = nanoseconds(values.count, repetitions: 1) { large.add(values) }
      print("sketch-speed count \(large.count): \(time) ns a value")
    }
  }
}
