import CitizenCore
import Foundation

/// The core as the whole app holds it: one for the process, and never on the main thread.
public actor CoreClient: CitizenClient {
  private let open: @Sendable () throws -> CitizenApp
  private var opened: CitizenApp?
  /// Whoever is unlocked, also while they act for somebody.
  private(set) var unlocked: Unlocked?
  /// Whom they act for, where they do.
  private(set) var acting: Unlocked?
  private var background: Background?
  private var login: (attempt: LoginAttempt, whose: PersonId?)?
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

  /// Whose matters are shown: those of whoever is unlocked, or of somebody they act for.
  var me: Unlocked {
    get throws { try acting ?? own }
  }

  /// Whoever is unlocked.
  var own: Unlocked {
    get throws {
      guard let unlocked else { throw NobodyUnlocked() }
      return unlocked
    }
  }

  /// Takes a person who was just opened, and begins to send and to keep up for them.
  private func take(_ person: Person) throws -> PersonId {
    let id = try person.personId()
    if let before = try unlocked?.person.personId(), before != id { try app.lock(personId: before) }
    acting = nil
    unlocked = try Unlocked(person)
    try follow()
    return id
  }

  /// What is written for somebody is sent too, from the first time on that it is opened.
  private func follow() throws {
    try background?.stop()
    background = try own.person.startBackground(follower: told)
  }

  public func unlock(_ person: PersonId, pin: String) async throws -> PersonId {
    try take(try app.unlock(personId: person, pin: pin))
  }

  public func unlock(_ person: PersonId, key: Data) async throws -> PersonId {
    try take(try app.unlockWithKey(personId: person, key: key))
  }

  public func lock() async throws {
    try letGo()
    try opened?.onBackground()
  }

  /// Holds nothing and nobody any more.
  private func letGo() throws {
    let running = background
    (background, unlocked, acting) = (nil, nil, nil)
    try running?.stop()
  }

  public func act(for mandate: MandateId) async throws -> Helped {
    try act(for: try own.person.mandates().actFor(mandateId: mandate))
  }

  public func act(forRepresented person: PersonId) async throws -> Helped {
    try act(for: try own.person.mandates().openRepresented(personId: person))
  }

  private func act(for theirs: Person) throws -> Helped {
    acting = try Unlocked(theirs)
    try follow()
    return Helped(personId: try theirs.personId(), label: try theirs.label())
  }

  public func actForMyself() async throws { acting = nil }

  /// Deletes everything; the app is opened anew with the next call.
  public func eraseEverything() async throws {
    try letGo()
    let app = try app
    try app.eraseEverything()
    opened = nil
    try app.shutdown()
  }

  public func beginLogin(of person: PersonId?, redirect: String, language: Language) async throws -> String {
    let attempt = try await app.beginLoginOf(personId: person, redirect: redirect, language: language)
    login = (attempt, person)
    return try attempt.url()
  }

  public func completeLogin(_ address: String, pin: String) async throws -> PersonId {
    guard let (attempt, whose) = login else { throw LoginLost() }
    login = nil
    guard let whose else {
      return try take(try await app.completeLogin(attempt: attempt, redirected: address, pin: pin))
    }
    return try take(
      try await app.completeLoginOf(personId: whose, attempt: attempt, redirected: address, pin: pin))
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
    if unlocked != nil && background == nil { try follow() }
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
  func pulled(report: Pulled) {
    tell.yield(report.cases + report.cards + report.deliveries + report.mandates > 0 ? .told : .changed)
  }
  func ended(reason: CitizenError) { tell.yield(reason.code == CitizenError.locked ? .locked : .changed) }
}
