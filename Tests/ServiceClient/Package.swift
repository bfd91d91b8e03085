// swift-tools-version: 6.3
import PackageDescription

// A service that imports DriftKit as any other package would.
let package = Package(
  name: "ServiceClient",
  dependencies: [.package(name: "drift-check", path: "../..")],
  targets: [
    .executableTarget(
      name: "ServiceClient",
      dependencies: [
        .product(name: "DriftKit", package: "drift-check"),
        .product(name: "DriftReport", package: "drift-check"),
      ])
  ]
)
