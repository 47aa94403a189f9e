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
    return Page(
      title: at.text(.settings),
      blocks: [.line(who)] + [synced].compactMap { $0 } + [
        sizes(at),
        .heading(at.text(.security)),
        .push(Action(at.text(.lockNow), .lock) { self.lock() }),
        .push(signedIn ? Action(at.text(.signOut)) { self.signOut() } : signIn),
        .push(Action(at.text(.eraseAll)) { self.erase() }, bad: true),
      ]
    )
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
