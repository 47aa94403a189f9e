import CitizenCore
import Foundation
import Observation

/// The app while it is open: a stack of screens by name, and the ways between them. What it keeps for itself is where
/// the person is; every word comes from the core.
@MainActor @Observable
public final class Shell {
  /// Where the person is, from the first screen to the one that is seen. Survives the process in the scene's storage.
  public private(set) var stack: [String]
  /// What stands in front of everything.
  public var dialog: Dialog?
  /// Where a paper shall come from, while the person photographs or chooses it.
  public private(set) var picking: Source?
  /// Whoever is unlocked; none while the app is locked.
  private(set) var person: PersonId?
  public var unlocked: Bool { person != nil }
  public private(set) var online = true
  public private(set) var strings: Strings
  public let settings: AppSettings
  /// How far each file is that is being sent.
  private(set) var sending: [TransactionId: UploadProgress] = [:]

  @ObservationIgnored let client: any CitizenClient
  @ObservationIgnored let duties: Duties
  /// The address that the browser came back to. In memory only.
  @ObservationIgnored var cameBack: String?
  private(set) var screens: [String: any Screen] = [:]
  /// Since when nobody looks: the app is in the background.
  @ObservationIgnored private var leftAt: ContinuousClock.Instant?
  /// Whether a redraw is asked for that has not begun.
  @ObservationIgnored private var redrawing = false
  @ObservationIgnored private let ofThePhone: Strings
  @ObservationIgnored private let now: () -> ContinuousClock.Instant
  @ObservationIgnored private var picked: ((String) async throws -> Void)?
  @ObservationIgnored private var work: Task<Void, Never>?
  @ObservationIgnored private var listening: [Task<Void, Never>] = []

  public init(
    client: any CitizenClient, duties: Duties, settings: AppSettings, strings: Strings = .preferred,
    now: @escaping () -> ContinuousClock.Instant = { .now }
  ) {
    self.client = client
    self.duties = duties
    self.settings = settings
    self.now = now
    ofThePhone = strings
    self.strings = strings
    stack = ["start"]
    speak()
    makeScreens()
    listen()
    redraw()
  }

  /// Says everything in the language that was chosen, or in that of the phone.
  func speak() { strings = settings.language.isEmpty ? ofThePhone : Strings(settings.language) }

  private func listen() {
    let news = client.news
    let network = duties.network.changes
    listening.append(
      Task { [weak self] in
        for await news in news { self?.heard(news) }
      })
    listening.append(
      Task { [weak self] in
        for await there in network { self?.network(there) }
      })
  }

  /// Nothing is drawn from under the hands of someone who writes; whoever is away is told, and not of what.
  private func heard(_ news: News) {
    switch news {
    case .progressed(let progress):
      sending[progress.transactionId] = progress
      return
    case .told where leftAt != nil:
      return duties.notices.somethingNew(strings.text(.somethingNew), strings.text(.somethingNewWords))
    case .told: break
    case .changed: sending = [:]
    }
    if let screen = screens[shown], !screen.writing { redraw() }
  }

  private func network(_ there: Bool) {
    online = there
    if there { act { [client] in try await client.networkChanged() } } else { heard(.changed) }
  }

  /// Ends as the process would.
  public func end() async {
    listening.forEach { $0.cancel() }
    await settled()
    try? await client.shutdown()
  }
}

/// What is seen.
extension Shell {
  /// The name of what is shown: where the person is, unless the app is locked.
  public var shown: String { name(of: stack.last ?? "start") }

  private func name(of route: String) -> String {
    screens[route]?.needsPerson == true && !unlocked ? "locked" : route
  }

  /// Makes every screen of the stack anew: nothing of what they knew stays.
  private func makeScreens() {
    screens.removeAll()
    for route in stack + ["locked"] { screens[route] = screenOf(route, self) }
  }

  /// The page of a place in the stack; none until its state was read.
  public func page(_ route: String) -> Page? {
    guard var page = screens[name(of: route)]?.page else { return nil }
    if !online { page.offline = strings.text(.offline) }
    if settings.elder { page.readAloud = strings.text(.readAloud) }
    return page
  }

  /// The page that is seen.
  public var page: Page? { page(shown) }

  /// Shows this screen as it is now: once for all that ask for it before it begins.
  public func redraw() {
    if redrawing { return }
    redrawing = true
    launch { self.redrawing = false }
  }
}

/// What is done.
extension Shell {
  /// Does something, one after another in the order the person did it, and shows the screen anew. What fails is said.
  func act(_ doing: @escaping @MainActor () async throws -> Void) {
    launch { [client] in
      try await client.keepOpen()
      try await doing()
    }
  }

