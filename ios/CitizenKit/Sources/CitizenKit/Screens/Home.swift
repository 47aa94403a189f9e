import CitizenCore
import Observation

/// What needs me now, what is happening, what can I do: in this order.
@MainActor @Observable
final class HomeScreen: Screen {
  struct State: Sendable {
    let name: String
    let session: SessionStatus
    let cases: [CaseSummary]
    let drafts: [DraftSummary]
    let outbox: [OutboxItem]
    let insurance: InsuranceView?
  }

  private static let few: UInt32 = 100
  private static let done: [CaseStatus] = [.paid, .granted, .refused, .answered]

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    State(
      name: try await at.client.label(),
      session: try await at.client.session(),
      cases: try await at.client.cases(Self.few),
      drafts: try await at.client.drafts(Self.few).filter { $0.state == .open },
      outbox: try await at.client.outbox(Self.few),
      insurance: try await at.client.insurance()
    )
  }

  func view(_ state: State) -> Page {
    Page(
      title: at.text(.hello, state.name), back: false,
      blocks: needsMe(state) + happening(state) + canDo(state))
  }

  private func needsMe(_ state: State) -> [Block] {
    let asked = state.cases.filter(\.needsYou).map { item in
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

  private func happening(_ state: State) -> [Block] {
    let waiting = state.outbox.filter { !$0.isUpload && !$0.waitsForPerson }.map { item in
      Line(
        at.say(item.title), waitingWords(at, item.waitsFor),
        chip: Chip(at.text(.inOutbox), .warn, .clock), icon: .outbox
      ) { [at] in at.go("outbox") }
    }
    let running = state.cases.filter { !$0.needsYou && !Self.done.contains($0.status) }
    let lines = (waiting + running.prefix(3).map { caseLine(at, $0) }).map(Block.line)
    return lines.isEmpty ? [] : [.heading(at.text(.happening))] + lines
  }

  private func canDo(_ state: State) -> [Block] {
    let search = Line(at.text(.searchServices), icon: .search) { [at] in at.go("services") }
    let balance = state.insurance.map { view in
      Block.card(
        [
          .figure(
            label: at.text(.balance),
            value: at.amount(view.account.currentYear + view.account.earlierYears),
            below: at.text(.asOf, at.time(view.account.asOf)))
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
