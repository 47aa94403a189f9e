import Foundation

/// What the tests run against, as `cargo xtask test` names it.
enum Surroundings {
  /// The city's program.
  static let city = named("CITIZEN_CITY")
  /// Photographs of papers.
  static let papers = URL(filePath: named("CITIZEN_PAPERS"))
  /// The top of the repository.
  static let root = URL(filePath: named("CITIZEN_ROOT"))

  private static func named(_ variable: String) -> String {
    guard let value = ProcessInfo.processInfo.environment[variable] else {
      fatalError("\(variable) is not set: run the tests with `cargo xtask test --only ios`")
    }
    return value
  }

  /// A folder that nothing else uses.
  static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "citizen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// What went wrong in a harness, in a sentence.
struct Surprise: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
