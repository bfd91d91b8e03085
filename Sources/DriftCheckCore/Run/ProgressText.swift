internal import DriftDetection
internal import DriftReport

/// What a progress line says:
/// `reading the baseline  [████▌     ]  45 %  312 MB/s  3 s left`.
package struct ProgressText: Sendable, Hashable {
  /// What is done at present.
  package var step: String
  /// The share done; nil when unknown.
  package var share: Double?
  /// The bytes read; shown when the share is not known.
  package var bytes: Int?
  /// Bytes a second; nil when unknown.
  package var bytesPerSecond: Double?
  /// Seconds to the end of the step; nil when unknown.
  package var secondsLeft: Double?

  private static let mostCells = 24
  private static let leastCells = 6
  /// A line that is much shorter than the terminal is not broken when that is made narrower.
  private static let most = 79

  /// A text of these parts.
  package init(
    _ step: String, share: Double? = nil, bytes: Int? = nil, bytesPerSecond: Double? = nil,
    secondsLeft: Double? = nil
  ) {
    self.step = step
    self.share = share
    self.bytes = bytes
    self.bytesPerSecond = bytesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// The line in at most `width` columns: what matters less goes first.
  package func line(width: Int, usesUnicode: Bool) -> String {
    let width = min(max(width, 1), Self.most)
    let amount =
      share.map { PlainText.padded("\(Int(bounded($0) * 100)) %", to: 5, right: true) }
      ?? bytes.map { Self.bytes(Double($0)) }
    let rate = bytesPerSecond.map { Self.bytes($0) + "/s" }
    let left = secondsLeft.map { Self.duration($0) + " left" }
    let choices = [[amount, rate, left], [amount, left], [amount], []].map { $0.compactMap { $0 } }
    let facts =
      choices.first { columns([step] + $0) <= width } ?? []
    var parts = [String(step.prefix(width))]
    let room = width - columns(parts + facts) - 4
    if let share, !facts.isEmpty, room >= Self.leastCells {
      parts.append(Self.bar(bounded(share), cells: min(room, Self.mostCells), usesUnicode))
    }
    return (parts + facts).joined(separator: "  ")
  }

  private func bounded(_ share: Double) -> Double { share.isNaN ? 0 : min(max(share, 0), 1) }

  private func columns(_ parts: [String]) -> Int {
    parts.reduce(-2) { $0 + 2 + DisplayWidth.of($1) }
  }

  private static func bar(_ share: Double, cells: Int, _ usesUnicode: Bool) -> String {
    let parts = usesUnicode ? 8 : 1
    let filled = Int(share * Double(cells * parts))
    var bar = String(repeating: usesUnicode ? "█" : "#", count: filled / parts)
    let rest = filled % parts
    if rest > 0 { bar += ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1] }
    return "[" + PlainText.padded(bar, to: cells) + "]"
  }

  /// `312 MB`, in units of a thousand.
  static func bytes(_ count: Double) -> String {
    var count = max(0, count)
    for unit in ["B", "kB", "MB", "GB"] {
      if count < 999.5 {
        return "\(NumberText.fixed(count, count < 9.95 && unit != "B" ? 1 : 0)) \(unit)"
      }
      count /= 1_000
    }
    return "\(NumberText.fixed(count, 1)) TB"
  }

  /// `8 s`, `45 s`, `12 min`, `3 h 10 min`: no more exact than an estimate is.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    switch whole {
    case ..<20: return "\(max(whole, 1)) s"
    case ..<56: return "\((whole + 4) / 5 * 5) s"
    case ..<3_600: return "\((whole + 59) / 60) min"
    default:
      let minutes = (whole + 599) / 600 * 10
      return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
  }
}
