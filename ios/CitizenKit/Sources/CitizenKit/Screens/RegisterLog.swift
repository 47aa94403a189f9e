import CitizenCore
import Observation

/// Who asked for the person's data, and whether the city still says what it said before.
@MainActor @Observable
final class RegisterLogScreen: Screen {
  struct State: Sendable {
    let log: RegisterLogView
    let trouble: CitizenError?
  }

  unowned let at: Shell
  var state: State?
  private var asked = false
  private var trouble: CitizenError?

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    if !asked && at.online { try await ask() }
    return State(log: try await at.client.registerLog(100), trouble: trouble)
  }

  /// What was found out stays on the screen until it is asked again.
  private func ask() async throws {
    asked = true
    do {
      try await at.client.refreshRegisterLog()
      trouble = nil
    } catch let error as CitizenError {
      trouble = error
    }
  }

  func view(_ state: State) -> Page {
    let log = state.log
    let nobody = log.entries.isEmpty && log.fetchedAt != nil ? [Block.empty(.ok, words: at.text(.nobodyAsked))] : []
    return Page(
      title: at.text(.registerLog),
      blocks: [.words(at.text(.registerLogWords)), standing(state)]
        + (log.fetchedAt.map { [.words(at.text(.fetchedAt, at.time($0)), muted: true)] } ?? [])
        + log.entries.map { .line(line($0)) } + nobody,
      main: Action(at.text(.refresh)) { self.at.act { try await self.ask() } }
    )
  }

  private func standing(_ state: State) -> Block {
    if let trouble = state.trouble {
      return troubleBanner(at, trouble, trouble.code == "register-log-altered" ? .bad : .warn)
    }
    if state.log.fetchedAt == nil {
      return .banner(.plain, title: at.text(.logNotFetched), words: at.text(.logNotFetchedWords))
    }
    return .banner(.ok, title: at.text(.logIntact), words: at.text(.logIntactWords))
  }

  private func line(_ entry: RegisterRead) -> Line {
    let what = at.text(.readWhat, at.say(entry.requester), at.say(entry.title))
    return Line(what, at.time(entry.at) + "\n" + at.say(entry.purpose), icon: .eye) { [at] in
      at.go("reading/\(entry.sequence)")
    }
  }
}

/// One reading: who, what, when, why, by which law; and objecting to it.
@MainActor @Observable
final class ReadingScreen: Screen {
  unowned let at: Shell
  var state: RegisterRead?
  private let sequence: UInt64

  init(_ at: Shell, _ sequence: UInt64) {
    self.at = at
    self.sequence = sequence
  }

  func load() async throws -> RegisterRead {
    let entries = try await at.client.registerLog(100).entries
    guard let entry = entries.first(where: { $0.sequence == sequence }) else { throw NobodyUnlocked() }
    return entry
  }

  func view(_ state: RegisterRead) -> Page {
    let items = state.items.map { at.say($0.title) }.joined(separator: "\n")
    let law = at.say(state.legalGround)
    let facts = [
      Pair(at.text(.readWho), at.say(state.requester)), Pair(at.text(.readRegister), at.say(state.title)),
      Pair(at.text(.readItems), items.isEmpty ? at.text(.readWhether) : items),
      Pair(at.text(.readWhen), at.time(state.at)), Pair(at.text(.readWhy), at.say(state.purpose)),
    ]
    let about = state.caseId.map { id in
      Block.line(Line(at.text(.readForCase), icon: .case) { [at] in at.go("case/\(id)") })
    }
    return Page(
      title: at.text(.reading),
      blocks: [.card([.pairs(facts + (law.isEmpty ? [] : [Pair(at.text(.readLaw), law)]))])]
        + [about].compactMap { $0 } + [.heading(at.text(.readObject)), .words(at.text(.readObjectWords))],
      main: Action(at.text(.readObjectNow), .speech) { complain(self.at, .reading(self.sequence)) }
    )
  }
}
