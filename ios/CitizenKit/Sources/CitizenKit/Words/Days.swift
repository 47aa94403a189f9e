import Foundation

/// Days as the core writes them: `YYYY-MM-DD`, of no time zone.
public enum Days {
  /// The day that a calendar shows.
  public static func name(_ date: Date) -> String { formatter(.current).string(from: date) }

  /// Some moment of a day, for a calendar to show.
  public static func date(_ day: String) -> Date? { formatter(.current).date(from: day) }

  static func formatter(_ zone: TimeZone) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = zone
    formatter.dateFormat = "yyyy-MM-dd"
    return formatter
  }
}
