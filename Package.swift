// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "drift-check",
  products: [
    .library(name: "DriftKit", targets: ["DriftKit"]),
    .library(name: "DriftReport", targets: ["DriftReport"]),
    .executable(name: "drift-check", targets: ["drift-check"]),
  ],
  targets: [
    // C libraries, from Debian's packages.
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CPopt", providers: [.apt(["libpopt-dev"])]),
    .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),

    // C and C++ of our own, each behind a plain C header.
    .target(name: "CInstructionSets"),
    .target(
      name: "CDriftKernels", dependencies: ["CInstructionSets"],
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CColumnKernels", dependencies: ["CInstructionSets"]),
    .target(
      name: "CDecompress", dependencies: ["CZlib", "CZstd"],
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "CFastFloat"),
    .target(name: "CProcess"),
    .target(name: "CPush", dependencies: ["CCurl"]),
    .target(name: "CTextKernels", dependencies: ["CInstructionSets"]),

    // bytes and numbers from outside: nothing beyond the end, no overflow
    .target(name: "Checked"),
    // threads that end with the call
    .target(name: "Parallel"),
    // bytes -> columns
    .target(
      name: "Tabular",
      dependencies: [
        "CDecompress", "CFastFloat", "Checked", "CInstructionSets", "CTextKernels", "Parallel",
      ]),
    // columns: data only
    .target(name: "DriftColumns", dependencies: ["Checked"]),
    // columns -> summaries: what is known of rows, which merges
    .target(
      name: "DriftSummaries",
      dependencies: [
        "CColumnKernels", "CDriftKernels", "Checked", "CInstructionSets", "DriftColumns",
        "Parallel",
      ]),
    // summaries -> tests of two of them
    .target(
      name: "DriftStatistics",
      dependencies: [
        "CColumnKernels", "CDriftKernels", "Checked", "CInstructionSets", "COpenBLAS",
        "DriftColumns", "DriftSummaries", "Parallel",
      ]),
    // tests -> findings
    .target(
      name: "DriftDetection",
      dependencies: [
        "CInstructionSets", "Checked", "DriftColumns", "DriftStatistics", "DriftSummaries",
        "Parallel",
      ]),
    // what a service imports: all of these floors, and checks that are awaited; apart, as the program
    // would carry the runtime of Swift's concurrency for them
    .target(
      name: "DriftKit",
      dependencies: [
        "DriftColumns", "DriftDetection", "DriftStatistics", "DriftSummaries", "Parallel",
      ]),
    // verdict -> report
    .target(name: "DriftReport", dependencies: ["Checked", "DriftDetection"]),
    // the program around them; of its folders each uses only those before it: System, Push, Flags,
    // Configuration, Run, Commands, CommandLine
    .target(
      name: "DriftCheckCore",
      dependencies: [
        "Checked", "CInstructionSets", "CPopt", "CProcess", "CPush", "CYaml",
        "DriftDetection", "DriftReport", "Tabular",
      ]),
    .executableTarget(name: "drift-check", dependencies: ["DriftCheckCore"]),

    .target(name: "DriftTestSupport", path: "Tests/DriftTestSupport"),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CInstructionSets", "CZlib", "CZstd", "DriftCheckCore", "DriftKit", "DriftReport",
        "DriftTestSupport", "Tabular",
      ], path: "Tests/FuzzTargets"),
    .target(name: "CWideKernels", dependencies: ["CDriftKernels"], path: "Tests/CWideKernels"),
    .testTarget(
      name: "DriftKitTests",
      dependencies: [
        "CColumnKernels", "CDriftKernels", "CInstructionSets", "CWideKernels", "DriftKit",
        "DriftTestSupport", "Parallel",
      ]),
    .testTarget(
      name: "TabularTests",
      dependencies: [
        "Checked", "CInstructionSets", "CTextKernels", "CZlib", "CZstd", "DriftTestSupport",
        "Parallel", "Tabular",
      ]),
    .testTarget(
      name: "DriftReportTests", dependencies: ["DriftKit", "DriftReport", "DriftTestSupport"]),
    .testTarget(
      name: "DriftCheckTests",
      dependencies: [
        "CInstructionSets", "DriftCheckCore", "DriftKit", "DriftReport", "drift-check",
        "DriftTestSupport",
      ]),
    .testTarget(name: "FuzzTests", dependencies: ["DriftTestSupport", "FuzzTargets"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17,
  cxxLanguageStandard: .cxx20
)

// The fuzzers need a runtime that only `make fuzz` links: nobody else sees them.
if Context.environment["DRIFT_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "drift-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz", exclude: ["fuzz.py"])
  ]
}

let plainC: Set<String> = [
  "CColumnKernels", "CDecompress", "CDriftKernels", "CFastFloat", "CInstructionSets", "CProcess",
  "CPush", "CTextKernels", "CWideKernels",
]
for target in package.targets where target.type != .system {
  // SE-0480: warnings are errors here, and SwiftPM drops this when we are somebody's dependency.
  guard !plainC.contains(target.name) else {
    target.cSettings = [.treatAllWarnings(as: .error)]
    target.cxxSettings = [.treatAllWarnings(as: .error)]
    continue
  }
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335: boxes are visible
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444: a file imports what it uses
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409: nothing leaks to importers
    .treatAllWarnings(as: .error),
  ]
}
