// swift-tools-version: 6.0

// The generated binding as a package. `cargo xtask test` copies this file beside what it generates, into
// target/ios/CitizenCore; on a Mac ios/xcframework.sh does. Nothing generated is kept in the repository.

import PackageDescription

#if os(macOS)
  let core: Target = .binaryTarget(name: "CitizenCoreFFI", path: "CitizenCoreFFI.xcframework")
  let linking: [LinkerSetting] = []
#else
  // The library that cargo has built for this machine, found at its own place when the tests run.
  let library = Context.environment["CITIZEN_LIBRARY"] ?? "../../debug"
  let core: Target = .systemLibrary(name: "CitizenCoreFFI")
  let linking: [LinkerSetting] = [
    .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
    .linkedLibrary("citizen_bindings"),
  ]
#endif

let package = Package(
  name: "CitizenCore",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [.library(name: "CitizenCore", targets: ["CitizenCore"])],
  targets: [
    core,
    .target(name: "CitizenCore", dependencies: ["CitizenCoreFFI"], linkerSettings: linking),
  ],
  swiftLanguageModes: [.v6]
)
