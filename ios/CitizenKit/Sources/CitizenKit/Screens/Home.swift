import CitizenCore
import Observation

/// What needs me now, what is happening, what can I do: in this order.
@MainActor @Observable
final class HomeScreen: Screen {
  struct State: Sendable {
    let home: HomeView
    let consents: [ConsentState]
    let mandates: [MandateView]
    let represented: Represented?
  }

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    let home = try await at.client.home()
    if let helped = at.helped {
      let represented = try await at.client.represented().first { $0.personId == helped.personId }
      return State(home: home, consents: [], mandates: [], represented: represented)
    }
    return State(
      home: home, consents: try await at.client.consents(of: at.person),
      mandates: try await at.client.mandates(100), represented: nil)
  }

  func view(_ state: State) -> Page {
    let home = state.home
    return Page(
      title: at.helped == nil ? at.text(.hello, home.label) : home.label, back: false,
      blocks: notAgreed(at, state.consents) + ended(state.represented) + needsMe(home, offeredToMe(at, state.mandates))
        + happening(home) + helpable(at, state.mandates) + canDo(home))
  }

  /// A mandate that is over loses nobody a word; only nothing more is sent.
  private func ended(_ represented: Represented?) -> [Block] {
    guard let represented, !represented.holds else { return [] }
    let words = at.text(.mandateHoldsNoMoreWords, represented.label)
    return [.banner(.warn, title: at.text(.mandateHoldsNoMore), words: words)]
  }

  private func needsMe(_ state: HomeView, _ offered: [Line]) -> [Block] {
    let asked = state.asked.map { item in
      Line(
        at.say(item.title), at.text(.officeAsks), chip: Chip(at.text(.waitsForYou), .warn), icon: .question
      ) { [at] in at.go("case/\(item.caseId)") }
    }
    let refused = state.outbox.filter(\.waitsForPerson).map { item in
      Line(
        at.say(item.title), at.text(.cityRefused), chip: Chip(at.text(.lookPlease), .bad), icon: .outbox
      ) { [at] in at.go("outbox") }
    }
    let written = state.drafts.map { draft in
      Line(
        at.say(draft.title), at.text(.writtenAt, at.time(draft.updatedAt)),
        chip: Chip(at.text(.notSent), .plain), icon: .file
      ) { [at] in at.go(draftRoute(draft)) }
    }
    let lines = (offered + asked + refused + written).map(Block.line)
    return signedOut(state.session) + (lines.isEmpty ? [] : [.heading(at.text(.needsMe))] + lines)
  }

  private func signedOut(_ session: SessionStatus) -> [Block] {
    let go = Action(at.text(.signInGo)) { [at] in at.go("sign-in") }
    return switch session {
    case .signedIn: []
    case .expired:
      [.banner(.warn, title: at.text(.sessionExpired), words: at.text(.sessionExpiredWords), action: go)]
    case .signedOut: [.banner(.warn, title: at.text(.signedOut), words: at.text(.signedOutWords), action: go)]
    }
  }

  private func happening(_ state: HomeView) -> [Block] {
    let waiting = state.outbox.filter { !$0.isUpload && !$0.waitsForPerson }.map { item in
      Line(
        at.say(item.title), waitingWords(at, item.waitsFor),
        chip: Chip(at.text(.inOutbox), .warn, .clock), icon: .outbox
      ) { [at] in at.go("outbox") }
    }
    let lines = (waiting + state.running.map { caseLine(at, $0) }).map(Block.line)
    return lines.isEmpty ? [] : [.heading(at.text(.happening))] + lines
  }

  private func canDo(_ state: HomeView) -> [Block] {
    let search = Line(at.text(.searchServices), icon: .search) { [at] in at.go("services") }
    let balance = state.balance.map { balance in
      Block.card(
        [
          .figure(
            label: at.text(.balance), value: at.amount(balance.amount), below: at.text(.asOf, at.time(balance.asOf)))
        ], tap: { [at] in at.go("insurance") })
    }
    let theirs: [(Key, Icon, String)] = [
      (.services, .services, "services"), (.cases, .case, "cases"), (.outbox, .outbox, "outbox"),
      (.grievance, .speech, "grievances"),
    ]
    let own: [(Key, Icon, String)] = [
      (.insurance, .insurance, "insurance"), (.cards, .card, "cards"), (.registerLog, .eye, "register-log"),
      (.settings, .settings, "settings"),
    ]
    let acting = at.helped != nil
    let ways = acting ? theirs : Array(theirs[..<2] + own[..<2] + theirs[2...] + own[2...])
    let tiles = ways.map { key, icon, route in Action(at.text(key), icon) { [at] in at.go(route) } }
    let fetch = Action(at.text(.refresh)) { [at] in at.act { try await at.client.pull() } }
    return [.heading(at.text(.canDo)), .line(search)] + [balance].compactMap { $0 } + [.tiles(tiles)]
      + (acting && at.online ? [.push(fetch)] : [])
  }
}
