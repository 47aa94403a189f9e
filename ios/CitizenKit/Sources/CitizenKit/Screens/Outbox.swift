import CitizenCore
import Observation

/// What something waits for, and what that means.
@MainActor
func waitingWords(_ at: Shell, _ waiting: Waiting) -> String {
  switch waiting {
  case .nothing: at.text(.goingNow)
  case .network: at.text(.waitsNetwork)
  case .city(let until): at.text(.waitsCity, at.time(until))
  case .signIn: at.text(.waitsSignIn)
  case .files: at.text(.waitsFiles)
  case .wifi: at.text(.waitsWifi)
  case .paused: at.text(.waitsPaused)
  case .person(let reason): at.say(reason)
  }
}

extension OutboxItem {
  var waitsForPerson: Bool {
    if case .person = waitsFor { return true }
    return false
  }

  var waitsForFiles: Bool {
    if case .files = waitsFor { return true }
    return false
  }

  var isUpload: Bool {
    if case .upload = kind { return true }
    return false
  }
}

/// What is still to be sent: each thing can be tried again or taken back.
@MainActor @Observable
final class OutboxScreen: Screen {
  unowned let at: Shell
  var state: [OutboxItem]?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [OutboxItem] { try await at.client.outbox(100) }

  func view(_ state: [OutboxItem]) -> Page {
    if state.isEmpty {
      let cases = Action(at.text(.cases)) { [at] in at.replace("cases") }
      return Page(title: at.text(.outbox), blocks: [.empty(.ok, words: at.text(.outboxEmpty), action: cases)])
    }
    return Page(
      title: at.text(.outbox),
      blocks: [.banner(.plain, title: at.text(.outboxTitle), words: at.text(.outboxWords))] + filings(state),
      main: Action(at.text(.sendNow), .outbox) { [at] in at.act { try await at.client.sendNow() } }
    )
  }

  private func filings(_ items: [OutboxItem]) -> [Block] {
    // What was made of no draft stands by itself.
    let names = items.map { $0.draftId ?? $0.transactionId }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return names.map { name in filing(items.filter { ($0.draftId ?? $0.transactionId) == name }) }
  }

  private func filing(_ group: [OutboxItem]) -> Block {
    let filing = group.first { !$0.isUpload } ?? group[0]
    let blocked = group.first(where: \.waitsForPerson)
    let leading = blocked ?? group.first { !$0.waitsForFiles } ?? filing
    let files = group.filter(\.isUpload).count
    let again = blocked.map { item in
      Block.push(
        Action(at.text(.tryAgain)) { [at] in at.act { try await at.client.retry(item.transactionId) } })
    }
    return .card(
      [
        .heading(at.say(filing.title)), .tag(chip(leading.waitsFor)), .words(waitingWords(at, leading.waitsFor)),
      ] + progress(group) + (files > 0 ? [.words(at.count(.photosLeft, files), muted: true)] : [])
        + [again, blocked.map { complaint(at, .refused($0.transactionId)) }].compactMap { $0 }
        + [.push(Action(at.text(.withdraw)) { self.withdraw(filing) }, bad: true)])
  }

  /// How much the city has of the files that are going, once they are.
  private func progress(_ group: [OutboxItem]) -> [Block] {
    let going = group.compactMap { at.sending[$0.transactionId] }
    let total = going.map(\.total).reduce(0, +)
    if total == 0 { return [] }
    let percent = Int(going.map(\.sent).reduce(0, +) * 100 / total)
    return [.steps(label: at.text(.sentPercent, percent), done: percent, of: 100)]
  }

  private func chip(_ waiting: Waiting) -> Chip {
    switch waiting {
    case .nothing: Chip(at.text(.sending), .ok, .outbox)
    case .person: Chip(at.text(.lookPlease), .bad)
    default: Chip(at.text(.waiting), .warn, .clock)
    }
  }

  private func withdraw(_ item: OutboxItem) {
    at.confirm(at.text(.withdraw), at.text(.withdrawWords), at.text(.withdraw)) { [at] in
      at.act {
        let draft = try await at.client.withdraw(item.transactionId)
        at.replace(draft.map { "form/\($0)/0" } ?? "outbox")
      }
    }
  }
}
