internal import DriftCheckCore
internal import DriftKit
internal import DriftReport
internal import DriftTestSupport

/// What must hold of everything that is written of a report, whatever the names in it are.
struct ReportChecks {
  private let report: Report
  private let path: String
  private let width: Int

  init(_ report: Report, path: String, width: Int) {
    self.report = report
    self.path = path
    self.width = width
  }

  func run() throws {
    try checkJSON(report.document.bytes())
    try checkJSON(report.document.line())
    try MarkupCheck(report.page()).run()
    for trustyAI in [false, true] {
      try MetricsCheck.run(report.metrics(.init(end: 1e9, duration: 0.5), trustyAI: trustyAI))
    }
    try checkTexts()
    try checkLog()
  }

  private func checkJSON(_ bytes: [UInt8]) throws {
    let document = try OrderedJSON(bytes)
    try FuzzViolation.require(
      document["status"]?.text == report.result.status.rawValue, "another status in the JSON")
    try FuzzViolation.require(
      document.at("features")?.elements.compactMap { $0["name"]?.text }.elementsEqual(
        report.result.features.map(\.name)
      ) { $0.utf8.elementsEqual($1.utf8) } == true,
      "other names in the JSON")
    try requireNoControls(bytes, "JSON", painted: false)
  }

  private func checkTexts() throws {
    for color in [false, true] {
      try requireNoControls(
        Array(report.text(color: color, reportPath: path).utf8), "the table", painted: color)
      for usesUnicode in [false, true] {
        let style = TerminalStyle(width: width, usesColor: color, usesUnicode: usesUnicode)
        let text = report.terminalText(
          style, options: .init(reportPath: path, pagePath: path, endsWithZero: color))
        try requireNoControls(Array(text.utf8), "the terminal's text", painted: color)
      }
    }
  }

  private func checkLog() throws {
    let line = LogLine(
      .warning, "feature", path,
      [
        ("reasons", .strings(report.result.reasons)), ("notes", .strings(report.result.notes)),
        ("name", .string(report.context.baseline)),
        ("psi", .double(report.result.maximumStabilityIndex)),
      ])
    let json = Array(line.json(time: 0).utf8)
    _ = try OrderedJSON(json)
    try requireNoControls(json, "a log line", painted: false)
    try FuzzViolation.require(!json.contains(0x0A), "a log line of several lines")
    for message in [nil, path] {
      var line = line
      line.message = message
      let text = Array(line.text.utf8)
      try FuzzViolation.require(!text.contains(0x0A), "a log line of several lines")
      try requireNoControls(text, "a log line", painted: false)
    }
  }

  /// Nothing moves a cursor or changes what is around it, but line feeds and the colours of our own.
  private func requireNoControls(_ bytes: [UInt8], _ what: String, painted: Bool) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FuzzViolation("\(what) is not UTF-8")
    }
    var sequence: [Unicode.Scalar]?
    for scalar in text.unicodeScalars {
      if let begun = sequence {
        sequence = begun + [scalar]
        if scalar == "m" {
          sequence = nil
        } else {
          try FuzzViolation.require(
            begun.count < 6 && (scalar == "[" || scalar == ";" || ("0"..."9").contains(scalar)),
            "an unknown terminal sequence in \(what)")
        }
        continue
      }
      if scalar == "\u{1B}", painted {
        sequence = []
        continue
      }
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      try FuzzViolation.require(
        !isControl || scalar == "\n", "a raw control character \(scalar.value) in \(what)")
      // JSON keeps text as it is, but for what acts alone.
      if what != "JSON", what != "a log line" {
        try FuzzViolation.require(
          !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value),
          "a mark of direction in \(what)")
      }
    }
  }
}
