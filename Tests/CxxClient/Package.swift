// swift-tools-version: 6.3
import PackageDescription

// A package with C++ interoperability on: importing DriftKit must not need it, nor break under it.
let package = Package(
  name: "CxxClient",
  dependencies: [.package(name: "drift-check", path: "../..")],
  targets: [
    .executableTarget(
      name: "CxxClient", dependencies: [.product(name: "DriftKit", package: "drift-check")],
      swiftSettings: [.interoperabilityMode(.Cxx)])
  ],
  cxxLanguageStandard: .cxx20
)
