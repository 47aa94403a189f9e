import CitizenCore
import Foundation

/// The core as the whole app holds it: one for the process, and never on the main thread.
public actor CoreClient: CitizenClient {
  private let open: @Sendable () throws -> CitizenApp
  private var opened: CitizenApp?
  var unlocked: Unlocked?
  private var background: Background?
  private var login: LoginAttempt?
  private let told: Told
  public nonisolated let news: AsyncStream<News>

  /// Opens the core when it is first asked: loading it takes longer than a frame.
  public init(_ open: @escaping @Sendable () throws -> CitizenApp) {
    self.open = open
    let (news, tell) = AsyncStream.makeStream(of: News.self)
    self.news = news
    told = Told(tell: tell)
  }

  var app: CitizenApp {
    get throws {
      if let opened { return opened }
      let app = try open()
      opened = app
      return app
    }
  }

  /// Whoever is unlocked, with what hangs on them.
  var me: Unlocked {
    get throws {
      guard let unlocked else { throw NobodyUnlocked() }
      return unlocked
    }
  }

  /// Takes a person who was just opened, and begins to send and to keep up for them.
  private func take(_ person: Person) throws -> PersonId {
    try background?.stop()
    unlocked = try Unlocked(person)
    background = try person.startBackground(follower: told)
    return try person.personId()
  }

  public func unlock(_ person: PersonId, pin: String) async throws -> PersonId {
    try take(try app.unlock(personId: person, pin: pin))
  }

  public func unlock(_ person: PersonId, key: Data) async throws -> PersonId {
    try take(try app.unlockWithKey(personId: person, key: key))
  }

  public func lock() async throws {
    try background?.stop()
    background = nil
    if let unlocked { try app.lock(personId: try unlocked.person.personId()) }
    unlocked = nil
  }

  public func removeThisPerson() async throws {
    let person = try me.person.personId()
    try await lock()
    try app.removePerson(personId: person)
  }

  public func giveConsent() async throws {
    for purpose in try app.consents(personId: nil) {
      try app.giveConsent(personId: nil, purpose: purpose.purpose.purpose)
    }
  }

  public func beginLogin(redirect: String, language: Language) async throws -> String {
    let attempt = try await app.beginLogin(redirect: redirect, language: language)
    login = attempt
    return try attempt.url()
  }

  public func completeLogin(_ address: String, pin: String) async throws -> PersonId {
    guard let attempt = login else { throw LoginLost() }
    login = nil
    return try take(try await app.completeLogin(attempt: attempt, redirected: address, pin: pin))
  }

  /// Whether anything runs by itself.
  var isSending: Bool { background != nil }

  /// Ends what runs by itself, so that the system finds no file held when it suspends the app. The keys stay: the person
  /// comes back to where they were.
  public func suspend() async {
    try? background?.stop()
    background = nil
  }

  /// Goes on after a suspension.
  public func resume() async throws {
    guard let unlocked, background == nil else { return }
    background = try unlocked.person.startBackground(follower: told)
  }

  /// Ends as a process would: what is open is closed and nothing runs on.
  public func shutdown() async throws {
    try await lock()
    try opened?.shutdown()
    opened = nil
  }
}

/// A sign-in that was begun in a process that is gone.
public struct LoginLost: Error, Equatable {}

/// An unlocked person with what hangs on them.
struct Unlocked: Sendable {
  let person: Person
  let drafts: Drafts
  let outbox: Outbox
  let cases: Cases
  let cards: Cards

  init(_ person: Person) throws {
    self.person = person
    drafts = try person.drafts()
    outbox = try person.outbox()
    cases = try person.cases()
    cards = try person.cards()
  }
}

/// Hears from the core's threads that something happened.
private final class Told: Follower {
  private let tell: AsyncStream<News>.Continuation

  init(tell: AsyncStream<News>.Continuation) { self.tell = tell }

  func progressed(progress: UploadProgress) { tell.yield(.progressed(progress)) }
  func sent(report: Sent) { tell.yield(.changed) }
  func pulled(report: Pulled) { tell.yield(report.cases + report.cards + report.deliveries > 0 ? .told : .changed) }
  func ended(reason: CitizenError) { tell.yield(.changed) }
}
