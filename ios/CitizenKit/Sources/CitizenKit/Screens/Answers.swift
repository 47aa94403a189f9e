import CitizenCore
import Observation

/// What is still needed before a draft can be filed, in the order it is asked.
@MainActor
func needed(_ at: Shell, _ draft: DraftView) -> [Block] {
  if draft.needed.isEmpty {
    return [.banner(.ok, title: at.text(.complete), words: at.text(.completeWords))]
  }
  let words = draft.needed.map { need in
    switch need {
    case .answer(_, let label, _): at.text(.needAnswer, at.say(label))
    case .files(_, let title, let missing): at.text(.needFiles, at.say(title), missing)
    case .declaration(_, let title): at.text(.needAgree, at.say(title))
    case .counter(_, let title): at.text(.needCounter, at.say(title))
    case .reply: at.text(.needReply)
    }
  }
  let title = at.count(.thingsMissing, draft.needed.count)
  return [.banner(.warn, title: title, words: words.joined(separator: "\n"))]
}

/// Everything that was answered, in the order it was asked.
@MainActor
func answers(_ at: Shell, _ draft: DraftView) -> [Block] {
  draft.form.pages.flatMap { page -> [Block] in
    let pairs = page.fields.flatMap { answered(at, $0) }
    return pairs.isEmpty ? [] : [.heading(at.say(page.title)), .card([.pairs(pairs)])]
  }
}

@MainActor
private func answered(_ at: Shell, _ field: FieldView) -> [Pair] {
  if !field.entries.isEmpty { return field.entries.flatMap { $0.flatMap { answered(at, $0) } } }
  guard let words = field.words else { return [] }
  var source = ""
  if let register = field.register, register.value == field.value {
    source = "\n" + at.text(.fromShort, at.say(register.source.title))
  }
  return [Pair(at.say(field.label), at.say(words) + source)]
}

func deliveryName(_ choice: DeliveryChoice) -> Key {
  switch choice {
  case .phone: .deliveryPhone
  case .courier: .deliveryCourier
  case .counter: .deliveryCounter
  }
}

/// What an office asked, and the answer to it: a photograph, a word, one tap.
@MainActor @Observable
final class AnswerScreen: Screen {
  unowned let at: Shell
  let writing = true
  var state: DraftView?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> DraftView { try await at.client.showDraft(id) }

  func view(_ state: DraftView) -> Page {
    let papers = state.requirements.map { paper in
      Block.line(paperLine(at, paper) { [at, id] in at.go("paper/\(id)/\(paper.requirementId)") })
    }
    let note = Ask(
      "note", About(at.text(.noteToOffice), help: at.text(.noteHelp)),
      .text(state.note, .long) { [at, id] typed in at.act { try await at.client.setNote(typed, in: id) } })
    let send = Action(at.text(.sendAnswer), .outbox) { [at, id] in
      at.act {
        try await at.client.submit(id)
        at.duties.later.schedule()
        at.replace("outbox")
      }
    }
    let ready = state.needed.isEmpty
    return Page(
      title: at.text(.answerOffice),
      blocks: asked(state) + papers + [.ask(note)] + (ready ? [] : [.words(at.text(.needReply), muted: true)]),
      main: ready ? send : nil
    )
  }

  private func asked(_ state: DraftView) -> [Block] {
    guard case .supplement(_, _, let reason, let answerBy) = state.kind else { return [] }
    return [.banner(.warn, title: at.say(reason), words: at.text(.answerBy, at.day(answerBy)))]
  }
}