  private func launch(_ doing: @escaping @MainActor () async throws -> Void) {
    let before = work
    work = Task {
      await before?.value
      do {
        try await doing()
      } catch {
        said(error)
      }
      do {
        try await screens[shown]?.refresh()
      } catch {
        said(error)
      }
    }
  }

  /// An error of the core has its words. Whoever was locked out in the middle of something sees that by the screen.
  private func said(_ error: any Error) {
    guard let error = error as? CitizenError else { return }
    if error.code == "locked" {
      hide()
      return launch { [client] in try await client.lock() }
    }
    let words = say(error)
    confirm(words.reason, words.action, "") {}
  }

  /// Waits until everything that was begun has come to its end.
  public func settled() async {
    while let begun = work {
      await begun.value
      if begun == work { return }
    }
  }

  /// Takes the person who was just unlocked.
  func opened(_ person: PersonId) { self.person = person }

  /// Locks: nothing of the person stays, on the screens neither.
  func lock() async throws {
    hide()
    try await client.lock()
  }

  private func hide() {
    person = nil
    dialog = nil
    sending = [:]
    makeScreens()
  }

  /// Forgets the person who is here, at their word only.
  func forget() async throws {
    if let person { duties.biometrics.forget(person) }
    try await client.removeThisPerson()
    hide()
  }
}

/// Where to.
extension Shell {
  /// Goes to a screen, on top of this one.
  public func go(_ route: String) {
    stack.append(route)
    screens[route] = screenOf(route, self)
    redraw()
  }

  /// Goes to a screen in place of this one.
  func replace(_ route: String) {
    stack.removeLast()
    go(route)
  }

  /// Goes to a screen from which there is no way back.
  public func reset(_ route: String) {
    stack = [route]
    makeScreens()
    redraw()
  }

  /// Goes back to where the person was before the process ended. Before home there is nothing to come back to.
  public func restore(_ stack: [String]) {
    if stack.first != "home" { return }
    act {
      self.stack = stack
      self.makeScreens()
    }
  }

  public func back() {
    guard stack.count > 1 else { return }
    stack.removeLast()
    redraw()
  }

  /// Goes back as far as a swipe went.
  public func back(to count: Int) {
    stack.removeLast(max(0, stack.count - max(1, count)))
    redraw()
  }
}

/// What stands in front of everything.
public enum Dialog {
  /// Something that cannot be taken back, or that went wrong: then there is no button but the one that closes it.
  case confirm(title: String, words: String, button: String, does: @MainActor () -> Void)
  /// Some words are asked for.
  case words(title: String, hint: String, button: String, done: @MainActor (String) -> Void)
}

/// Where a paper comes from.
public enum Source: Sendable { case camera, files }

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

  /// Signs in with the person's own browser.
  func browse(_ address: String) async {
    guard let url = URL(string: address) else { return }
    guard let back = await duties.browser.walk(url, scheme: SignInScreen.scheme) else { return }
    cameBack = back
    go("pin")
  }

  /// Reads what is on the screen aloud.
  public func readAloud() {
    guard let page else { return }
    duties.voice.read(page.spoken.joined(separator: "\n"), language: strings.text(.language))
  }

  /// Sends while it may, and lets go of everything before the system suspends the app.
  public func suspend() async {
    duties.voice.stop()
    leftAt = now()
    if settings.lockAfter == 0 { act { try await self.lock() } }
    await settled()
    await client.suspend()
  }

  /// The person came back; the app is locked where they were away too long.
  public func resume() {
    let away = leftAt.map { now() - $0 }
    leftAt = nil
    if let away, unlocked, away >= .seconds(60 * settings.lockAfter) {
      hide()
      act { [client] in try await client.lock() }
    }
    act { [client] in try await client.resume() }
  }
}

/// Words.
extension Shell {
  func text(_ key: Key, _ parts: Any...) -> String { strings.text(key, parts: parts) }
  func count(_ key: Plural, _ number: Int) -> String { strings.count(key, number) }
  var language: Language { strings.text(.language) == "zh" ? .zh : .en }
  func say(_ words: Text) -> String { language == .zh ? words.zh : words.en }
  func day(_ day: String) -> String { strings.day(day) }
  func time(_ at: Date) -> String { strings.time(at) }
  func amount(_ fen: Int64) -> String { wordsOfAmount(amount: fen) }

  /// What went wrong: what is wrong, and what to do.
  func say(_ error: CitizenError) -> (reason: String, action: String) {
    switch error {
    case .WrongUse(_, let reason, let action), .Waiting(_, let reason, let action),
      .Refused(_, let reason, let action), .Failed(_, let reason, let action):
      (say(reason), say(action))
    }
  }
}

extension CitizenError {
  /// The stable name of what went wrong.
  var code: String {
    switch self {
    case .WrongUse(let code, _, _), .Waiting(let code, _, _), .Refused(let code, _, _), .Failed(let code, _, _): code
    }
  }
}
