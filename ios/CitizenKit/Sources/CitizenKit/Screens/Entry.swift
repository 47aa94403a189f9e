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
      if !at.settings.consent {
        "welcome"
      } else if try await at.client.people().isEmpty {
        "sign-in"
      } else {
        "home"
      }
    at.reset(next)
    return next
  }

  func view(_ state: String) -> Page { Page(title: at.text(.appName), back: false, personal: false) }
}

/// What the app does with what it is told, and the person's word on it. Nothing has left the phone before.
@MainActor @Observable
final class WelcomeScreen: Screen {
  unowned let at: Shell
  let needsPerson = false
  var state: Bool?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> Bool { at.settings.elder }

  func view(_ state: Bool) -> Page {
    Page(
      title: at.text(.appName),
      back: false,
      personal: false,
      blocks: [
        .heading(at.text(.welcomeTitle)),
        .words(at.text(.welcomeWords)),
        .line(Line(at.text(.welcomeOffline), at.text(.welcomeOfflineWords), icon: .offline)),
        .line(Line(at.text(.welcomeSealed), at.text(.welcomeSealedWords), icon: .lock)),
        .line(Line(at.text(.welcomeCity), at.text(.welcomeCityWords), icon: .person)),
        sizes(at),
      ],
      main: Action(at.text(.welcomeAgree)) { [at] in
        at.act { [at] in
          try await at.client.giveConsent()
          at.settings.consent = true
          at.reset("sign-in")
        }
      }
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

/// Signing in: in the person's own browser, at the city's own pages.
@MainActor @Observable
final class SignInScreen: Screen {
  static let scheme = "citizen-app"
  private static let redirect = scheme + ":/callback"

  unowned let at: Shell
  let needsPerson = false
  var state: Bool?

  init(_ at: Shell) { self.at = at }

  /// Whether someone is on this phone already, whose session has ended.
  func load() async throws -> Bool { try await !at.client.people().isEmpty }

  func view(_ state: Bool) -> Page {
    let offline = Block.banner(.warn, title: at.text(.signInOffline), words: at.text(.signInOfflineWords))
    return Page(
      title: at.text(.signIn),
      back: state,
      personal: false,
      blocks: [
        .heading(at.text(.signInTitle)),
        .words(at.text(.signInWords)),
        .line(Line(at.text(.signInId), at.text(.signInIdWords), icon: .card)),
        .line(Line(at.text(.signInCode), at.text(.signInCodeWords), icon: .check)),
        .line(Line(at.text(.signInPin), at.text(.signInPinWords), icon: .lock)),
      ] + (at.online ? [] : [offline]),
      main: Action(at.text(.signInGo)) { [at] in
        at.act {
          let address = try await at.client.beginLogin(redirect: Self.redirect, language: at.language)
          await at.browse(address)
        }
      }
    )
  }
}
