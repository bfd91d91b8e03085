internal import DriftKit

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
    let (reasons, notes) = (reasons, notes)
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
          features[$0].json(
            thresholds: context.configuration.ownThresholds(of: features[$0].name),
            context: context)
        }
      ),
      ("mmd", .whole(result.maximumMeanDiscrepancy.map(\.json) ?? .null)),
    ]
  }
}

private func rows(_ baseline: Int, _ current: Int) -> JSONValue {
  .inline(.object([.init("baseline", .integer(baseline)), .init("current", .integer(current))]))
}

private func status(_ status: DriftStatus) -> JSONValue.Member {
  .init("status", .string(status.rawValue))
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
        .init("reasons", .strings(reasons(memoryAdvice: context.memoryAdvice))),
        .init("baseline", baseline.json),
        .init("current", current.map(\.json) ?? .null),
        .init("psi", populationStability.map(\.json) ?? .null),
        .init("mean_shift", meanShift.map(\.json) ?? .null),
        .init("new_levels", newLevels.map(\.json) ?? .null),
        .init("notes", .strings(notes(memoryLimitName: context.memoryLimitName))),
      ] + own)
  }
}

extension Thresholds {
  fileprivate var json: JSONValue {
    .inline(
      .object([
        .init("alpha", .number(alpha)),
        .init("warn_alpha", .number(warnAlpha)),
        .init("psi_warn", .number(stabilityWarn)),
        .init("psi_fail", .number(stabilityFail)),
        .init("mean_shift_effect_warn", .number(effectWarn)),
        .init("mean_shift_effect", .number(effectFail)),
        .init("new_levels_warn", .number(newLevelsWarn)),
        .init("new_levels_fail", .number(newLevelsFail)),
      ]))
  }
}

extension SideSummary {
  fileprivate var json: JSONValue {
    .inline(
      .object([
        .init("rows", .integer(rows)),
        .init("missing", .integer(missing)),
        .init("unparseable", .integer(unparseable)),
        .init("infinite", .integer(infinite)),
        .init("mean", .optional(mean)),
        .init("standard_deviation", .optional(standardDeviation)),
        .init("minimum", .optional(minimum)),
        .init("maximum", .optional(maximum)),
      ]))
  }
}

extension StabilityOutcome {
  fileprivate var json: JSONValue {
    .object([
      .init("value", .number(test.value)),
      .init("p_value", .number(test.pValue)),
      .init("p_value_adjusted", .number(adjustedPValue)),
      .init("critical_value", .number(test.criticalValue)),
      .init("bias_corrected", .number(test.biasCorrected)),
      .init("smoothed", .bool(test.isSmoothed)),
      DriftReport.status(status),
      .init(
        "bins",
        .array(
          test.bins.map { bin in
            .inline(
              .object([
                .init("label", .string(bin.label)),
                .init("lower", .optional(bin.lower)),
                .init("upper", .optional(bin.upper)),
                .init("baseline_count", .integer(bin.baselineCount)),
                .init("current_count", .integer(bin.currentCount)),
                .init("contribution", .number(bin.contribution)),
              ]))
          })),
    ])
  }
}

extension MeanShiftOutcome {
  fileprivate var json: JSONValue {
    .object([
      .init("statistic", .optional(statistic)),
      .init("degrees_of_freedom", .optional(degreesOfFreedom)),
      .init("p_value", .optional(pValue)),
      .init("p_value_adjusted", .optional(adjustedPValue)),
      .init("difference", .optional(difference)),
      .init("effect_size", .optional(effectSize)),
      .init(
        "effect_size_interval",
        effectSizeInterval.map {
          .inline(.array([.number($0.lowerBound), .number($0.upperBound)]))
        } ?? .null),
      DriftReport.status(status),
    ])
  }
}

extension NewLevelsOutcome {
  fileprivate var json: JSONValue {
    .object([
      .init("share", .number(test.share)),
      .init("expected_share", .number(test.expectedShare)),
      .init("p_value", .number(test.pValue)),
      .init("p_value_adjusted", .number(adjustedPValue)),
      .init(
        "examples",
        .array(
          test.examples.map {
            .inline(
              .object([
                .init("level", .string($0.level.description)), .init("count", .integer($0.count)),
              ]))
          })),
      DriftReport.status(status),
    ])
  }
}

extension DiscrepancyOutcome {
  fileprivate var json: JSONValue {
    .object([
      .init("statistic", .number(test.statistic)),
      .init("p_value", .number(test.pValue)),
      .init("permutations", .integer(test.permutations)),
      .init("permutation_unit", .string(test.unit.rawValue)),
      .init("block_size", .integer(test.blockSize)),
      .init("exact", .bool(test.isExact)),
      .init("bandwidth", .number(test.bandwidth)),
      .init("features", .inline(.strings(features))),
      .init("rows", rows(test.baselineRows, test.currentRows)),
      .init("sampled", .bool(test.isSampled)),
      DriftReport.status(status),
      .init("features_ranked", causes.map { .array($0.features.map(\.json)) } ?? .null),
      .init("ranked_rows", causes.map { rows($0.baselineRows, $0.currentRows) } ?? .null),
      .init("witness_rows", causes.map { .array($0.rows.map(\.json)) } ?? .null),
    ])
  }
}

extension DiscrepancyCauses.Feature {
  fileprivate var json: JSONValue {
    .inline(
      .object([
        .init("feature", .string(name)),
        .init("statistic_without", .number(statisticWithout)),
        .init("drop", .number(drop)),
        .init("share", .optional(share)),
      ]))
  }
}

extension DiscrepancyCauses.Row {
  fileprivate var json: JSONValue {
    let values = values.map { value in
      JSONValue.object([
        .init("feature", .string(value.feature)),
        .init("value", .number(value.value)),
        .init("z", .optional(value.standardised)),
      ])
    }
    return .inline(
      .object([
        .init("row", number.map { .integer($0) } ?? .null),
        .init("witness", .number(witness)),
        .init("features", .array(values)),
      ]))
  }
}
