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
  public internal(set) var picking: Source?
  /// Where a file that was written goes, while the person chooses that.
  public internal(set) var saving: URL?
  /// Whoever is unlocked, also while they act for somebody; none while the app is locked.
  private(set) var person: PersonId?
  /// Whom they act for now.
  private(set) var helped: Helped?
  public var unlocked: Bool { person != nil }
  var unlockedPerson: PersonId {
    get throws {
      guard let person else { throw NobodyUnlocked() }
      return person
    }
  }
  public private(set) var online = true
  public private(set) var strings: Strings
  public let settings: AppSettings
  /// How far each file is that is being sent.
  private(set) var sending: [TransactionId: UploadProgress] = [:]

  @ObservationIgnored let client: any CitizenClient
  @ObservationIgnored let duties: Duties
  /// A login that has begun. In memory only.
  @ObservationIgnored var login: Login?
  private(set) var screens: [String: any Screen] = [:]
  /// Why a screen could not be read.
  private var troubles: [String: CitizenError] = [:]
  /// Whose screens are open, and for whom they act there: also while the app is locked, and where a process ended.
  private var place = Place()
  /// Whether nobody looks: the app is in the background.
  var away = false
  /// Whether a redraw is asked for that has not begun.
  @ObservationIgnored private var redrawing = false
  @ObservationIgnored private let ofThePhone: Strings
  @ObservationIgnored var picked: ((String) async throws -> Void)?
  @ObservationIgnored var saved: (@MainActor () -> Void)?
  @ObservationIgnored private var work: Task<Void, Never>?
  @ObservationIgnored private var listening: [Task<Void, Never>] = []

  public init(
    client: any CitizenClient, duties: Duties, settings: AppSettings, strings: Strings = .preferred
  ) {
    self.client = client
    self.duties = duties
    self.settings = settings
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
    case .progressed(let progress): return sending[progress.transactionId] = progress
    case .locked: return locked()
    case .told where away:
      return duties.notices.somethingNew(strings.text(.somethingNew), strings.text(.somethingNewWords))
    case .told: break
    case .changed: sending = [:]
    }
    if let screen = screens[shown], !screen.writing { redraw() }
  }

  /// The core has locked by itself. One who was opened meanwhile stays.
  private func locked() {
    if person == nil { return }
    launch { [client] in if try await !client.isUnlocked() { try await self.lock() } }
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
    troubles.removeAll()
    for route in stack + ["locked"] { screens[route] = screenOf(route, self) }
  }

  /// The page of a place in the stack; none until its state was read, and none of a person while nobody looks. Where it
  /// cannot be read, why, and the way out.
  public func page(_ route: String) -> Page? {
    let name = name(of: route)
    guard let screen = screens[name], !(away && screen.needsPerson) else { return nil }
    let trouble = troubles[name].map { troublePage(self, $0, back: stack.count > 1) }
    guard var page = trouble ?? screen.page else { return nil }
    if !online { page.offline = strings.text(.offline) }
    if settings.elder { page.readAloud = strings.text(.readAloud) }
    if let helped {
      let stop = Action(strings.text(.actForMyself)) { self.actForMyself() }
      page.acting = Acting(words: strings.text(.actingFor, helped.label), stop: stop)
    }
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
      if self.unlocked { try await client.keepOpen() }
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
        failed(error)
      }
      await refresh()
    }
  }

  /// Reads what is shown; what was locked meanwhile is opened again by the PIN.
  private func refresh() async {
    let name = shown
    do {
      try await screens[name]?.refresh()
      troubles[name] = nil
    } catch let error as CitizenError where error.code == CitizenError.locked && unlocked {
      hide()
      await refresh()
    } catch let error as CitizenError {
      troubles[name] = error
    } catch {
      // Somebody locked in the middle of it: the lock is read next.
    }
  }

  /// An error of the core has its words. Whoever was locked out in the middle of something sees that by the screen.
  private func failed(_ error: any Error) {
    guard let error = error as? CitizenError else { return }
    if error.code == CitizenError.locked { return hide() }
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

  /// Takes a person who was just unlocked. Screens that somebody else had open are not shown to them; for whom they
  /// acted before, they go on acting, where that is still possible.
  func opened(_ person: PersonId) async throws {
    let before = place
    self.person = person
    place = Place(whose: person)
    if let whose = before.whose, whose != person { return reset("home") }
    if let helping = before.helping { helped = try? await client.act(forRepresented: helping) }
    place.helping = helped?.personId
  }

  /// Goes on with the matters of somebody whom the person acts for, and fetches how they stand.
  func actFor(_ mandate: MandateId) {
    act { [client] in
      let helped = try await client.act(for: mandate)
      self.helped = helped
      self.place.helping = helped.personId
      // Without a network what was told the last time is shown.
      if self.online { try? await client.pull() }
      self.reset("home")
    }
  }

  /// The screens show the person's own matters again.
  func actForMyself() {
    act { [client] in
      try await client.actForMyself()
      self.helped = nil
      self.place.helping = nil
      self.reset("home")
    }
  }

  /// Locks: nothing of the person stays, on the screens neither.
  func lock() async throws {
    hide()
    try await client.lock()
  }

  private func hide() {
    (person, helped, dialog, sending) = (nil, nil, nil, [:])
    makeScreens()
  }

  /// Deletes everyone's data, and begins as on a phone where nobody was yet.
  func eraseEverything() async throws {
    for person in try await client.people() { duties.biometrics.forget(person.personId) }
    hide()
    place = Place()
    try await client.eraseEverything()
    duties.later.cancel()
    duties.notices.clear()
    reset("start")
  }

  /// The person touched the phone.
  public func touched() { if unlocked { Task { [client] in try? await client.keepOpen() } } }
}

/// Whose screens are open, and for whom that person acts there.
private struct Place {
  var whose: PersonId?
  var helping: PersonId?
}

/// A login that has begun, of somebody who goes on here or of somebody new.
struct Login {
  let whose: PersonId?
  /// The address that the browser came back to.
  var cameBack: String?
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

  /// Where the person is and whose screens those are, to be kept while the process may end.
  public var remembered: String {
    ([place.whose ?? "", place.helping ?? ""] + stack).joined(separator: "\n")
  }

  /// Goes back to where the person was before the process ended. Before home there is nothing to come back to.
  public func restore(_ remembered: String) {
    let lines = remembered.components(separatedBy: "\n")
    guard lines.count > 2, lines[2] == "home" else { return }
    launch {
      let named = lines.map { $0.isEmpty ? nil : $0 }
      self.place = Place(whose: named[0], helping: named[1])
      self.stack = Array(lines.dropFirst(2))
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
