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
  /// Whether this person has chosen it.
  func chosen(by person: String) -> Bool
  /// Keeps a person's data key for the next time.
  func keep(_ dataKey: Data, of person: String) async -> Bool
  /// Gives a person's data key once they were recognised; none where they were not.
  func open(_ person: String, reason: String) async -> Data?
  func forget(_ person: String)
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
}
