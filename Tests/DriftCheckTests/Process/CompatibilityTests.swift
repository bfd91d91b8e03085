import DriftTestSupport
import Foundation
import Testing

/// `--psi-compat churn-mlops`: the numbers, the keys and the verdict of the older job.
@Suite struct CompatibilityTests {
  /// PSI of the drifted tables, computed with NumPy 2.4.6 for every column whose cells are numbers,
  /// x and y without missing cells:
  ///
  ///     e = np.unique(np.quantile(x, np.linspace(0, 1, 11)))      # fewer than 3: 0.0
  ///     p, q = np.histogram(x, e)[0], np.histogram(y, e)[0]
  ///     p, q = np.clip(p / p.sum(), 1e-6, 1), np.clip(q / q.sum(), 1e-6, 1)
  ///     np.sum((q - p) * np.log(q / p))
  static let expected: [String: KeyValuePairs<String, Double>] = [
    "jukebox": [
      "danceability": 0.2882004520837943,
      "energy": 0.004484175814014861,
      "loudness": 0.004435935288854796,
      "speechiness": 0.0036151208727436277,
      "acousticness": 0.004433030135553694,
      "instrumentalness": 0.0013683815428961734,
      "liveness": 0.0040423203965336,
      "valence": 0.005631761570345829,
      "tempo": 0.00331538296300624,
      "duration_ms": 0.005294587986830237,
      "key": 0.0039169760181332,
      "mode": 0.0,
      "time_signature": 3.263795776431299e-05,
    ],
    "churn": [
      "sessions_7d": 0.006864368258260287,
      "watch_minutes_7d": 0.3285917818580667,
      "watch_minutes_14d": 0.37988534043241906,
      "watch_minutes_30d": 0.44331330543575265,
      "quiz_attempts_7d": 0.0013919326083763894,
      "quiz_avg_score_7d": 0.005899358830226259,
      "days_since_signup": 0.0057802511107969455,
      "support_tickets_30d": 0.0033074415909103926,
      "payment_failures_30d": 0.0,
    ],
    "wdbc": [
      "mean_radius": 0.6050285895461732,
      "mean_texture": 0.2740962102759762,
      "mean_perimeter": 0.6931014038714649,
      "mean_area": 0.5969112857560088,
      "mean_smoothness": 0.10297053657277003,
      "mean_compactness": 0.40072606641272035,
      "mean_concavity": 0.6400006635092511,
      "mean_concave_points": 0.6514261860288968,
      "mean_symmetry": 0.26733063619079145,
      "mean_fractal_dimension": 0.04423835903400111,
      "radius_error": 0.45503802126367265,
      "texture_error": 0.16996625326710157,
      "perimeter_error": 0.33871737359515264,
      "area_error": 0.446535096082581,
      "smoothness_error": 0.1352919510477271,
      "compactness_error": 0.15733747193008402,
      "concavity_error": 0.23476962052924574,
      "concave_points_error": 0.19513390469045105,
      "symmetry_error": 0.06225151810172732,
      "fractal_dimension_error": 0.069854175131398,
      "worst_radius": 0.7687985020910716,
      "worst_texture": 0.5029638902790521,
      "worst_perimeter": 0.7563110136781904,
      "worst_area": 0.7270811613891165,
      "worst_smoothness": 0.20842686837679505,
      "worst_compactness": 0.21948182613883294,
      "worst_concavity": 0.6220809735537292,
      "worst_concave_points": 0.4824152442243208,
      "worst_symmetry": 0.19225732714836175,
      "worst_fractal_dimension": 0.10080354750126191,
    ],
  ]

  @Test(arguments: FixtureRun.names)
  func numbers(_ name: String) throws {
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      FixtureRun.inputs(name, "drifted")
        + ["--psi-compat", "churn-mlops", "--no-mmd", "--output", folder.path("report.json")],
      in: Project.root)
    #expect(outcome.exitCode == 2, "\(outcome)")
    let report = try OrderedJSON(folder.read("report.json"))
    #expect(
      report.keys.prefix(5) == [
        "status", "overall_max_psi", "psi_by_feature", "baseline", "current",
      ])
    let expected = try #require(Self.expected[name])
    #expect(report["psi_by_feature"]?.keys == expected.map(\.key))
    for (feature, value) in expected {
      let closeness = Closeness(
        report.at("psi_by_feature/\(feature)")?.double, to: value, absolute: 1e-12)
      #expect(closeness.holds, "\(feature): \(closeness)")
    }
    #expect(
      report["overall_max_psi"]?.double
        == report["psi_by_feature"].map { psi in
          psi.keys.compactMap { psi[$0]?.double }.max() ?? 0
        })
  }

  /// The verdict is the index's alone: other means, new levels and columns that are gone do not
  /// count.
  @Test func verdict() throws {
    func table(_ seed: UInt64, mean: Double, _ level: String) -> CSVTable {
      CSVTable([
        "x": CSVTable.normal(2_000, seed: seed, mean: mean),
        "plan": CSVTable.words([level], 2_000),
      ])
    }
    var baseline = table(1, mean: 0, "free")
    baseline.columns.append(("gone", baseline.columns[0].cells))
    for (mean, status, exitCode) in [(0.2, "OK", 0), (0.4, "WARN", 0), (0.8, "FAIL", 2)]
      as [(Double, OrderedJSON, Int32)]
    {
      let check = try CheckFolder(baseline: baseline, current: table(2, mean: mean, "new"))
      let report = try check.check(
        ["--psi-compat", "churn-mlops", "--permutations", "19"], exitCode: exitCode)
      #expect(report["status"] == status)
      #expect(report["psi_by_feature"]?.keys == ["x"])
      #expect(report["notes"]?.texts.first == "not in the current data, ignored: gone")
      let psi = try #require(report["overall_max_psi"]?.double)
      #expect((psi >= 0.10) == (status != "OK"))
      #expect((psi >= 0.25) == (status == "FAIL"))
      let strict = try check.check(
        ["--psi-compat", "churn-mlops", "--no-mmd", "--missing-features", "fail"], exitCode: 2)
      #expect(strict["status"] == "FAIL")
    }
  }
}
