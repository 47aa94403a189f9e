import CitizenCore
import Observation

/// Where the app begins: finds out which screen the person needs.
@MainActor @Observable
final class StartScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: String?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> String {
    let next =
      if try await !at.client.people().isEmpty {
        "home"
      } else if try await at.client.consents(of: nil).contains(where: { $0.purpose.needed && !$0.given }) {
        "welcome"
      } else {
        "sign-in"
      }
    at.reset(next)
    return next
  }

  func view(_ state: String) -> Page { Page(title: at.text(.appName), back: false, personal: false) }
}

/// What the app does with what it is told, purpose by purpose, and the person's word on each. Nothing has left the phone
/// before.
@MainActor @Observable
final class WelcomeScreen: Screen {
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
      title: at.text(.appName),
      back: false,
      personal: false,
      blocks: [
        .heading(at.text(.welcomeTitle)),
        .words(at.text(.welcomeWords)),
        .line(Line(at.text(.welcomeOffline), at.text(.welcomeOfflineWords), icon: .offline)),
        .line(Line(at.text(.welcomeSealed), at.text(.welcomeSealedWords), icon: .lock)),
        sizes(at),
        .heading(at.text(.welcomePurposes)),
      ] + asked.blocks(state),
      main: Action(at.text(.welcomeAgree)) { [at] in self.asked.give(state) { at.reset("sign-in") } }
    )
  }
}

/// The two sizes that everything comes in.
@MainActor
func sizes(_ at: Shell) -> Block {
  let options = [
    Option("usual", at.text(.textUsual), !at.settings.elder),
    Option("elder", at.text(.textElder), at.settings.elder),
  ]
  return .ask(
    Ask(
      "elder", About(at.text(.textSize)),
      .choice(options, several: false) { size in
        at.settings.elder = size == "elder"
        at.redraw()
      }))
}

/// Signing in: in the person's own browser, at the city's own pages. Of whoever goes on here, or of somebody new.
@MainActor @Observable
final class SignInScreen: Screen {
  struct State: Sendable {
    let others: Bool
    let goesOn: PersonId?
  }

  static let new = "new"
  static let scheme = "citizen-app"
  private static let redirect = scheme + ":/callback"
  /// No PIN opens these: whoever signs in begins beside them.
  static let closed: [PersonStateKind] = [.keyMissing, .pinUsedUp]

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  private let whose: String

  init(_ at: Shell, _ whose: String) {
    self.at = at
    self.whose = whose
  }

  func load() async throws -> State {
    let people = try await at.client.people()
    return State(others: !people.isEmpty, goesOn: try await goesOn(people))
  }

  private func goesOn(_ people: [PersonSummary]) async throws -> PersonId? {
    guard whose != Self.new, let current = try await at.client.currentPerson(),
      people.contains(where: { $0.personId == current && !$0.earlier })
    else { return nil }
    return Self.closed.contains(try await at.client.state(of: current).kind) ? nil : current
  }

  func view(_ state: State) -> Page {
    let known = state.goesOn != nil
    let begins = [
      Block.line(Line(at.text(.signInPin), at.text(.signInPinWords), icon: .lock)),
      .line(Line(at.text(.newPhone), at.text(.newPhoneWords), icon: .device)),
    ]
    let offline = Block.banner(.warn, title: at.text(.signInOffline), words: at.text(.signInOfflineWords))
    return Page(
      title: at.text(.signIn),
      back: state.others,
      personal: false,
      blocks: [
        .heading(at.text(.signInTitle)),
        .words(at.text(.signInWords)),
        .line(Line(at.text(.signInId), at.text(.signInIdWords), icon: .card)),
        .line(Line(at.text(.signInCode), at.text(.signInCodeWords), icon: .check)),
      ] + (known ? [] : begins) + (at.online ? [] : [offline]),
      main: Action(at.text(.signInGo)) { [at] in
        at.act {
          let address = try await at.client.beginLogin(
            of: state.goesOn, redirect: Self.redirect, language: at.language)
          await at.browse(address, of: state.goesOn)
        }
      }
    )
  }
}
