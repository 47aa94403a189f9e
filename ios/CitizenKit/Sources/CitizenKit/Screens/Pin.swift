import CitizenCore
import Observation

/// Takes digits until there are enough. They are in memory only, and gone with the screen.
@MainActor @Observable
final class PinPad {
  /// The PIN has as many digits as the dots.
  private static let digits = 6

  private(set) var entered = ""
  private var first: String?
  var wrong: (reason: String, action: String)?

  /// What was wrong.
  var notice: [Block] { wrong.map { [.banner(.bad, title: $0.reason, words: $0.action)] } ?? [] }

  /// What is asked for where a new PIN is entered twice.
  var question: Key { first == nil ? .pinChoose : .pinAgain }

  /// What is done with a PIN whose digits are all there; what it throws is shown.
  func blocks(_ at: Shell, _ take: @escaping @MainActor (String) async throws -> Void) -> [Block] {
    let dots = Block.dots(
      filled: entered.count, of: Self.digits, label: at.count(.digitsEntered, entered.count))
    let keypad = Keypad(
      erase: at.text(.erase), type: { self.type($0, at, take) },
      back: { self.entered = String(self.entered.dropLast()) })
    return [dots] + notice + [.keypad(keypad)]
  }

  private func type(
    _ digit: Character, _ at: Shell, _ take: @escaping @MainActor (String) async throws -> Void
  ) {
    wrong = nil
    if entered.count < Self.digits { entered.append(digit) }
    guard entered.count == Self.digits else { return }
    let pin = entered
    at.act {
      defer { self.entered = "" }
      do {
        try await take(pin)
      } catch let error as CitizenError {
        self.wrong = at.say(error)
      } catch let why as Unrecognised {
        self.wrong = (at.text(why.title), at.text(why.words))
      }
    }
  }

  /// A new PIN, once it was entered twice; the core says whether it may be chosen.
  func chosen(_ pin: String, _ at: Shell) async throws -> String? {
    let before = first
    first = nil
    guard let before else {
      try await at.client.checkPin(pin)
      first = pin
      return nil
    }
    if before == pin { return pin }
    wrong = (at.text(.pinDiffers), at.text(.pinDiffersWords))
    return nil
  }
}

/// After the browser has come back: the PIN that opens this person's data, chosen twice where it is new.
@MainActor @Observable
final class PinScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: Bool?
  private let pad = PinPad()
  private let goesOn: PersonId?
  private var hasOne = false
  /// What the login came to, where that was nothing: it was used up, or lost with the process, and is begun again.
  private var over: (any Error)?

  init(_ at: Shell) {
    self.at = at
    goesOn = at.login?.whose
    if at.login == nil { over = LoginLost() }
  }

  /// Whether somebody's PIN exists already.
  func load() async throws -> Bool { goesOn != nil || hasOne }

  func view(_ state: Bool) -> Page {
    if let over { return cameToNothing(over) }
    let words: Key = state ? .pinKnownWords : .pinChooseWords
    return Page(
      title: at.text(.pin),
      blocks: [.heading(at.text(state ? .pinKnown : pad.question)), .words(at.text(words), muted: true)]
        + pad.blocks(at, take),
      second: goesOn == nil ? other : nil
    )
  }

  private var other: Action {
    Action(at.text(hasOne ? .pinSomeoneElse : .pinHaveOne)) {
      self.hasOne.toggle()
      self.at.redraw()
    }
  }

  private func cameToNothing(_ error: any Error) -> Page {
    let lost = (reason: at.text(.signInLost), action: at.text(.signInLostWords))
    let why = (error as? CitizenError).map(at.say) ?? lost
    let again = goesOn == nil ? "sign-in/\(SignInScreen.new)" : "sign-in"
    return Page(
      title: at.text(.signIn),
      blocks: [.banner(.bad, title: why.reason, words: why.action)],
      main: Action(at.text(.signInGo)) { [at] in at.replace(again) },
      second: goesOn == nil ? nil : Action(at.text(.addPerson)) { [at] in at.replace("add-person") }
    )
  }

  private func take(_ pin: String) async throws {
    // A wrong one costs a try, and not the login.
    if let goesOn { _ = try await at.client.dataKey(goesOn, pin: pin) }
    if try await load() { return try await finish(pin) }
    if let chosen = try await pad.chosen(pin, at) { try await finish(chosen) }
  }

  private func finish(_ pin: String) async throws {
    let address = at.login?.cameBack
    at.login = nil
    do {
      guard let address else { throw LoginLost() }
      let person = try await at.client.completeLogin(address, pin: pin)
      try await at.opened(person)
      at.reset("home")
      try await offerBiometrics(to: person, pin)
    } catch {
      over = error
    }
  }

  /// To someone who has just chosen a PIN, once; the settings offer it again.
  private func offerBiometrics(to person: PersonId, _ pin: String) async throws {
    let biometrics = at.duties.biometrics
    guard biometrics.possible, !biometrics.chosen(by: person) else { return }
    let key = try await at.client.dataKey(person, pin: pin)
    at.confirm(at.text(.biometricsOffer), at.text(.biometricsOfferWords), at.text(.biometricsUse)) { [at] in
      at.act {
        do {
          _ = try await biometrics.keep(key, of: person, reason: at.text(.biometricsTitle))
        } catch let why as Unrecognised {
          at.confirm(at.text(why.title), at.text(why.words), "") {}
        }
      }
    }
  }
}

