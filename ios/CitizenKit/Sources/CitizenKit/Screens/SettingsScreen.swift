import CitizenCore
import Observation

/// How the app is used on this phone.
@MainActor @Observable
final class SettingsScreen: Screen {
  struct State: Sendable {
    let name: String
    let session: SessionStatus
    let sync: SyncStatus
    let lockAfter: UInt64
  }

  private static let atOnce = "at_once"
  private static let minutes: [UInt64] = [1, 5, 15]

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    State(
      name: try await at.client.label(), session: try await at.client.session(),
      sync: try await at.client.syncStatus(), lockAfter: try await at.client.lockAfter())
  }

  func view(_ state: State) -> Page {
    var signedIn = false
    if case .signedIn = state.session { signedIn = true }
    let who = Line(state.name, at.text(signedIn ? .signedIn : .signedOut), icon: .person)
    let synced = state.sync.lastPulledAt.map { Block.words(at.text(.syncedAt, at.time($0)), muted: true) }
    let language = Ask(
      "language", About(at.text(.appLanguage)), .choice(languages, several: false) { self.speak($0) })
    return Page(
      title: at.text(.settings),
      blocks: [.line(who)] + [synced].compactMap { $0 } + [
        .heading(at.text(.family)),
        way(.people, .peopleBelow, .people, "people"),
        way(.mandates, .mandatesBelow, .mandate, "mandates"),
        .heading(at.text(.readingAndLanguage)),
        sizes(at), .ask(language),
        .heading(at.text(.security)),
      ] + security(signedIn, state.lockAfter) + mine(state.name)
    )
  }

  private func way(_ title: Key, _ below: Key, _ icon: Icon, _ route: String) -> Block {
    .line(Line(at.text(title), at.text(below), icon: icon) { [at] in at.go(route) })
  }

  private func security(_ signedIn: Bool, _ lockAfter: UInt64) -> [Block] {
    let delay = Ask(
      "lock_after", About(at.text(.lockWhenIdle)),
      .choice(delays(lockAfter), several: false) { self.chooseLock($0) })
    return [
      .ask(delay), way(.pinChange, .pinChangeBelow, .lock, "change-pin"),
      way(.devices, .devicesBelow, .device, "devices"),
    ] + [finger].compactMap { $0 } + [
      .push(Action(at.text(.lockNow), .lock) { self.lock() }),
      .push(signedIn ? Action(at.text(.signOut)) { self.signOut() } : signIn),
    ]
  }

  private func mine(_ name: String) -> [Block] {
    let export = Line(at.text(.export), at.text(.exportBelow), icon: .export) { self.export(name) }
    return [
      .heading(at.text(.myData)), way(.consents, .consentsBelow, .check, "consents"), .line(export),
      .push(Action(at.text(.eraseAll)) { self.erase() }, bad: true),
    ]
  }

  private var languages: [Option] {
    let names: [(String, Key)] = [("", .languagePhone), ("zh", .languageZh), ("en", .languageEn)]
    return names.map { Option($0, at.text($1), at.settings.language == $0) }
  }

  private func speak(_ language: String) {
    at.settings.language = language
    at.speak()
  }

  /// The core counts from the last touch; going out of sight is the shell's to see.
  private func delays(_ lockAfter: UInt64) -> [Option] {
    let once = at.settings.lockAtOnce
    return [Option(Self.atOnce, at.text(.lockAtOnce), once)]
      + Self.minutes.map { Option("\($0)", at.count(.lockMinutes, Int($0)), !once && lockAfter == $0 * 60) }
  }

  private func chooseLock(_ chosen: String) {
    at.settings.lockAtOnce = chosen == Self.atOnce
    at.act { [at] in try await at.client.setLockAfter((UInt64(chosen) ?? 5) * 60) }
  }

  /// Opening with a finger or a face, where the phone can tell people apart well enough.
  private var finger: Block? {
    let biometrics = at.duties.biometrics
    guard let person = at.person, biometrics.possible else { return nil }
    if !biometrics.chosen(by: person) { return .push(Action(at.text(.biometricsUse)) { [at] in at.go("biometrics") }) }
    return .push(
      Action(at.text(.biometricsStop)) { [at] in
        biometrics.forget(person)
        at.redraw()
      })
  }

  private var signIn: Action { Action(at.text(.signInGo)) { [at] in at.go("sign-in") } }

  private func lock() {
    at.act { [at] in
      try await at.lock()
      at.reset("home")
    }
  }

  private func signOut() {
    at.confirm(at.text(.signOut), at.text(.signOutWords), at.text(.signOut)) { [at] in
      at.act { try await at.client.signOut() }
    }
  }

  private func export(_ name: String) {
    at.confirm(at.text(.export), at.text(.exportWords), at.text(.exportNow)) { [at] in
      at.save(at.text(.exportFile, name)) { path in
        try await at.client.export(at.language, to: path)
      } done: {
        at.confirm(at.text(.exported), at.text(.exportedWords), "") {}
      }
    }
  }

  /// Everyone's, named, so that nobody deletes what is another's without knowing.
  private func erase() {
    at.act { [at] in
      let names = try await at.client.people().map { nameOf(at, $0) }.joined(separator: at.text(.betweenNames))
      at.confirm(at.text(.eraseAll), at.text(.eraseAllWords, names), at.text(.eraseAll)) {
        at.act { try await at.eraseEverything() }
      }
    }
  }
}
