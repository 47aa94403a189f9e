import CitizenCore
import Observation

/// Takes digits until there are enough. They are in memory only, and gone with the screen.
@MainActor @Observable
final class PinPad {
  /// The PIN has as many digits as the dots.
  private static let digits = 6

  private(set) var entered = ""
  var wrong: (reason: String, action: String)?

  /// What is done with a PIN whose digits are all there; what it throws is shown.
  func blocks(_ at: Shell, _ take: @escaping @MainActor (String) async throws -> Void) -> [Block] {
    let dots = Block.dots(
      filled: entered.count, of: Self.digits, label: at.count(.digitsEntered, entered.count))
    let banner = wrong.map { Block.banner(.bad, title: $0.reason, words: $0.action) }
    let keypad = Keypad(
      erase: at.text(.erase), type: { self.type($0, at, take) },
      back: { self.entered = String(self.entered.dropLast()) })
    return [dots] + [banner].compactMap { $0 } + [.keypad(keypad)]
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
      }
    }
  }
}

/// After the browser has come back: the PIN that opens this person's data, chosen twice where it is new.
@MainActor @Observable
final class PinScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: Bool?
  private let pad = PinPad()
  private var first: String?
  private var someoneNew = false

  init(_ at: Shell) { self.at = at }

  /// Whether somebody's PIN exists already.
  func load() async throws -> Bool { try await !at.client.people().isEmpty && !someoneNew }

  func view(_ state: Bool) -> Page {
    let title: Key = state ? .pinKnown : first == nil ? .pinChoose : .pinAgain
    let words: Key = state ? .pinKnownWords : .pinChooseWords
    let someoneElse = Action(at.text(.pinSomeoneElse)) {
      self.someoneNew = true
      self.at.redraw()
    }
    return Page(
      title: at.text(.pin),
      blocks: [.heading(at.text(title)), .words(at.text(words), muted: true)] + pad.blocks(at, take),
      second: state ? someoneElse : nil
    )
  }

  private func take(_ pin: String) async throws {
    if try await load() {
      let people = try await at.client.people()
      let known = try await at.client.currentPerson() ?? people[0].personId
      _ = try await at.client.dataKey(known, pin: pin)
      return try await finish(pin)
    }
    guard let chosen = first else {
      try await at.client.checkPin(pin)
      first = pin
      return
    }
    if chosen == pin { return try await finish(pin) }
    first = nil
    pad.wrong = (at.text(.pinDiffers), at.text(.pinDiffersWords))
  }

  private func finish(_ pin: String) async throws {
    let address = at.cameBack
    at.cameBack = nil
    do {
      guard let address else { throw LoginLost() }
      let person = try await at.client.completeLogin(address, pin: pin)
      at.opened(person)
      at.reset("home")
      try await offerBiometrics(to: person, pin)
    } catch is LoginLost {
      pad.wrong = (at.text(.signInLost), at.text(.signInLostWords))
    }
  }
}

/// Biometrics.
extension PinScreen {
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
  }

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  private let pad = PinPad()

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    State(people: try await at.client.people(), current: try await at.client.currentPerson())
  }

  func view(_ state: State) -> Page {
    let who = state.people.first { $0.personId == state.current } ?? state.people.first
    let title = at.text(.unlockTitle, who?.label ?? "")
    return Page(
      title: at.text(.unlock),
      back: false,
      blocks: [.heading(title), .words(at.text(.unlockWords), muted: true)] + pad.blocks(at, take)
        + others(state, who),
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
      at.opened(try await at.client.unlock(person, key: key))
    } catch let why as Unrecognised {
      pad.wrong = (at.text(why.title), at.text(why.words))
    }
  }

  private func others(_ state: State, _ who: PersonSummary?) -> [Block] {
    state.people.filter { $0.personId != who?.personId }.map { other in
      .push(
        Action(at.text(.unlockOther, other.label)) { [at] in
          at.act { try await at.client.choosePerson(other.personId) }
        })
    }
  }

  private func take(_ pin: String) async throws {
    let state = try await load()
    guard let person = state.current ?? state.people.first?.personId else { return }
    at.opened(try await at.client.unlock(person, pin: pin))
  }
}

/// From now on a finger or a face opens the app: the PIN once more, then the finger.
@MainActor @Observable
final class BiometricsScreen: Screen {
  unowned let at: Shell
  var state: PersonId?
  private let pad = PinPad()

  init(_ at: Shell) { self.at = at }

  func load() async throws -> PersonId {
    guard let person = at.person else { throw NobodyUnlocked() }
    return person
  }

  func view(_ state: PersonId) -> Page {
    Page(
      title: at.text(.biometricsUse),
      blocks: [.heading(at.text(.pinKnown)), .words(at.text(.biometricsOfferWords), muted: true)] + pad.blocks(at, take)
    )
  }

  private func take(_ pin: String) async throws {
    let person = try await load()
    let key = try await at.client.dataKey(person, pin: pin)
    do {
      if try await at.duties.biometrics.keep(key, of: person, reason: at.text(.biometricsTitle)) { at.back() }
    } catch let why as Unrecognised {
      pad.wrong = (at.text(why.title), at.text(why.words))
    }
  }
}