/// The app is locked. Nothing of the person is in memory; what they have here opens without a network.
@MainActor @Observable
final class LockedScreen: Screen {
  struct State: Sendable {
    let people: [PersonSummary]
    let current: PersonId?
    let standing: PersonStateView?
  }

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  private let pad = PinPad()

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    let people = try await at.client.people()
    let chosen = try await at.client.currentPerson()
    let current = (people.first { $0.personId == chosen } ?? people.first)?.personId
    guard let current else { return State(people: people, current: nil, standing: nil) }
    return State(people: people, current: current, standing: try await at.client.state(of: current))
  }

  func view(_ state: State) -> Page {
    let who = state.people.first { $0.personId == state.current }
    let closed = state.standing.map { SignInScreen.closed.contains($0.kind) } ?? false
    let waits = state.standing.map { [.paused, .deviceNotYetUnlocked].contains($0.kind) } ?? false
    let greeting = Block.heading(at.text(.unlockTitle, who.map { nameOf(at, $0) } ?? ""))
    let said = Block.banner(
      .warn, title: at.text(.personClosed), words: state.standing.map { at.say($0.sentence) } ?? "")
    let asks = [.words(at.text(.unlockWords), muted: true)] + pad.blocks(at, take)
    let forgotten = Block.push(Action(at.text(.pinForgotten)) { [at] in at.go("forgot-pin") })
    return Page(
      title: at.text(.unlock),
      back: false,
      blocks: [greeting] + (closed || waits ? [said] : asks) + (closed ? [] : [forgotten]) + others(state, who),
      main: closed
        ? Action(at.text(.signInGo)) { [at] in at.go("add-person") }
        : waits ? Action(at.text(.tryOnceMore)) { [at] in at.redraw() } : nil,
      second: who.flatMap(recognition)
    )
  }

  private func recognition(_ who: PersonSummary) -> Action? {
    guard at.duties.biometrics.chosen(by: who.personId) else { return nil }
    return Action(at.text(.biometricsUse)) { self.at.act { try await self.recognise(who.personId) } }
  }

  private func recognise(_ person: PersonId) async throws {
    do {
      let reason = at.text(.biometricsTitle)
      guard let key = try await at.duties.biometrics.open(person, reason: reason) else { return }
      try await at.opened(try await at.client.unlock(person, key: key))
    } catch let why as Unrecognised {
      pad.wrong = (at.text(why.title), at.text(why.words))
    }
  }

  private func others(_ state: State, _ who: PersonSummary?) -> [Block] {
    state.people.filter { $0.personId != who?.personId }.map { other in
      .push(
        Action(at.text(.unlockOther, nameOf(at, other))) { [at] in
          at.act { try await at.client.choosePerson(other.personId) }
        })
    }
  }

  private func take(_ pin: String) async throws {
    guard let person = try await load().current else { return }
    try await at.opened(try await at.client.unlock(person, pin: pin))
  }
}

/// From now on a finger or a face opens the app: the PIN once more, then the finger.
@MainActor @Observable
final class BiometricsScreen: Screen {
  unowned let at: Shell
  var state: PersonId?
  private let pad = PinPad()

  init(_ at: Shell) { self.at = at }

  func load() async throws -> PersonId { try at.unlockedPerson }

  func view(_ state: PersonId) -> Page {
    Page(
      title: at.text(.biometricsUse),
      blocks: [.heading(at.text(.pinKnown)), .words(at.text(.biometricsOfferWords), muted: true)]
        + pad.blocks(at, take)
    )
  }

  private func take(_ pin: String) async throws {
    let person = try await load()
    let key = try await at.client.dataKey(person, pin: pin)
    if try await at.duties.biometrics.keep(key, of: person, reason: at.text(.biometricsTitle)) { at.back() }
  }
}
