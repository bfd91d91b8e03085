internal import DriftKit

extension FuzzTarget {
  /// Profiles whose frames are right: decoded, written again, merged, checked on either side against
  /// tables and profiles, and their bins taken for others.
  static let profiles = FuzzTarget(name: "profiles", mostBytes: 4096) { input in
    var bytes = FuzzBytes(input)
    let encoded = try file(&bytes)
    let profile: DatasetProfile
    do {
      profile = try DatasetProfile(decoding: encoded)
    } catch {
      return
    }
    try requireRoundTrip(profile, "a profile that was read")
    let headings = profile.columnNames.map {
      FuzzTable.Heading(name: $0, kind: profile.kind(ofColumn: $0) ?? .numeric)
    }
    guard !headings.isEmpty else { return }
    var configuration = FuzzTable.configuration(headings, &bytes)
    configuration.compatibility = bytes.choice(8) == 7 ? .churnMLOps : .none
    let detector = try? DriftDetector(baseline: profile, configuration: configuration)
    _ = try CheckOutcome {
      try DriftDetector(baseline: profile, configuration: configuration).check(profile)
    }
    try check(profile, detector, headings, configuration, &bytes)
    // A second one of the same columns, or of others.
    guard !bytes.isAtEnd, let other = try? DatasetProfile(decoding: file(&bytes)) else {
      return
    }
    try merge(profile, other)
    if let detector { _ = try CheckOutcome { try detector.check(other) } }
  }

  /// Bytes that are a profile, but for what the fuzzer made of them.
  private static func file(_ bytes: inout FuzzBytes) throws -> [UInt8] {
    switch bytes.choice(4) {
    case 0:
      let content = CheckedFrame.sealed(CheckedFrame.profile, bytes.rest)
      bytes = FuzzBytes([])
      return content
    case 1:
      let content = ForgedColumns.content(&bytes)
      return CheckedFrame.sealed(CheckedFrame.profile, CheckedFrame.patched(content, &bytes))
    case let mode:
      let headings = FuzzTable.headings(&bytes)
      var options = makeOptions(headings, &bytes)
      guard let table = try? FuzzTable.table(headings, &bytes), table.rowCount < 10_000 else {
        return []
      }
      if mode == 3 { options.exactValues = 8 }
      let profile = DatasetProfile(table, options: options, segment: bytes.bool() ? "a" : "")
      let file = profile.encoded()
      try requireRoundTrip(profile, "a profile that was made")
      let content = CheckedFrame.patched(CheckedFrame.content(file), &bytes)
      return CheckedFrame.sealed(CheckedFrame.profile, content)
    }
  }

  private static func makeOptions(
    _ headings: [FuzzTable.Heading], _ bytes: inout FuzzBytes
  ) -> DatasetProfile.Options {
    var options = DatasetProfile.Options()
    options.sampledRows = bytes.choice(64)
    options.levels = bytes.bool() ? 1 << 20 : 1 + bytes.choice(4)
    options.keptValues = bytes.bool() ? 1 << 17 : 1 + bytes.choice(32)
    if bytes.choice(4) == 3 { options.binning = FuzzTable.binning(&bytes) }
    return options
  }

  /// What is written of it is read again, and is the same.
  private static func requireRoundTrip(_ profile: DatasetProfile, _ what: String) throws {
    let written = profile.encoded()
    do {
      let again = try DatasetProfile(decoding: written)
      try FuzzViolation.require(again == profile, "\(what) is another one when it is read again")
      try FuzzViolation.require(again.encoded() == written, "\(what) has other bytes the next time")
    } catch let error as DriftError {
      throw FuzzViolation("\(what) cannot be read: \(error)")
    }
  }

  /// Checks a table against the profile, the other way round, and counts it by the profile's bins.
  private static func check(
    _ profile: DatasetProfile, _ detector: DriftDetector?, _ headings: [FuzzTable.Heading],
    _ configuration: DriftConfiguration, _ bytes: inout FuzzBytes
  ) throws {
    guard let table = try? FuzzTable.table(headings, &bytes), table.rowCount < 10_000 else {
      return
    }
    if let detector { _ = try CheckOutcome { try detector.check(table) } }
    _ = try CheckOutcome {
      try DriftDetector(baseline: table, configuration: configuration).check(profile)
    }
    let counted = DatasetProfile(table, segment: "b", edges: profile)
    try requireRoundTrip(counted, "a profile by the bins of another")
    if let detector { _ = try CheckOutcome { try detector.check(counted) } }
    try merge(profile, counted)
    try merge(counted, profile)
  }

  private static func merge(_ profile: DatasetProfile, _ other: DatasetProfile) throws {
    var merged = profile
    do throws(DriftError) {
      try merged.merge(other)
    } catch {
      return
    }
    try FuzzViolation.require(
      merged.rowCount == profile.rowCount + other.rowCount, "rows were lost in a merge")
    try requireRoundTrip(merged, "a merged profile")
    _ = try CheckOutcome { try DriftDetector(baseline: merged).check(other) }
  }
}
