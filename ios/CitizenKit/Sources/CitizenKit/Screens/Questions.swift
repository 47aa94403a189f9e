import CitizenCore
import Observation

/// Draws the questions of any form, by the kind of answer. Knows no field and no rule.
@MainActor @Observable
final class Questions {
  unowned let at: Shell
  private let draft: String
  private let parts: Parts
  /// The entries that were asked for and are not there yet.
  private var added: Set<String> = []

  init(_ at: Shell, _ draft: String) {
    self.at = at
    self.draft = draft
    parts = Parts(at, draft)
  }

  func blocks(_ field: FieldView) -> [Block] {
    if field.origin == .computed {
      return [ask(field, .fixed(field.words.map(at.say) ?? at.text(.computedLater)))]
    }
    return switch field.field {
    case .text: [text(field, .text)]
    case .longText: [text(field, .long)]
    case .number, .bankAccount: [text(field, .digits)]
    case .money: [text(field, .amount)]
    case .phone: [text(field, .phone)]
    case .idNumber: [text(field, .id)]
    case .date: [day(field)]
    case .choice(let options): [choice(field, options)]
    case .choices(let options, _, _): [choices(field, options)]
    case .yesNo: [yesNo(field)]
    case .dateRange: parts.days(field, about(field))
    case .address(let areas): parts.address(field, about(field), areas)
    case .person: parts.person(field, about(field))
    case .group(let entry, let fields, _, let max): group(field, at.say(entry), fields, Int(max))
    case .attachment: paper(field)
    case .declaration: declaration(field)
    case .note: [.words(at.say(field.label), muted: true)]
    case .unknown: [.words(at.text(.needsNewerApp))]
    }
  }

  private func ask(_ field: FieldView, _ input: Ask.Input) -> Block {
    .ask(Ask(field.path, about(field), input))
  }

  private func about(_ field: FieldView) -> About {
    About(
      at.say(field.label) + (field.required ? "" : at.text(.optional)),
      help: field.help.map(at.say) ?? "",
      from: [readBack(field), provenance(field)].filter { !$0.isEmpty }.joined(separator: "\n"),
      wrong: field.finding.map(at.say) ?? "",
      action: disputable(field)
    )
  }

  /// How an account number was understood, in groups and with its bank: a wrong digit is seen before money goes astray.
  private func readBack(_ field: FieldView) -> String {
    guard case .bankAccount = field.field, field.value != nil else { return "" }
    return field.words.map(at.say) ?? ""
  }

  /// Which register said so, and of which day it is.
  private func provenance(_ field: FieldView) -> String {
    guard let register = field.register else { return field.earlier.isEmpty ? "" : at.text(.askAgain) }
    let source = at.text(.fromRegister, at.say(register.source.title), at.day(register.source.asOf))
    return field.dispute == nil ? source : source + "\n" + at.text(.disputed)
  }

  private func disputable(_ field: FieldView) -> Action? {
    if field.register == nil { return nil }
    if field.dispute != nil {
      return Action(at.text(.withdrawDispute)) { [at, draft] in
        at.act { try await at.client.withdrawDispute(field.fieldId, in: draft) }
      }
    }
    return Action(at.text(.dispute)) { [at, draft] in
      at.askWords(at.text(.disputeTitle), at.text(.disputeHint), at.text(.dispute)) { note in
        at.act { try await at.client.dispute(field.fieldId, note: note, in: draft) }
      }
    }
  }

  private func set(_ field: FieldView, _ answer: Answer) {
    at.act { [at, draft] in try await at.client.set(answer, at: field.path, in: draft) }
  }

  private func text(_ field: FieldView, _ keys: Keys) -> Block {
    ask(
      field,
      .text(field.typed ?? plain(field), keys) { [at, draft] typed in
        at.act { try await at.client.type(typed, at: field.path, in: draft) }
      })
  }

  /// An answer as one would type it.
  private func plain(_ field: FieldView) -> String {
    if case .money = field.field { return field.words.map(at.say) ?? "" }
    return switch field.value {
    case .words(let text): text
    case .whole(let number): String(number)
    default: ""
    }
  }

  private func day(_ field: FieldView) -> Block {
    ask(
      field,
      .day(words: field.words.map(at.say) ?? "", day: field.value?.text ?? "", hint: at.text(.chooseDay)) {
        self.set(field, .words(text: $0))
      })
  }

  private func choice(_ field: FieldView, _ options: [ChoiceOption]) -> Block {
    let chosen = field.value?.text
    let shown = options.map { Option($0.value, at.say($0.label), $0.value == chosen) }
    return ask(field, .choice(shown, several: false) { self.set(field, .words(text: $0)) })
  }

  private func choices(_ field: FieldView, _ options: [ChoiceOption]) -> Block {
    var chosen: [Answer] = []
    if case .several(let items) = field.value { chosen = items }
    let shown = options.map { Option($0.value, at.say($0.label), chosen.contains(.words(text: $0.value))) }
    return ask(
      field,
      .choice(shown, several: true) { [at, draft, chosen] value in
        let option = Answer.words(text: value)
        let next = chosen.contains(option) ? chosen.filter { $0 != option } : chosen + [option]
        if !next.isEmpty { return self.set(field, .several(items: next)) }
        at.act { try await at.client.clear(field.path, in: draft) }
      })
  }

  private func yesNo(_ field: FieldView) -> Block {
    let options = [
      Option("yes", at.text(.yes), field.value == .yesNo(yes: true)),
      Option("no", at.text(.no), field.value == .yesNo(yes: false)),
    ]
    return ask(field, .choice(options, several: false) { self.set(field, .yesNo(yes: $0 == "yes")) })
  }

  private func paper(_ field: FieldView) -> [Block] {
    guard let paper = field.paper else { return [] }
    return [.line(paperLine(at, paper) { [at, draft] in at.go("paper/\(draft)/\(paper.requirementId)") })]
  }

  private func declaration(_ field: FieldView) -> [Block] {
    field.declaration.map { [agreement(at, draft, $0)] } ?? []
  }
}

/// Repeating groups.
extension Questions {
  /// The entries of a group, and an empty one where the person asked for it.
  private func group(_ field: FieldView, _ entry: String, _ fields: [Field], _ most: Int) -> [Block] {
    let about = about(field)
    let count = field.entries.count
    let mark = "\(field.path)/\(count)"
    let entries = field.entries.enumerated().map { index, fields in
      Block.card(
        [.heading(at.text(.entry, entry, index + 1))] + fields.flatMap { blocks($0) } + [remove(field, entry, index)])
    }
    let blanks = fields.map { parts.blank($0, "\(mark)/\($0.fieldId)") }
    let empty = Block.card([.heading(at.text(.entry, entry, count + 1))] + blanks.flatMap { blocks($0) })
    let add = Action(at.text(.addEntry, entry), .plus) { self.added.insert(mark) }
    let words = [about.help, about.wrong].filter { !$0.isEmpty }
    let asked = added.contains(mark)
    return [.heading(about.label)] + words.map { .words($0, muted: $0 == about.help) } + entries
      + (asked ? [empty] : []) + (asked || count >= most ? [] : [.push(add)])
  }

  private func remove(_ field: FieldView, _ entry: String, _ index: Int) -> Block {
    let named = at.text(.removeEntry, entry, index + 1)
    let remove = Action(named) { [at, draft] in
      at.confirm(named, at.text(.removeEntryWords), named) {
        at.act { try await at.client.removeEntry(UInt32(index), of: field.fieldId, in: draft) }
      }
    }
    return .push(remove, bad: true)
  }
}
