import CitizenCore
import Foundation
import Observation

/// Another PIN in the place of the one that opens the data now.
@MainActor @Observable
final class ChangePinScreen: Screen {
  unowned let at: Shell
  var state: PersonId?
  private let pad = PinPad()
  private var old: String?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> PersonId { try at.unlockedPerson }

  func view(_ state: PersonId) -> Page {
    Page(
      title: at.text(.pinChange),
      blocks: [
        .heading(at.text(old == nil ? .pinNow : pad.question)),
        .words(at.text(old == nil ? .pinKnownWords : .pinChooseWords), muted: true),
      ] + pad.blocks(at, take)
    )
  }

  private func take(_ pin: String) async throws {
    let person = try await load()
    guard let known = old else {
      // Wrong ones count as they do at the lock.
      _ = try await at.client.dataKey(person, pin: pin)
      old = pin
      return
    }
    guard let new = try await pad.chosen(pin, at) else { return }
    try await at.client.changePin(of: person, from: known, to: new)
    old = nil
    at.back()
    at.confirm(at.text(.pinChanged), at.text(.pinChangedWords), "") {}
  }
}

/// A PIN that nobody remembers: a finger opens the way, else the data are set aside and a sign-in begins others beside
/// them.
@MainActor @Observable
final class ForgotPinScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: PersonSummary?
  private let pad = PinPad()
  private var key: Data?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> PersonSummary {
    let people = try await at.client.people()
    let current = try await at.client.currentPerson()
    guard let person = people.first(where: { $0.personId == current }) ?? people.first else { throw NobodyUnlocked() }
    return person
  }

  func view(_ state: PersonSummary) -> Page {
    if key != nil {
      return Page(
        title: at.text(.pinForgotten),
        blocks: [.heading(at.text(pad.question)), .words(at.text(.pinChooseWords), muted: true)]
          + pad.blocks(at, take))
    }
    let person = state.personId
    let aside = Action(at.text(.pinSetAside)) { self.setAside(person) }
    let finger =
      at.duties.biometrics.chosen(by: person)
      ? Action(at.text(.pinByFinger)) { self.at.act { try await self.recognise(person) } } : nil
    return Page(
      title: at.text(.pinForgotten),
      blocks: [.heading(at.text(.pinForgottenTitle, state.label))]
        + (finger == nil ? [] : [.words(at.text(.pinByFingerWords))]) + [.words(at.text(.pinSetAsideWords))]
        + pad.notice,
      main: finger ?? aside,
      second: finger == nil ? nil : aside
    )
  }

  private func recognise(_ person: PersonId) async throws {
    do {
      key = try await at.duties.biometrics.open(person, reason: at.text(.biometricsTitle))
    } catch let why as Unrecognised {
      pad.wrong = (at.text(why.title), at.text(why.words))
    }
  }

  private func setAside(_ person: PersonId) {
    at.confirm(at.text(.pinSetAside), at.text(.pinSetAsideWords), at.text(.pinSetAside)) { [at] in
      at.act {
        try await at.client.forgetPin(of: person)
        at.duties.biometrics.forget(person)
        at.replace("add-person")
      }
    }
  }

  private func take(_ pin: String) async throws {
    guard let key, let new = try await pad.chosen(pin, at) else { return }
    let person = try await load().personId
    try await at.client.setPin(of: person, key: key, to: new)
    let opened = try await at.client.unlock(person, key: key)
    self.key = nil
    at.back()
    try await at.opened(opened)
  }
}
