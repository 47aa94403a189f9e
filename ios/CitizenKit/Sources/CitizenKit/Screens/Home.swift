import CitizenCore
import Observation

/// What needs me now, what is happening, what can I do: in this order.
@MainActor @Observable
final class HomeScreen: Screen {
  unowned let at: Shell
  var state: HomeView?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> HomeView { try await at.client.home() }

  func view(_ state: HomeView) -> Page {
    Page(
      title: at.text(.hello, state.label), back: false,
      blocks: needsMe(state) + happening(state) + canDo(state))
  }

  private func needsMe(_ state: HomeView) -> [Block] {
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
    let lines = (asked + refused + written).map(Block.line)
    return expired(state.session) + (lines.isEmpty ? [] : [.heading(at.text(.needsMe))] + lines)
  }

  private func expired(_ session: SessionStatus) -> [Block] {
    if case .signedIn = session { return [] }
    let go = Action(at.text(.signInGo)) { [at] in at.go("sign-in") }
    return [.banner(.warn, title: at.text(.signedOut), words: at.text(.signedOutWords), action: go)]
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
    let ways: [(Key, Icon, String)] = [
      (.services, .services, "services"), (.cases, .case, "cases"), (.insurance, .insurance, "insurance"),
      (.cards, .card, "cards"), (.outbox, .outbox, "outbox"), (.settings, .settings, "settings"),
    ]
    let tiles = ways.map { key, icon, route in Action(at.text(key), icon) { [at] in at.go(route) } }
    return [.heading(at.text(.canDo)), .line(search)] + [balance].compactMap { $0 } + [.tiles(tiles)]
  }
}
