import Foundation

/// How the system itself seals the app's files, beneath the core's own sealing.
public enum FileGuard {
  /// Databases must open while the phone is locked, since sending goes on then; photographs need not.
  public enum Class: Equatable, Sendable { case untilFirstUnlock, whileUnlocked }

  /// The class of a file by its place in the core's folder: `people/ID/blobs/…` holds the photographs.
  public static func `class`(of path: String) -> Class {
    path.split(separator: "/").dropLast().contains("blobs") ? .whileUnlocked : .untilFirstUnlock
  }
}

#if os(iOS)
  extension FileGuard {
    /// Makes the folder where there is none, keeps it out of backups, and gives each file in it its class. Files that
    /// come later take the class of their folder.
    public static func protect(_ folder: URL) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var kept = URLResourceValues()
      kept.isExcludedFromBackup = true
      var top = folder
      try top.setResourceValues(kept)
      try protect(folder, as: .untilFirstUnlock)
      let inside = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      while let file = inside?.nextObject() as? URL {
        let path = file.path.dropFirst(folder.path.count)
        try protect(file, as: file.lastPathComponent == "blobs" ? .whileUnlocked : Self.class(of: String(path)))
      }
    }

    private static func protect(_ file: URL, as kind: Class) throws {
      let protection: FileProtectionType = kind == .whileUnlocked ? .complete : .completeUntilFirstUserAuthentication
      try FileManager.default.setAttributes([.protectionKey: protection], ofItemAtPath: file.path)
    }
  }
#endif
