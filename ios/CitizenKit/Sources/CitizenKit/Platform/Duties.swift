import Foundation

/// What the platform does for the app, each behind a protocol: Apple's systems on a phone, stand-ins in the tests.
@MainActor
public struct Duties {
  public let browser: any SignInBrowser
  public let biometrics: any Biometrics
  public let network: any NetworkWatch
  public let later: any LaterWork
  public let voice: any Voice
  public let notices: any Notices

  public init(
    browser: any SignInBrowser, biometrics: any Biometrics, network: any NetworkWatch, later: any LaterWork,
    voice: any Voice, notices: any Notices
  ) {
    self.browser = browser
    self.biometrics = biometrics
    self.network = network
    self.later = later
    self.voice = voice
    self.notices = notices
  }
}

/// The person's own browser, for a sign-in at the city's own pages.
@MainActor
public protocol SignInBrowser {
  /// Opens an address and gives the one that it came back to; none where the person turned back.
  func walk(_ address: URL, scheme: String) async -> String?
}

/// A finger or a face that opens a person's data.
@MainActor
public protocol Biometrics {
  /// Whether this phone can recognise a person well enough.
  var possible: Bool { get }
  /// Whether this person has chosen it.
  func chosen(by person: String) -> Bool
  /// Keeps a person's data key for the next time, once they were recognised. Says whether they were; throws
  /// `Unrecognised` where they were not, and nothing where they turned back.
  func keep(_ dataKey: Data, of person: String, reason: String) async throws -> Bool
  /// Gives a person's data key once they were recognised; none where they turned back. Throws `Unrecognised`.
  func open(_ person: String, reason: String) async throws -> Data?
  func forget(_ person: String)
}

/// Why a person was not recognised, in words, and what to do.
public enum Unrecognised: Error {
  /// Another finger or face was enrolled since, or one is gone: what was kept is void for good. From now on the PIN.
  case changed
  /// Not this time.
  case paused

  var title: Key { self == .changed ? .biometricsChanged : .biometricsPaused }
  var words: Key { self == .changed ? .biometricsChangedWords : .biometricsPausedWords }
}

/// Says whether there is a network, each time that it comes or goes.
@MainActor
public protocol NetworkWatch {
  var changes: AsyncStream<Bool> { get }
}

/// Has what waits sent by the system while the app is not open.
@MainActor
public protocol LaterWork {
  func schedule()
  func cancel()
}

/// Reads a screen aloud.
@MainActor
public protocol Voice {
  func read(_ words: String, language: String)
  func stop()
}

/// Says that something is new, and nothing of what it is: a lock screen is read by anyone.
@MainActor
public protocol Notices {
  func somethingNew(_ title: String, _ words: String)
  func clear()
}
