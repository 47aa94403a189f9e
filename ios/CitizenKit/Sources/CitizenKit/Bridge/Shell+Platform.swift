import CitizenCore
import Foundation

/// What is asked of the person, and of the platform.
extension Shell {
  /// Asks before something that cannot be taken back; the button says what it does.
  func confirm(_ title: String, _ words: String, _ button: String, _ does: @escaping @MainActor () -> Void) {
    dialog = .confirm(title: title, words: words, button: button, does: does)
  }

  func askWords(_ title: String, _ hint: String, _ button: String, _ done: @escaping @MainActor (String) -> Void) {
    dialog = .words(title: title, hint: hint, button: button, done: done)
  }

  /// Lets the person photograph or choose a file.
  func pick(_ source: Source, _ picked: @escaping @MainActor (String) async throws -> Void) {
    self.picked = picked
    picking = source
  }

  /// A file was chosen, copied to a place of the app's own; or none was.
  public func picked(_ file: URL?) {
    picking = nil
    guard let keep = picked, let file else { return }
    picked = nil
    act {
      defer { try? FileManager.default.removeItem(at: file) }
      try await keep(file.path)
    }
  }

  /// Lets the person choose where a file goes that is written now; then says that it is there.
  func save(
    _ name: String, write: @escaping @MainActor (String) async throws -> Void, done: @escaping @MainActor () -> Void
  ) {
    act {
      let file = try Leaving.file(name)
      do {
        try await write(file.path)
      } catch {
        Leaving.clear()
        throw error
      }
      self.saved = done
      self.saving = file
    }
  }

  /// The file was moved to where the person chose, or they turned back: nothing of it stays here.
  public func saved(_ moved: Bool) {
    if saving == nil { return }
    saving = nil
    Leaving.clear()
    if moved { saved?() }
    saved = nil
  }

  /// Signs in with the person's own browser.
  func browse(_ address: String, of person: PersonId?) async {
    guard let url = URL(string: address) else { return }
    login = Login(whose: person)
    guard let back = await duties.browser.walk(url, scheme: SignInScreen.scheme) else { return login = nil }
    login?.cameBack = back
    go("pin")
  }

  /// Reads what is on the screen aloud.
  public func readAloud() {
    guard let page else { return }
    duties.voice.read(page.spoken.joined(separator: "\n"), language: strings.text(.language))
  }

  /// Sends while it may, and lets go of everything before the system suspends the app. Where the app itself has sent the
  /// person elsewhere, they come back to the very place.
  public func suspend() async {
    duties.voice.stop()
    away = true
    await settled()
    if settings.lockAtOnce && picking == nil && saving == nil && login == nil {
      act { try await self.lock() }
      await settled()
    }
    await client.suspend()
  }

  /// The person came back. Nothing of theirs is shown before the core has said that it is still open.
  public func resume() {
    act { [client] in
      defer { self.away = false }
      try await client.resume()
    }
  }
}
