import Foundation

/// The texts of one language.
public struct Strings: Sendable {
  private let table: [String: String]
  private let locale: Locale

  /// The languages that there are, by the names of their folders.
  public static let languages = ["zh-Hans", "en"]

  /// The language that the person reads best of those that there are.
  public static var preferred: Strings {
    Strings(Bundle.preferredLocalizations(from: languages).first ?? languages[0])
  }

  /// The texts of a language, by its whole name or the beginning of it. An app without them cannot be used, so that it ends here rather than show names of texts.
  public init(_ language: String) {
    // SwiftPM writes the names of the folders in small letters, Xcode as they are.
    let folder = Bundle.module.localizations.first { $0.lowercased().hasPrefix(language.lowercased()) }
    guard
      let path = Bundle.module.url(
        forResource: "Localizable", withExtension: "strings", subdirectory: nil, localization: folder),
      let data = try? Data(contentsOf: path),
      let table = try? PropertyListSerialization.propertyList(from: data, format: nil) as? [String: String]
    else {
      fatalError("the app was built without its texts")
    }
    self.table = table
    locale = Locale(identifier: language)
  }

  /// The names of all texts.
  public var names: Set<String> { Set(table.keys) }

  /// A text as it stands, with its places to fill.
  public func raw(_ name: String) -> String? { table[name] }

  /// A text with its places filled, in their order.
  public func text(_ key: Key, _ parts: Any...) -> String { fill(key.name, parts) }
  func text(_ key: Key, parts: [Any]) -> String { fill(key.name, parts) }

  /// A text that counts something.
  public func count(_ key: Plural, _ number: Int) -> String {
    let one = key.name("one")
    return fill(number == 1 && table[one] != nil ? one : key.name("other"), [number])
  }

  /// A day, given as `YYYY-MM-DD`.
  public func day(_ day: String) -> String {
    guard let date = Days.formatter(.gmt).date(from: day) else { return day }
    return formatter(text(.dayPattern), .gmt).string(from: date)
  }

  /// A moment, by the clock on the wall.
  public func time(_ at: Date) -> String { formatter(text(.timePattern), .current).string(from: at) }

  private func fill(_ name: String, _ parts: [Any]) -> String {
    guard let text = table[name] else {
      assertionFailure("no text is called \(name)")
      return ""
    }
    // One pass, so that nothing a person wrote is taken for a place to fill.
    var filled = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "%") {
      filled += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      guard let mark = rest.popFirst(), let place = mark.wholeNumberValue else {
        filled += "%"
        continue
      }
      rest = rest.dropFirst(2)
      if parts.indices.contains(place - 1) { filled += "\(parts[place - 1])" }
    }
    return filled + rest
  }

  private func formatter(_ pattern: String, _ zone: TimeZone) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = locale
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = zone
    formatter.dateFormat = pattern
    return formatter
  }
}
