import CitizenCore
import Observation

@MainActor
func caseLine(_ at: Shell, _ item: CaseSummary) -> Line {
  Line(
    at.say(item.title), at.text(.receivedPromised, at.time(item.receivedAt), at.day(item.promisedBy)),
    chip: statusChip(at, item.status), icon: .case
  ) { at.go("case/\(item.caseId)") }
}

@MainActor
func statusChip(_ at: Shell, _ status: CaseStatus) -> Chip {
  switch status {
  case .received: Chip(at.text(.statusReceived), .plain)
  case .accepted: Chip(at.text(.statusAccepted), .plain)
  case .evidenceRequested: Chip(at.text(.waitsForYou), .warn)
  case .reviewed: Chip(at.text(.statusReviewed), .plain)
  case .settled: Chip(at.text(.statusSettled), .ok)
  case .paid: Chip(at.text(.statusPaid), .ok)
  case .granted: Chip(at.text(.statusGranted), .ok)
  case .refused: Chip(at.text(.statusRefused), .bad)
  case .answered: Chip(at.text(.statusAnswered), .ok)
  case .unknown: Chip(at.text(.statusUnknown), .plain)
  }
}

/// Everything that was filed, the newest first.
@MainActor @Observable
final class CasesScreen: Screen {
  unowned let at: Shell
  var state: [CaseSummary]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [CaseSummary] { try await at.client.cases(100) }

  func view(_ state: [CaseSummary]) -> Page {
    let services = Action(at.text(.services)) { [at] in at.replace("services") }
    return Page(
      title: at.text(.cases),
      blocks: state.isEmpty
        ? [.empty(.case, words: at.text(.noCases), action: services)] : state.map { .line(caseLine(at, $0)) }
    )
  }
}

/// A case: who has the ball, what is next, and everything that happened.
@MainActor @Observable
final class CaseScreen: Screen {
  struct State: Sendable {
    let view: CaseView
    let parcel: DeliveryView?
  }

  unowned let at: Shell
  var state: State?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    let view = try await at.client.showCase(id)
    guard let delivery = view.case.deliveryId else { return State(view: view, parcel: nil) }
    return State(view: view, parcel: try await at.client.parcel(delivery))
  }

  func view(_ state: State) -> Page {
    let item = state.view.case
    let request = item.requests.first { $0.answeredBy == nil }
    let next = [request.map(asked) ?? whoHasIt(item)] + (item.grievance.map { answered(at, item, $0) } ?? [])
    let parcel = state.parcel.map { [parcelCard(at, $0.delivery)] } ?? []
    let story: [Block] = [
      .heading(at.text(.whatHappened)), .card([timeline(item)]),
      .words(at.text(.asOf, at.time(state.view.fetchedAt)), muted: true),
    ]
    // An answer that did not help has its own way on.
    let complaints = item.grievance == nil ? [complaint(at, .case(id))] : []
    return Page(
      title: at.say(item.title),
      blocks: next + payout(item) + refusal(item) + parcel + story + complaints,
      main: request.map { _ in Action(at.text(.answerNow), .camera) { self.answer() } }
    )
  }

  private func answer() {
    at.act { [at, id] in
      let draft = try await at.client.answerRequest(of: id)
      at.go("answer/\(draft)")
    }
  }

  private func asked(_ request: EvidenceRequest) -> Block {
    let words = [at.say(request.title), at.say(request.reason), at.text(.answerBy, at.day(request.answerBy))]
    return .banner(.warn, title: at.text(.officeAsks), words: words.joined(separator: "\n"))
  }

  private func whoHasIt(_ item: Case) -> Block {
    if let grievance = item.grievance { return desk(item, grievance) }
    let words: Key =
      switch item.status {
      case .paid: .casePaid
      case .granted: .caseGranted
      case .refused: .caseRefused
      case .settled: .caseSettled
      default: .caseAtOffice
      }
    let done = [.paid, .granted, .refused, .answered].contains(item.status)
    let chip = statusChip(at, item.status)
    let promise = done ? "" : "\n" + at.text(.promisedBy, at.day(item.promisedBy))
    return .banner(chip.tone, title: chip.words, words: at.text(words) + promise)
  }

  private func desk(_ item: Case, _ grievance: Grievance) -> Block {
    if let answer = grievance.answer {
      return .banner(answer.putRight ? .ok : .plain, title: at.text(answer.putRight ? .putRight : .notPutRight))
    }
    return .banner(.plain, title: statusChip(at, item.status).words, words: deskWords(at, item, grievance))
  }

  private func payout(_ item: Case) -> [Block] {
    guard let settled = item.settlement else { return [] }
    let below =
      item.payout.map { at.text(.paidTo, $0.accountEnding, at.time($0.paidAt)) } ?? at.text(.notPaidYet)
    let lines = Line(at.text(.lineByLine), at.count(.lines, settled.lines.count), icon: .money) { [at, id] in
      at.go("settlement/\(id)")
    }
    return [
      .card([.figure(label: at.text(.reimbursed), value: at.amount(settled.reimbursed), below: below)]),
      .line(lines),
    ]
  }

  private func refusal(_ item: Case) -> [Block] {
    guard let refusal = item.refusal else { return [] }
    return [
      .card([
        .heading(at.text(.whyRefused)), .words(at.say(refusal.reason)),
        .words(at.say(refusal.legalGround), muted: true),
      ])
    ]
  }

  private func timeline(_ item: Case) -> Block {
    .timeline(
      item.events.reversed().map { event in
        let (words, tone, icon) = moment(event.kind)
        return Moment(at.text(words), at.time(event.at) + "  " + at.say(event.by), tone, icon)
      })
  }

  private func moment(_ kind: CaseEventKind) -> (Key, Tone, Icon) {
    switch kind {
    case .received: (.eventReceived, .plain, .outbox)
    case .accepted: (.eventAccepted, .plain, .case)
    case .evidenceRequested: (.eventAsked, .warn, .question)
    case .evidenceProvided: (.eventAnswered, .plain, .person)
    case .reviewed: (.eventReviewed, .plain, .check)
    case .settled: (.eventSettled, .ok, .money)
    case .paid: (.eventPaid, .ok, .ok)
    case .granted: (.eventGranted, .ok, .ok)
    case .refused: (.eventRefused, .bad, .bad)
    case .climbed: (.eventClimbed, .warn, .clock)
    case .answered: (.statusAnswered, .ok, .ok)
    case .unknown: (.statusUnknown, .plain, .clock)
    }
  }
}
