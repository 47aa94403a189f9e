import CitizenCore
import Observation

/// Where a draft goes on: its form, or the answer to an office.
func draftRoute(_ draft: DraftSummary) -> String {
  draft.kind == .form ? "form/\(draft.draftId)/0" : "answer/\(draft.draftId)"
}

/// Any form: a page at a time, a question at a time in elder mode. What is typed is on disk before the next letter.
@MainActor @Observable
final class FormScreen: Screen {
  unowned let at: Shell
  let writing = true
  var state: DraftView?
  private let id: String
  private let step: Int
  private var opened = false
  private let questions: Questions

  init(_ at: Shell, _ id: String, _ step: Int) {
    self.at = at
    self.id = id
    self.step = step
    questions = Questions(at, id)
  }

  /// A draft follows its form when it is opened, and not under the person's hands.
  func load() async throws -> DraftView {
    if opened { return try await at.client.showDraft(id) }
    let draft = try await at.client.openDraft(id)
    opened = true
    return draft
  }

  func view(_ state: DraftView) -> Page {
    let steps = steps(state)
    guard state.state == .open, steps.indices.contains(step) else { return beyond(state) }
    let last = step == steps.count - 1
    let next = last ? "review/\(id)" : "form/\(id)/\(step + 1)"
    let before = Action(at.text(.previous)) { [at, id, step] in at.replace("form/\(id)/\(step - 1)") }
    return Page(
      title: at.say(state.title),
      blocks: moved(state) + (step == 0 ? about(state) : []) + [
        .steps(label: at.text(.stepOf, step + 1, steps.count), done: step + 1, of: steps.count),
        .heading(steps[step].title),
      ] + steps[step].fields.flatMap { questions.blocks($0) },
      main: Action(at.text(last ? .toReview : .next)) { [at] in at.replace(next) },
      second: step == 0 ? nil : before
    )
  }

  /// The pages as they are asked: each question by itself for those who chose so.
  private func steps(_ state: DraftView) -> [(title: String, fields: [FieldView])] {
    let pages = state.form.pages.map { (title: at.say($0.title), fields: $0.fields) }
    if !at.settings.elder { return pages }
    return pages.flatMap { page in page.fields.map { (page.title, [$0]) } }
  }

  private func about(_ state: DraftView) -> [Block] {
    state.concern.map { [.banner(.plain, title: at.text(.grievanceAbout, at.say($0.title)))] } ?? []
  }

  private func moved(_ state: DraftView) -> [Block] {
    if state.movedFrom == nil || step > 0 { return [] }
    return [.banner(.warn, title: at.text(.formMoved), words: at.text(.formMovedWords))]
  }

  /// A form without questions, or a draft that is on its way.
  private func beyond(_ state: DraftView) -> Page {
    let open = state.state == .open
    let next = open ? "review/\(id)" : "outbox"
    return Page(
      title: at.say(state.title),
      blocks: [.words(at.text(open ? .nothingToAnswer : .alreadyFiled))],
      main: Action(at.text(open ? .toReview : .outbox)) { [at] in at.replace(next) }
    )
  }
}
