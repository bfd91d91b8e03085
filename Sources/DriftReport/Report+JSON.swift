internal import DriftDetection

extension Report {
  /// The version of the report's form. Keys may be added to it; none changes or goes.
  package static let schemaVersion = 1

  /// The report as JSON, all of it in memory.
  package var document: JSONValue {
    .object(members.map { .init($0.key, $0.value.value) })
  }

  /// Writes the report as JSON, the bytes of `document`, piece by piece.
  ///
  /// - Parameter take: Gets the bytes in order.
  /// - Throws: What `take` throws.
  package func writeJSON<Failure: Error>(
    _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    try StreamedValue.write(members, take)
  }

  /// What is in it. The first five keys are those of an older job (churn-mlops).
  private var members: [(key: String, value: StreamedValue)] {
    let features = result.features
    let detail = ReportDetail(features)
    let findings = Array(findings)
    let reasons = ReportDetail.limited(findings.map(\.text))
    let notes = ReportDetail.limited(notes) + [detail.note].compactMap { $0 }
    return [
      ("status", .whole(.string(result.status.rawValue))),
      ("overall_max_psi", .whole(.number(result.maximumStabilityIndex))),
      (
        "psi_by_feature",
        .object(features.count) {
          .init(features[$0].name, .optional(features[$0].populationStability?.test.value))
        }
      ),
      ("baseline", .whole(.string(context.baseline))),
      ("current", .whole(.string(context.current))),
      ("schema_version", .whole(.integer(Self.schemaVersion))),
      ("generated_at", .whole(.string(context.generatedAt))),
      (
        "tool",
        .whole(
          .inline(
            .object([
              .init("name", .string("drift-check")), .init("version", .string(context.version)),
            ])))
      ),
      ("model", .whole(context.model.map { .string($0) } ?? .null)),
      ("seed", .whole(.unsigned(context.seed))),
      ("alpha", .whole(.number(context.alpha))),
      ("warn_alpha", .whole(.number(context.warnAlpha))),
      ("rows", .whole(rows(result.baselineRows, result.currentRows))),
      ("reasons", .array(reasons.count) { .string(reasons[$0]) }),
      ("notes", .array(notes.count) { .string(notes[$0]) }),
      (
        "features",
        .array(features.count) {
          let feature = features[$0].json(
            thresholds: context.configuration.ownThresholds(of: features[$0].name),
            context: context)
          return detail.isWhole($0) ? feature : ReportDetail.brief(feature)
        }
      ),
      (
        DiscrepancyEntry.id.rawValue,
        .whole(result.maximumMeanDiscrepancy.map(DiscrepancyEntry.json) ?? .null)
      ),
      (
        DependenceEntry.id.rawValue,
        .whole(result.dependence.map(DependenceEntry.json) ?? .null)
      ),
      ("inputs", .array(context.inputs.count) { context.inputs[$0].json }),
      (
        "findings",
        .array(min(findings.count, ReportDetail.mostTexts)) {
          findings[$0].finding.json(text: findings[$0].text)
        }
      ),
    ]
  }
}

private func rows(_ baseline: Int, _ current: Int) -> JSONValue {
  .inline(.object([.init("baseline", .integer(baseline)), .init("current", .integer(current))]))
}

extension Finding {
  /// On one line, with its sentence.
  fileprivate func json(text: String) -> JSONValue {
    let feature: JSONValue =
      switch subject {
      case .feature(let name): .string(name)
      default: .null
      }
    return .inline(
      .object([
        .init("feature", feature), .init("test", .string(test.rawValue)),
        .init("status", .string(status.rawValue)), .init("observed", .optional(observed)),
        .init("limit", .optional(limit)), .init("p_value_adjusted", .optional(adjustedPValue)),
        .init("gates", .bool(gates)), .init("text", .string(text)),
      ]))
  }
}

extension FeatureResult {
  /// `thresholds`: the limits of the feature where they are not those of all, else nil.
  fileprivate func json(thresholds: Thresholds?, context: Report.Context) -> JSONValue {
    let own = thresholds.map { [JSONValue.Member("thresholds", $0.json)] } ?? []
    return .object(
      [
        .init("name", .string(name)),
        .init("kind", .string(kind.rawValue)),
        .init("status", .string(status.rawValue)),
        .init("reasons", .strings(reasons(advice: context.advice))),
        .init("baseline", baseline.json(kind)),
        .init("current", current.map { $0.json(kind) } ?? .null),
      ] + TestTable.ofFeatures.map { member($0) } + [
        .init("invalid_examples", invalidExamplesJSON),
        .init("time", timeJSON(at: context.generatedAt)),
        .init("notes", .strings(notes(context.words))), .init("gates", .bool(gates)),
        .init("importance", .optional(importance)),
      ] + own)
  }

  private func member<Test: FeatureTest>(_: Test.Type) -> JSONValue.Member {
    .init(Test.id.rawValue, results[Test.Outcome.self].map(Test.json) ?? .null)
  }
}

extension Thresholds {
  fileprivate var json: JSONValue {
    let levels: [JSONValue.Member] = [
      .init("alpha", .number(alpha)), .init("warn_alpha", .number(warnAlpha)),
    ]
    return .inline(
      .object(
        levels
          + TestTable.limits.flatMap { declared -> [JSONValue.Member] in
            [
              .init(declared.warnKey, .number(self[declared].warn)),
              .init(declared.failKey, .number(self[declared].fail)),
            ]
          }))
  }
}

extension SideSummary {
  fileprivate func json(_ kind: ColumnKind) -> JSONValue {
    // What a time feature has instead is under `time`.
    let (minimum, maximum) = kind == .time ? (nil, nil) : (minimum, maximum)
    return .inline(
      .object([
        .init("rows", .integer(rows)),
        .init("missing", .integer(missing)),
        .init("unparseable", .integer(unparseable)),
        .init("infinite", .integer(infinite)),
        .init("mean", .optional(kind == .time ? nil : mean)),
        .init("standard_deviation", .optional(kind == .time ? nil : standardDeviation)),
        .init("minimum", .optional(minimum)),
        .init("maximum", .optional(maximum)),
      ]))
  }
}
