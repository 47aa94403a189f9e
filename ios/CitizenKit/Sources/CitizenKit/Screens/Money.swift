import CitizenCore
import Observation

/// How a bill was settled, line by line, by which rules.
@MainActor @Observable
final class SettlementScreen: Screen {
  unowned let at: Shell
  var state: Settlement??
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> Settlement? { try await at.client.showCase(id).case.settlement }

  func view(_ state: Settlement?) -> Page {
    Page(title: at.text(.lineByLine), blocks: state.map(blocks) ?? [])
  }

  private func blocks(_ settled: Settlement) -> [Block] {
    let pairs = [
      Pair(at.text(.billTotal), at.amount(settled.total)),
      Pair(at.text(.billEligible), at.amount(settled.eligible)),
      Pair(at.text(.billDeductible), at.amount(settled.deductibleUsed)),
      Pair(at.text(.billRatio), at.text(.percent, settled.rules.ratio / 100)),
      Pair(at.text(.billOwn), at.amount(settled.ownShare)),
      Pair(at.text(.reimbursed), at.amount(settled.reimbursed)),
    ]
    return [.card([.pairs(pairs, strongLast: true)]), .heading(at.text(.eachLine))] + settled.lines.map(line)
  }

  private func line(_ line: SettledLine) -> Block {
    let fee: Key =
      switch line.class {
      case .a: .classA
      case .b: .classB
      case .c: .classC
      }
    let pairs = [
      Pair(at.text(.billTotal), at.amount(line.amount)), Pair(at.text(.reimbursed), at.amount(line.reimbursed)),
    ]
    return .card([.words(line.name, lead: true), .words(at.text(fee), muted: true), .pairs(pairs)])
  }
}

/// The medical-insurance account, always with its age.
@MainActor @Observable
final class InsuranceScreen: Screen {
  struct State: Sendable {
    let view: InsuranceView?
  }

  unowned let at: Shell
  var state: State?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State { State(view: try await at.client.insurance()) }

  func view(_ state: State) -> Page {
    Page(
      title: at.text(.insurance),
      blocks: state.view.map(account) ?? [.empty(.insurance, words: at.text(.noBalance))],
      main: Action(at.text(.refresh)) { [at] in at.act { try await at.client.refreshInsurance() } }
    )
  }

  private func account(_ view: InsuranceView) -> [Block] {
    let account = view.account
    let pairs = [
      Pair(at.text(.thisYear, account.year), at.amount(account.currentYear)),
      Pair(at.text(.earlierYears), at.amount(account.earlierYears)),
      Pair(at.text(.fundPaid), at.amount(account.reimbursedThisYear)),
    ]
    let balance = Block.figure(
      label: at.text(.balance), value: at.amount(account.currentYear + account.earlierYears),
      below: at.text(.asOf, at.time(account.asOf)))
    return [
      .card([balance, .pairs(pairs)]),
      .words(at.say(account.scheme), muted: true),
      .words(at.text(.fetchedAt, at.time(view.fetchedAt)), muted: true),
      .heading(at.text(.entries)),
    ] + account.entries.prefix(30).map(entry)
  }

  private func entry(_ entry: InsuranceEntry) -> Block {
    let below = at.text(entryName(entry.kind)) + "  " + at.say(entry.place) + "\n" + at.day(entry.date)
    return .line(Line(at.amount(entry.amount), below))
  }

  private func entryName(_ kind: EntryKind) -> Key {
    switch kind {
    case .contribution: .entryContribution
    case .clinic: .entryClinic
    case .pharmacy: .entryPharmacy
    case .hospital: .entryHospital
    case .reimbursement: .entryReimbursement
    case .interest: .entryInterest
    case .carriedOver: .entryCarriedOver
    case .unknown: .entryOther
    }
  }
}
