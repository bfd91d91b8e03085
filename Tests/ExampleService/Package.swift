// swift-tools-version: 6.3
import PackageDescription

// A small service that watches the data of several models, as an example to start from.
let package = Package(
  name: "ExampleService",
  dependencies: [.package(name: "drift-check", path: "../..")],
  targets: [
    .executableTarget(
      name: "ExampleService", dependencies: [.product(name: "DriftKit", package: "drift-check")])
  ]
)
