import CitizenCore
import Observation

@MainActor
func standingChip(_ at: Shell, _ mandate: MandateView) -> Chip {
  switch mandate.standing {
  case .offered:
    mandate.side == .received
      ? Chip(at.text(.mandateWaitsForYou), .warn) : Chip(at.text(.mandateOffered), .plain)
  case .holds: Chip(at.text(.mandateHolds), .ok)
  case .over: Chip(at.text(.mandateOver), .plain)
  case .declined: Chip(at.text(.mandateDeclined), .plain)
  case .revoked: Chip(at.text(.mandateRevoked), .plain)
  }
}

func actsName(_ acts: MandateActs) -> Key { acts == .read ? .mandateRead : .mandateFile }

/// On the first screen: for whom this person can act.
@MainActor
func helpable(_ at: Shell, _ mandates: [MandateView]) -> [Block] {
  var seen: Set<String> = []
  let holding = mandates.filter { $0.side == .received && $0.standing == .holds && seen.insert($0.from).inserted }
  if holding.isEmpty { return [] }
  return [.heading(at.text(.forFamily))]
    + holding.map { mandate in
      let until = at.text(.mandateUntil, at.day(mandate.until))
      return .line(Line(at.text(.actFor, mandate.from), until, icon: .mandate) { at.actFor(mandate.mandateId) })
    }
}

/// On the first screen: what somebody wants this person to do for them.
@MainActor
func offeredToMe(_ at: Shell, _ mandates: [MandateView]) -> [Line] {
  mandates.filter { $0.side == .received && $0.standing == .offered }.map { mandate in
    Line(
      at.text(.mandateAsks, mandate.from), at.text(actsName(mandate.acts)), chip: standingChip(at, mandate),
      icon: .mandate
    ) { at.go("mandate/\(mandate.mandateId)") }
  }
}

/// Acting for others, others for the person, and what was done so.
@MainActor @Observable
final class MandatesScreen: Screen {
  struct State: Sendable {
    let mandates: [MandateView]
    let acts: [ActView]
  }

  unowned let at: Shell
  var state: State?
  private var asked = false

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    // Once where there is a network; what comes later comes with the changes.
    if !asked && at.online { try? await at.client.refreshMandates() }
    asked = true
    return State(mandates: try await at.client.mandates(100), acts: try await at.client.mandateActs(30))
  }

  func view(_ state: State) -> Page {
    Page(
      title: at.text(.mandates),
      blocks: [.words(at.text(.mandatesWords))] + side(state, .received, .mandatesReceived)
        + side(state, .given, .mandatesGiven) + acts(state.acts),
      main: Action(at.text(.mandateGive), .plus) { [at] in at.go("give-mandate") }
    )
  }

  private func side(_ state: State, _ side: MandateSide, _ heading: Key) -> [Block] {
    let mandates = state.mandates.filter { $0.side == side }
    return mandates.isEmpty ? [] : [.heading(at.text(heading))] + mandates.map { .line(line($0)) }
  }

  private func line(_ mandate: MandateView) -> Line {
    let other = mandate.side == .given ? at.text(.mandateTo, mandate.to) : at.text(.mandateFrom, mandate.from)
    let below = at.text(actsName(mandate.acts)) + " · " + at.text(.mandateUntil, at.day(mandate.until))
    return Line(other, below, chip: standingChip(at, mandate), icon: .mandate) { [at] in
      at.go("mandate/\(mandate.mandateId)")
    }
  }

  private func acts(_ acts: [ActView]) -> [Block] {
    if acts.isEmpty { return [] }
    let moments = acts.map { Moment(at.say($0.sentence), at.time($0.at), .plain, .check) }
    return [.heading(at.text(.mandateActs)), .card([.timeline(moments)])]
  }
}

/// One mandate: accepted, declined, acted under, ended.
@MainActor @Observable
final class MandateScreen: Screen {
  struct State: Sendable {
    let mandate: MandateView
    let `where`: String
    let represented: Represented?
  }

  unowned let at: Shell
  var state: State?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    guard let mandate = try await at.client.mandates(100).first(where: { $0.mandateId == id }) else {
      throw NobodyUnlocked()
    }
    let represented = try await at.client.represented().first { $0.label == mandate.from }
    return State(
      mandate: mandate, where: try await reach(mandate.reach),
      represented: mandate.side == .received ? represented : nil)
  }

  private func reach(_ reach: MandateReach) async throws -> String {
    switch reach {
    case .oneCase(let service, _):
      return at.text(.mandateOneCase, at.say(try await at.client.service(service).summary.title))
    case .services(let services):
      if services.isEmpty { return at.text(.mandateEverything) }
      if services.count > 1 { return at.count(.servicesNamed, services.count) }
      return at.say(try await at.client.service(services[0]).summary.title)
    }
  }

  func view(_ state: State) -> Page {
    let mandate = state.mandate
    let received = mandate.side == .received
    let offered = received && mandate.standing == .offered
    let pairs = [
      Pair(at.text(.mandateWho), mandate.from), Pair(at.text(.mandateBy), mandate.to),
      Pair(at.text(.mandateWhat), at.text(actsName(mandate.acts))), Pair(at.text(.mandateWhere), state.where),
      Pair(at.text(.mandateLastDay), at.day(mandate.until)),
    ]
    let decline = Action(at.text(.mandateDecline)) { [at, id] in at.act { try await at.client.decline(id) } }
    return Page(
      title: received ? at.text(.mandateFrom, mandate.from) : at.text(.mandateTo, mandate.to),
      blocks: [
        .card([.tag(standingChip(at, mandate)), .pairs(pairs)]),
        .words(at.text(received ? .mandateReceivedWords : .mandateGivenWords), muted: true),
      ] + endings(mandate, received) + removal(state),
      main: received ? goOn(state, offered) : nil,
      second: offered ? decline : nil
    )
  }

  private func goOn(_ state: State, _ offered: Bool) -> Action? {
    let from = state.mandate.from
    if offered { return Action(at.text(.mandateAccept)) { [at, id] in at.act { try await at.client.accept(id) } } }
    if state.mandate.standing == .holds {
      return Action(at.text(.actFor, from), .mandate) { [at, id] in at.actFor(id) }
    }
    return state.represented.map { _ in
      Action(at.text(.seeWhatIWrote, from), .mandate) { [at, id] in at.actFor(id) }
    }
  }

  private func endings(_ mandate: MandateView, _ received: Bool) -> [Block] {
    let open = mandate.standing == .holds || !received && mandate.standing == .offered
    if !open { return [] }
    let label = at.text(received ? .mandateGiveBack : .mandateEnd)
    let words =
      received ? at.text(.mandateGiveBackWords, mandate.from) : at.text(.mandateEndWords, mandate.to)
    let end = Action(label) { [at, id] in
      at.confirm(label, words, label) { at.act { try await at.client.revoke(id) } }
    }
    return [.push(end, bad: true)]
  }

  /// What was written for somebody stays on this phone whatever becomes of the mandate, until the person removes it.
  private func removal(_ state: State) -> [Block] {
    guard let represented = state.represented else { return [] }
    let label = at.text(.removeRepresented, represented.label)
    let remove = Action(label) { [at] in
      at.confirm(label, at.text(.removeRepresentedWords, represented.label), label) {
        at.act { try await at.client.removeRepresented(represented.personId) }
      }
    }
    return [.push(remove, bad: true)]
  }
}
