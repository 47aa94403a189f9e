import Foundation
import Observation

/// What a person set for the app itself. Nothing personal.
@MainActor @Observable
public final class AppSettings {
  @ObservationIgnored private let kept: UserDefaults

  /// Whether the person agreed to what the app does; before that, nothing leaves the phone.
  public var consent: Bool { didSet { kept.set(consent, forKey: "consent") } }

  /// Larger text, larger targets, one question a page.
  public var elder: Bool { didSet { kept.set(elder, forKey: "elder") } }

  /// The language of the app: `zh`, `en`, or nothing, which is that of the phone.
  public var language: String { didSet { kept.set(language, forKey: "language") } }

  /// After how many minutes out of sight the app locks itself.
  public var lockAfter: Int { didSet { kept.set(lockAfter, forKey: "lock_after") } }

  public init(_ kept: UserDefaults = .standard) {
    self.kept = kept
    consent = kept.bool(forKey: "consent")
    elder = kept.bool(forKey: "elder")
    language = kept.string(forKey: "language") ?? ""
    lockAfter = kept.object(forKey: "lock_after") as? Int ?? 5
  }
}
