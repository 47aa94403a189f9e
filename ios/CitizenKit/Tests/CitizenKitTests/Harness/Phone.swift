import CitizenCore
import Foundation
import Observation

@testable import CitizenKit

/// A phone with the app on it, and a person who sees and taps.
@MainActor
final class Phone {
  private(set) var shell: Shell
  let city: City
  let system = SystemStandIn()
  let finger = FingerStandIn()
  private(set) var client: CoreClient
  private let folder: URL
  private let settings: AppSettings
  let vault = VaultStandIn()
  private let keys: KeysStandIn
  let browser: Browser
  private var network = NetworkStandIn()
  private let ofThePhone: String

  init(_ city: City, _ idNumber: String, language: String = "zh-Hans") throws {
    self.city = city
    folder = try Surroundings.folder()
    settings = AppSettings(UserDefaults(suiteName: folder.lastPathComponent) ?? .standard)
    keys = try KeysStandIn(folder.appending(path: "keys"))
    browser = Browser(city, idNumber)
    client = Self.client(folder, city, vault, keys)
    shell = Shell(
      client: client,
      duties: Duties(
        browser: browser, biometrics: finger, network: network, later: system, voice: system, notices: system),
      settings: settings, strings: Strings(language))
    ofThePhone = language
  }

  private static func client(_ folder: URL, _ city: City, _ vault: VaultStandIn, _ keys: KeysStandIn) -> CoreClient {
    let data = folder.appending(path: "data").path
    let address = city.network.url
    return CoreClient {
      try CitizenApp.open(dataFolder: data, city: address, deviceName: "Linux", vault: vault, deviceKeys: keys)
    }
  }

  /// The system ends the process in the background, and the person comes back: what was in memory is gone, but where
  /// the person was. `meanwhile` happens to the phone.
  func diesAndReturns(_ meanwhile: () -> Void = {}) async {
    let remembered = shell.remembered
    await shell.end()
    meanwhile()
    client = Self.client(folder, city, vault, keys)
    network = NetworkStandIn()
    shell = Shell(
      client: client,
      duties: Duties(
        browser: browser, biometrics: finger, network: network, later: system, voice: system, notices: system),
      settings: settings, strings: Strings(ofThePhone))
    shell.restore(remembered)
    await shell.settled()
  }

  /// The person chooses a language for the app.
  func speak(_ language: String) {
    settings.language = language
    shell.speak()
  }

  /// Where the core keeps its files.
  var data: URL { folder.appending(path: "data") }

  func isFolder(_ file: String) -> Bool {
    (try? data.appending(path: file).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }

  func close() async {
    await shell.end()
    UserDefaults.standard.removePersistentDomain(forName: folder.lastPathComponent)
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Seeing.
extension Phone {
  private var seen: [Seen] {
    switch shell.dialog {
    case .confirm(let title, let words, let button, let does):
      [
        Seen([title, words]),
        Seen([button]) {
          self.shell.dialog = nil
          does()
        },
      ]
    case .words(let title, let hint, _, _): [Seen([title, hint])]
    case nil: shell.page.map(Eye.see) ?? []
    }
  }

  /// Every word on the screen, from top to bottom.
  var words: [String] { seen.flatMap(\.words) }

  func sees(_ words: String) -> Bool { self.words.contains { $0.contains(words) } }

  func mustSee(_ words: String) async throws { try await until("“\(words)” is on the screen") { self.sees(words) } }

  /// Waits for something that the screen shows. It is looked at again each time that the screen changes.
  func until(_ what: String, _ holds: @escaping @MainActor () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      await shell.settled()
      let (changed, tell) = AsyncStream.makeStream(of: Void.self)
      if withObservationTracking({ holds() }, onChange: { tell.finish() }) { return }
      let alarm = Task {
        try await Task.sleep(until: deadline)
        tell.finish()
      }
      for await _ in changed {}
      alarm.cancel()
      if ContinuousClock.now >= deadline {
        throw Surprise("\(what): not within the time; the screen says:\n\(words.joined(separator: "\n"))")
      }
    }
  }
}

/// Doing.
extension Phone {
  /// Taps what bears these words.
  func tap(_ words: String) async throws {
    let find = { self.seen.first { $0.tap != nil && $0.words.contains { $0.contains(words) } } }
    try await until("“\(words)” can be tapped") { find() != nil }
    find()?.tap?()
    await shell.settled()
  }

  func question(_ key: String) async throws -> Ask {
    let find = { self.shell.page.flatMap { Eye.asks($0.blocks).first { $0.key == key } } }
    try await until("“\(key)” is asked") { find() != nil }
    guard let ask = find() else { throw Surprise("\(key) is not asked") }
    return ask
  }

  /// Taps one of the answers to a question.
  func tap(_ words: String, in key: String) async throws {
    guard case .choice(let options, _, let choose) = try await question(key).input,
      let option = options.first(where: { $0.words == words })
    else { throw Surprise("\(words) is no answer to \(key)") }
    choose(option.value)
    await shell.settled()
  }

  /// Types into the field of a question, a letter after another.
  func type(_ key: String, _ text: String) async throws {
    for end in text.indices {
      guard case .text(_, _, let type) = try await question(key).input else { throw Surprise("\(key) takes no text") }
      type(String(text[...end]))
    }
    await shell.settled()
  }

  /// What stands in the field of a question.
  func field(_ key: String) async throws -> String {
    guard case .text(let text, _, _) = try await question(key).input else { throw Surprise("\(key) takes no text") }
    return text
  }

  func choose(_ key: String, day: String) async throws {
    guard case .day(_, _, _, let choose) = try await question(key).input else { throw Surprise("\(key) takes no day") }
    choose(day)
    await shell.settled()
  }

  func search(_ text: String) async throws {
    for block in shell.page?.blocks ?? [] { if case .search(_, _, let type) = block { type(text) } }
    await shell.settled()
  }

  func pin(_ pin: String) async throws { for digit in pin { try await tap(String(digit)) } }

  /// Chooses a file where one is asked for.
  func choose(_ file: String) async throws {
    let copy = folder.appending(path: file)
    try FileManager.default.copyItem(at: Surroundings.papers.appending(path: file), to: copy)
    shell.picked(copy)
    await shell.settled()
  }

  /// The person leaves the app and comes back.
  func leavesAndReturns() async {
    await shell.suspend()
    shell.resume()
    await shell.settled()
  }

  /// Confirms what is asked, by the button that says what it does.
  func confirm() async throws {
    guard case .confirm(_, _, let button, let does) = shell.dialog, !button.isEmpty else {
      throw Surprise("nothing is to be confirmed: \(words)")
    }
    shell.dialog = nil
    does()
    await shell.settled()
  }

  /// Chooses where a file goes, and gives what was written there.
  func saves() async throws -> String {
    try await until("a file is to be saved") { self.shell.saving != nil }
    guard let file = shell.saving else { throw Surprise("no file") }
    let written = try String(contentsOf: file, encoding: .utf8)
    shell.saved(true)
    return written
  }

  func back() async {
    shell.back()
    await shell.settled()
  }

  func toHome() async {
    shell.reset("home")
    await shell.settled()
  }

  /// The network comes or goes, for the core and for the app.
  func network(_ there: Bool) async throws {
    city.network.set(there)
    network.say(there)
    try await until("the app knows of the network") { self.shell.online == there }
  }
}
