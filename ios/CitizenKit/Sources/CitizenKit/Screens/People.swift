import CitizenCore
import Observation

/// What somebody is called; of data that do not open here the name is not known.
@MainActor
func nameOf(_ at: Shell, _ person: PersonSummary) -> String {
  person.label.isEmpty ? at.text(.noName) : person.label
}

/// Everyone with data on this phone.
@MainActor @Observable
final class PeopleScreen: Screen {
  unowned let at: Shell
  var state: [PersonSummary]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [PersonSummary] { try await at.client.people() }

  func view(_ state: [PersonSummary]) -> Page {
    Page(
      title: at.text(.people),
      blocks: [.words(at.text(.peopleWords))] + state.map { .line(line($0)) },
      main: Action(at.text(.addPerson), .plus) { [at] in at.go("add-person") }
    )
  }

  private func line(_ person: PersonSummary) -> Line {
    let chip =
      person.personId == at.person
      ? Chip(at.text(.personNow), .ok) : person.earlier ? Chip(at.text(.personEarlier), .plain) : nil
    return Line(nameOf(at, person), chip: chip, icon: .person) { [at] in at.go("person/\(person.personId)") }
  }
}

/// One of them: going on as that person, or removing what is theirs from this phone.
@MainActor @Observable
final class PersonScreen: Screen {
  struct State: Sendable {
    let person: PersonSummary
    let standing: PersonStateView
  }

  /// What a person must be told before they go on.
  private static let said = SignInScreen.closed + [.paused, .deviceNotYetUnlocked]

  unowned let at: Shell
  var state: State?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    let standing = try await at.client.state(of: id)
    guard let person = try await at.client.people().first(where: { $0.personId == id }) else { throw NobodyUnlocked() }
    return State(person: person, standing: standing)
  }

  func view(_ state: State) -> Page {
    let name = nameOf(at, state.person)
    let here = id == at.person
    let kind = state.standing.kind
    let now = Block.banner(.ok, title: at.text(.personNow), words: at.text(.personNowWords))
    let earlier = Block.banner(.plain, title: at.text(.personEarlier), words: at.text(.personEarlierWords))
    let closed = Block.banner(.warn, title: at.text(.personClosed), words: at.say(state.standing.sentence))
    let remove = Action(at.text(.removePerson, name)) { self.remove(name) }
    let goOn = Action(at.text(.switchTo, name)) { self.goOn() }
    return Page(
      title: name,
      blocks: (here ? [now] : []) + (state.person.earlier ? [earlier] : [])
        + (Self.said.contains(kind) ? [closed] : []) + [
          .heading(at.text(.removePerson, name)), .words(at.text(.removePersonWords, name)),
          .push(remove, bad: true),
        ],
      main: here || SignInScreen.closed.contains(kind) ? nil : goOn
    )
  }

  private func goOn() {
    at.act { [at, id] in
      try await at.lock()
      try await at.client.choosePerson(id)
      at.reset("home")
    }
  }

  private func remove(_ name: String) {
    let title = at.text(.removePerson, name)
    at.confirm(title, at.text(.removePersonWords, name), title) { [at, id] in
      at.act {
        let here = id == at.person
        if here { try await at.lock() }
        try await at.client.removePerson(id)
        at.duties.biometrics.forget(id)
        if here { at.reset("start") } else { at.back() }
      }
    }
  }
}

/// Somebody new on this phone agrees for themselves, then signs in.
@MainActor @Observable
final class AddPersonScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: [ConsentState]?
  private let asked: Asked

  init(_ at: Shell) {
    self.at = at
    asked = Asked(at)
  }

  func load() async throws -> [ConsentState] { try await at.client.consents(of: nil) }

  func view(_ state: [ConsentState]) -> Page {
    Page(
      title: at.text(.addPerson),
      personal: false,
      blocks: [.words(at.text(.addPersonWords)), .heading(at.text(.welcomePurposes))] + asked.blocks(state),
      main: Action(at.text(.agreeAndSignIn)) { [at] in
        self.asked.give(state) { at.replace("sign-in/\(SignInScreen.new)") }
      }
    )
  }
}
