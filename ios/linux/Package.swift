// swift-tools-version: 6.0

// What Linux can show of the iOS app: CitizenKit with its tests, and the app's views type-checked against a stand-in
// for SwiftUI. The stand-in is a target of this package alone, which Xcode never opens, so it cannot shadow Apple's.

import PackageDescription

let package = Package(
  name: "CitizenOnLinux",
  defaultLocalization: "zh-Hans",
  dependencies: [
    .package(path: "../CitizenKit"),
    .package(path: "../../target/ios/CitizenCore"),
  ],
  targets: [
    .testTarget(
      name: "CitizenKitTests",
      dependencies: [
        .product(name: "CitizenKit", package: "CitizenKit"),
        .product(name: "CitizenCore", package: "CitizenCore"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
