import CitizenCore
import Observation

/// Begins to say what could not be done, or goes on where it was begun. Needs no network.
@MainActor
func complain(_ at: Shell, _ about: Concerning) {
  at.act {
    let draft = try await at.client.beginGrievance(about)
    at.go("form/\(draft)/0")
  }
}

/// The way to it from anywhere.
@MainActor
func complaint(_ at: Shell, _ about: Concerning) -> Block {
  .push(Action(at.text(.grievance), .speech) { complain(at, about) })
}

/// Who answers by which day; what was left goes up by itself.
@MainActor
func deskWords(_ at: Shell, _ item: Case, _ grievance: Grievance) -> String {
  let clock = at.text(.deskAnswersBy, at.say(grievance.desk), at.day(item.promisedBy))
  return grievance.level > 1 ? at.text(.deskAbove) + "\n" + clock : clock
}

/// What a desk said, and the way on where that does not help.
@MainActor
func answered(_ at: Shell, _ item: Case, _ grievance: Grievance) -> [Block] {
  guard let answer = grievance.answer else { return [] }
  let by = Block.words(at.say(answer.by) + "  " + at.time(answer.answeredAt), muted: true)
  let up = Action(at.text(.notHelped), .speech) { complain(at, .case(item.caseId)) }
  return [.card([.heading(at.text(.deskAnswer)), .words(at.say(answer.text)), by]), .push(up)]
}

/// What a draft is about, and whether the desk may read it.
@MainActor
func concern(_ at: Shell, _ draft: DraftView) -> [Block] {
  guard let concern = draft.concern else { return [] }
  let about = Block.banner(.plain, title: at.text(.grievanceAbout, at.say(concern.title)))
  if !concern.canShare { return [about] }
  let options = [
    Option("yes", at.text(.shareCaseYes), concern.sharesCase), Option("no", at.text(.shareCaseNo), !concern.sharesCase),
  ]
  let ask = Ask(
    "share_case", About(at.text(.shareCase), help: at.text(.shareCaseWords)),
    .choice(options, several: false) { chosen in
      at.act { try await at.client.shareCase(chosen == "yes", in: draft.draftId) }
    })
  return [about, .ask(ask)]
}

/// What could not be done in one trip: what was said, who answers by when, what was answered.
@MainActor @Observable
final class GrievancesScreen: Screen {
  unowned let at: Shell
  var state: [CaseView]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [CaseView] { try await at.client.grievances(100) }

  func view(_ state: [CaseView]) -> Page {
    let lines = state.map(\.case).compactMap { item in item.grievance.map { Block.line(line(item, $0)) } }
    return Page(
      title: at.text(.grievance),
      blocks: [.words(at.text(.grievanceWords))] + (lines.isEmpty ? [] : [.heading(at.text(.grievancesSaid))]) + lines,
      main: Action(at.text(.grievanceBegin), .speech) { complain(self.at, .nothing) }
    )
  }

  private func line(_ item: Case, _ grievance: Grievance) -> Line {
    let said = grievance.answer.map { at.say($0.by) + "\n" + at.say($0.text) }
    return Line(
      at.say(grievance.about ?? item.title), said ?? deskWords(at, item, grievance),
      chip: statusChip(at, item.status), icon: .speech
    ) { [at] in at.go("case/\(item.caseId)") }
  }
}
