import DriftCheckCore
import DriftKit
import Foundation
import Glibc
import Testing

/// Files about as large as they may be: no time goes with the square of their length.
@Suite struct ConfigurationSizeTests {
  /// A value and the seconds of processor time that it took this thread, which other tests that run
  /// beside it do not lengthen.
  private func timed<Value>(_ body: () throws -> Value) rethrows -> (Value, Double) {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    let value = try body()
    return (value, now() - start)
  }

  private func names(_ prefix: String) -> [String] { (0..<50_000).map { "\(prefix)\($0)" } }

  private func list(_ names: [String]) -> String {
    "[" + names.joined(separator: ", ") + "]"
  }

  @Test(arguments: ["features", "exclude", "missing-values"])
  func aLongListTakesNoTime(_ key: String) throws {
    let names = names("c")
    let file = try Configured("\(key): \(list(names))\n")
    let (options, seconds) = try timed { try file.options() }
    let lists = [
      "features": options.configuration.features ?? [], "exclude": options.configuration.excluded,
      "missing-values": options.missingValues ?? [],
    ]
    #expect(lists[key] == names)
    #expect(seconds < 1)
  }

  /// Lists that must have no column in common, and the rest of one that a flag takes names out of.
  @Test func twoLongListsTakeNoTime() throws {
    let (wanted, others) = (names("f"), names("c"))
    let file = try Configured("features: \(list(wanted))\nexclude: \(list(others))\n")
    let (options, seconds) = try timed { try file.options() }
    #expect(options.configuration.features == wanted && options.configuration.excluded == others)
    #expect(seconds < 2)
    let (fewer, more) = try timed { try file.options(twoFiles + ["--features", "c0,c1,x"]) }
    #expect(
      fewer.configuration.features == ["c0", "c1", "x"]
        && fewer.configuration.excluded == Array(others.dropFirst(2)))
    #expect(more < 2)
  }

  /// As programs write JSON, without line ends. Places are those of characters all the same.
  @Test func oneLongLineOfJSONTakesNoTime() throws {
    let ignored = (0..<40_000).map { "\"\u{E9}\($0)\":{\"ignore\":true}," }
    var text = "{\"overrides\":{" + ignored.joined()
    let column = text.unicodeScalars.count + 1
    text += "\"last\":{\"alpha\":0.5}}}"
    #expect((1_000_000...(1 << 20)).contains(text.utf8.count))
    let file = try Configured(text, name: "drift.json")
    let (options, seconds) = try timed { try file.options() }
    #expect(options.overrides.count == 40_001)
    let last = try #require(options.overrides.last)
    #expect((last.column, last.limits["alpha"]) == ("last", 0.5))
    #expect((last.place.line, last.place.column) == (1, column))
    #expect(last.places["alpha"]?.column == column + 8)
    #expect(seconds < 4)
  }
}
