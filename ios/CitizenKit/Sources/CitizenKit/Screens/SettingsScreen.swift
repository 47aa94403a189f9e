import CitizenCore
import Observation

/// How the app is used on this phone.
@MainActor @Observable
final class SettingsScreen: Screen {
  struct State: Sendable {
    let name: String
    let session: SessionStatus
    let sync: SyncStatus
  }

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    State(
      name: try await at.client.label(), session: try await at.client.session(),
      sync: try await at.client.syncStatus())
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
      blocks: [.line(who)] + [synced].compactMap { $0 } + [sizes(at), .ask(language), .heading(at.text(.security))]
        + security(signedIn)
    )
  }

  private func security(_ signedIn: Bool) -> [Block] {
    let delay = Ask(
      "lock_after", About(at.text(.lockAfter)),
      .choice(delays, several: false) { [at] in at.settings.lockAfter = Int($0) ?? 0 })
    return [.ask(delay)] + [finger].compactMap { $0 } + [
      .push(Action(at.text(.lockNow), .lock) { self.lock() }),
      .push(signedIn ? Action(at.text(.signOut)) { self.signOut() } : signIn),
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

  private var delays: [Option] {
    let delays = [(0, at.text(.lockAtOnce)), (1, at.count(.lockMinutes, 1)), (5, at.count(.lockMinutes, 5))]
    return delays.map { Option("\($0)", $1, at.settings.lockAfter == $0) }
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

  private func erase() {
    at.confirm(at.text(.eraseAll), at.text(.eraseAllWords), at.text(.eraseAll)) { [at] in
      at.act {
        try await at.forget()
        at.reset("start")
      }
    }
  }
}
