// swift-tools-version: 6.0

// What Linux can show of the iOS app: CitizenKit with its tests, and the app's views type-checked against a stand-in
// for SwiftUI. The stand-in is a package that this one alone knows and that Xcode never opens, so it cannot shadow
// Apple's.

import PackageDescription

let package = Package(
  name: "CitizenOnLinux",
  defaultLocalization: "zh-Hans",
  dependencies: [
    .package(path: "SwiftUI"),
    .package(path: "../CitizenKit"),
    .package(path: "../../target/ios/CitizenCore"),
  ],
  targets: [
    .target(
      name: "CitizenApp",
      dependencies: [
        .product(name: "SwiftUI", package: "SwiftUI"), .product(name: "CitizenKit", package: "CitizenKit"),
      ]
    ),
    .testTarget(
      name: "CitizenKitTests",
      dependencies: [
        .product(name: "CitizenKit", package: "CitizenKit"),
        .product(name: "CitizenCore", package: "CitizenCore"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)
