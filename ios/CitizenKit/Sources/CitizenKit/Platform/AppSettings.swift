import Foundation
import Observation

/// What a person set for the app itself. Nothing personal.
@MainActor @Observable
public final class AppSettings {
  @ObservationIgnored private let kept: UserDefaults

  /// Larger text, larger targets, one question a page.
  public var elder: Bool { didSet { kept.set(elder, forKey: "elder") } }

  /// The language of the app: `zh`, `en`, or nothing, which is that of the phone.
  public var language: String { didSet { kept.set(language, forKey: "language") } }

  /// Whether the app locks as soon as it is out of sight.
  public var lockAtOnce: Bool { didSet { kept.set(lockAtOnce, forKey: "lock_at_once") } }

  public init(_ kept: UserDefaults = .standard) {
    self.kept = kept
    elder = kept.bool(forKey: "elder")
    language = kept.string(forKey: "language") ?? ""
    lockAtOnce = kept.bool(forKey: "lock_at_once")
  }
}
