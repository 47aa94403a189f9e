import CitizenCore
import Observation

/// Asks for a person's word on each purpose before they sign in. What the app cannot do without is agreed to by going on.
@MainActor @Observable
final class Asked {
  unowned let at: Shell
  private var agreed: Set<Purpose> = []

  init(_ at: Shell) { self.at = at }

  func blocks(_ state: [ConsentState]) -> [Block] {
    state.map { consent in
      let purpose = consent.purpose
      if purpose.needed {
        return .card([
          .heading(at.say(purpose.title)), .words(at.say(purpose.explanation)),
          .words(at.say(purpose.without), muted: true),
        ])
      }
      let agreement = Self.asked(at, purpose, agreed.contains(purpose.purpose))
      return .ask(
        Ask(
          "\(purpose.purpose)", About(at.say(purpose.title)),
          .agree(agreement) { agrees in
            if agrees { self.agreed.insert(purpose.purpose) } else { self.agreed.remove(purpose.purpose) }
          }))
    }
  }

  private static func asked(_ at: Shell, _ purpose: PurposeView, _ agreed: Bool) -> Agreement {
    Agreement(
      statement: at.say(purpose.explanation), consequences: at.say(purpose.without), words: at.text(.consentAgree),
      agreed: agreed)
  }

  /// Keeps what was agreed to, and takes back what somebody before had agreed to and this person does not.
  func give(_ state: [ConsentState], _ then: @escaping @MainActor () -> Void) {
    at.act { [at, agreed] in
      for purpose in state.map(\.purpose) {
        if purpose.needed || agreed.contains(purpose.purpose) {
          try await at.client.giveConsent(purpose.purpose, of: nil)
        } else {
          try await at.client.withdrawConsent(purpose.purpose, of: nil)
        }
      }
      then()
    }
  }
}

/// What the person agreed to, and when: taken back as easily as it was given.
@MainActor @Observable
final class ConsentsScreen: Screen {
  unowned let at: Shell
  var state: [ConsentState]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [ConsentState] { try await at.client.consents(of: at.person) }

  func view(_ state: [ConsentState]) -> Page {
    Page(title: at.text(.consents), blocks: [.words(at.text(.consentsWords))] + state.map(consent))
  }

  private func consent(_ state: ConsentState) -> Block {
    let purpose = state.purpose
    let agree = Action(at.text(.consentAgree)) { [at] in
      at.act { try await at.client.giveConsent(purpose.purpose, of: at.person) }
    }
    let withdraw = Action(at.text(.consentWithdraw)) { self.withdraw(purpose) }
    return .card([
      .heading(at.say(purpose.title)), .tag(standing(state)), .words(at.say(purpose.explanation)),
      .words(at.say(purpose.without), muted: true),
      state.given ? .push(withdraw, bad: true) : .push(agree),
    ])
  }

  private func standing(_ state: ConsentState) -> Chip {
    if state.given, let given = state.givenAt { return Chip(at.text(.consentGiven, at.time(given)), .ok) }
    if let withdrawn = state.withdrawnAt { return Chip(at.text(.consentWithdrawn, at.time(withdrawn)), .warn) }
    return Chip(at.text(.consentNotGiven), .warn)
  }

  private func withdraw(_ purpose: PurposeView) {
    let words = at.say(purpose.without) + "\n" + at.text(.consentWithdrawWords)
    at.confirm(at.say(purpose.title), words, at.text(.consentWithdraw)) { [at] in
      at.act { try await at.client.withdrawConsent(purpose.purpose, of: at.person) }
    }
  }
}

/// On the first screen: that nothing is sent, where the person has taken their word back.
@MainActor
func notAgreed(_ at: Shell, _ consents: [ConsentState]) -> [Block] {
  guard let missing = consents.first(where: { $0.purpose.needed && !$0.given }) else { return [] }
  let go = Action(at.text(.consents)) { at.go("consents") }
  return [.banner(.warn, title: at.text(.nothingIsSent), words: at.say(missing.purpose.without), action: go)]
}
