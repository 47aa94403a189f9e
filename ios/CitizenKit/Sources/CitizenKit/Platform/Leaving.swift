import Foundation

/// A file that leaves the app, to a place that the person chooses.
enum Leaving {
  private static let folder = FileManager.default.temporaryDirectory.appending(path: "leaving")

  /// A place of the app's own for a file of that name, until it has left.
  static func file(_ name: String) throws -> URL {
    clear()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: name)
  }

  /// Deletes what is on the way, also what a process left there when it ended.
  static func clear() { try? FileManager.default.removeItem(at: folder) }
}
