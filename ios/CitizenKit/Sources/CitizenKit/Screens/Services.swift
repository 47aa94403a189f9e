import CitizenCore
import Observation

/// Every service of the city, found as one types.
@MainActor @Observable
final class ServicesScreen: Screen {
  // As many as a screen shows: drawing more than that is what makes typing slow.
  private static let first: UInt32 = 10
  private static let most: UInt32 = 100

  unowned let at: Shell
  let needsPerson = false
  var state: [ServiceSummary]?
  var writing: Bool { !sought.isEmpty }
  private var sought = ""
  private var limit = first

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [ServiceSummary] {
    try await at.client.search(sought, language: at.language, limit: limit)
  }

  func view(_ state: [ServiceSummary]) -> Page {
    let search = Block.search(hint: at.text(.searchHint), text: sought) { typed in
      self.sought = typed
      self.limit = Self.first
      self.at.redraw()
    }
    return Page(title: at.text(.services), personal: false, blocks: [search] + found(state))
  }

  private func found(_ services: [ServiceSummary]) -> [Block] {
    if services.isEmpty && sought.isEmpty {
      let fetch = Action(at.text(.fetch)) { [at] in at.act { try await at.client.pullCatalogue() } }
      return [.empty(.services, words: at.text(.noCatalogue), action: fetch)]
    }
    if services.isEmpty { return [.empty(.search, words: at.text(.nothingFound))] }
    let lines = services.map { service in
      Block.line(
        Line(at.say(service.title), at.say(service.summary)) { [at] in at.go("service/\(service.serviceId)") })
    }
    let more = Action(at.text(.showMore)) {
      self.limit = Self.most
      self.at.redraw()
    }
    return lines + (services.count < Int(limit) ? [] : [.push(more)])
  }
}

/// A service: what it still needs from this person, what it costs, how long it takes.
@MainActor @Observable
final class ServiceScreen: Screen {
  struct State: Sendable {
    let service: ServicePage
    let needs: Needs?
  }

  unowned let at: Shell
  var state: State?
  private let id: String
  private var asked = false

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    let service = try await at.client.service(id)
    return State(service: service, needs: service.summary.needsNewerApp ? nil : try await needs())
  }

  /// Asks the registers once where there is a network; else what they said the last time.
  private func needs() async throws -> Needs {
    let ask = at.online && !asked
    asked = true
    if ask, let needs = try? await at.client.askNeeds(id) { return needs }
    return try await at.client.needs(id)
  }

  func view(_ state: State) -> Page {
    let summary = state.service.summary
    let details = state.service.details
    let filed: [Workflow] = [.decision, .reimbursement, .grievance]
    let files = details.map { filed.contains($0.workflow) } == true && state.needs != nil
    let newer = Block.banner(.warn, title: at.text(.needsNewerApp), words: at.text(.needsNewerAppWords))
    return Page(
      title: at.say(summary.title),
      personal: false,
      blocks: [.words(at.say(summary.summary), lead: true), .words(at.say(summary.department), muted: true)]
        + (state.needs.map(needs) ?? []) + (details.map(about) ?? []) + (summary.needsNewerApp ? [newer] : []),
      main: files ? Action(at.text(.begin)) { self.begin() } : nil
    )
  }

  private func begin() {
    at.act { [at, id] in
      let draft = try await at.client.createDraft(id)
      // What registers know spares typing; without a network it comes later.
      if at.online { try? await at.client.prefill(draft) }
      at.replace("form/\(draft)/0")
    }
  }

  private func needs(_ needs: Needs) -> [Block] {
    let chip =
      needs.onlyTheId ? Chip(at.text(.onlyTheId), .ok) : Chip(at.text(.bringThese), .warn, .file)
    let sure: Key = needs.forThisPerson ? .needsForYou : .needsInGeneral
    let papers =
      papers(.papersToPhotograph, needs.files) + papers(.papersDeclared, needs.declared)
      + papers(.papersAtCounter, needs.atCounter)
    return [
      .heading(at.text(.stillNeeded)),
      .card([.tag(chip), .words(at.say(needs.sentence)), .words(at.text(sure), muted: true)] + papers),
    ]
  }

  private func papers(_ heading: Key, _ papers: [Text]) -> [Block] {
    if papers.isEmpty { return [] }
    return [.words(at.text(heading), muted: true)] + papers.map { .words("· " + at.say($0)) }
  }

  private func about(_ details: ServiceDetails) -> [Block] {
    let pairs = [
      Pair(at.text(.fee), details.fee == 0 ? at.text(.free) : at.amount(details.fee)),
      Pair(at.text(.promised), at.count(.workingDays, Int(details.promisedDeadlineDays))),
      Pair(at.text(.byLaw), at.count(.workingDays, Int(details.legalDeadlineDays))),
      Pair(at.text(.result), at.say(details.result)),
    ]
    let laws = details.legalBasis.map { Block.line(Line(at.say($0.title), at.say($0.says))) }
    return [.heading(at.text(.goodToKnow)), .card([.pairs(pairs)])] + laws
  }
}
