// swift-tools-version: 6.0

import PackageDescription

let package = Package(
  name: "SwiftUI",
  products: [.library(name: "SwiftUI", targets: ["SwiftUI"])],
  targets: [.target(name: "SwiftUI")],
  swiftLanguageModes: [.v6]
)
