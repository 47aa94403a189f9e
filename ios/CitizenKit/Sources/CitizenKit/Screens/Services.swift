import CitizenCore
import Observation

/// A service in a list, with a word where the ID is all that it takes.
@MainActor
func serviceLine(_ at: Shell, _ service: ServiceSummary) -> Line {
  let chip = service.onlyTheId ? Chip(at.text(.onlyTheId), .ok) : nil
  return Line(at.say(service.title), at.say(service.summary), chip: chip) { at.go("service/\(service.serviceId)") }
}

/// Every service of the city, found as one types, or by what has happened in one's life.
@MainActor @Observable
final class ServicesScreen: Screen {
  struct State: Sendable {
    let services: [ServiceSummary]
    let events: [LifeEventSummary]
  }

  // As many as a screen shows: drawing more than that is what makes typing slow.
  private static let first: UInt32 = 8
  private static let most: UInt32 = 100
  private static let few = 6

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  var writing: Bool { !sought.isEmpty }
  private var sought = ""
  private var limit = first
  private var allEvents = false

  init(_ at: Shell) { self.at = at }

  func load() async throws -> State {
    let events = sought.isEmpty ? try await at.client.lifeEvents() : []
    return State(
      services: try await at.client.search(sought, language: at.language, limit: limit), events: events)
  }

  func view(_ state: State) -> Page {
    let search = Block.search(hint: at.text(.searchHint), text: sought) { typed in
      self.sought = typed
      self.limit = Self.first
      self.at.redraw()
    }
    return Page(
      title: at.text(.services), personal: false, blocks: [search] + events(state.events) + found(state.services))
  }

  private func events(_ events: [LifeEventSummary]) -> [Block] {
    if events.isEmpty { return [] }
    let shown = allEvents ? events : Array(events.prefix(Self.few))
    let tiles = shown.map(\.lifeEvent).map { event in
      Action(at.say(event.title)) { [at] in at.go("life-event/\(event.lifeEventId)") }
    }
    let more = Block.push(Action(at.text(.moreEvents)) { self.allEvents = true })
    return [.heading(at.text(.lifeEvents)), .tiles(tiles)] + (shown.count < events.count ? [more] : [])
      + [.heading(at.text(.allServices))]
  }

  private func found(_ services: [ServiceSummary]) -> [Block] {
    if services.isEmpty && sought.isEmpty {
      let fetch = Action(at.text(.fetch)) { [at] in at.act { try await at.client.pullCatalogue() } }
      return [.empty(.services, words: at.text(.noCatalogue), action: fetch)]
    }
    if services.isEmpty { return [.empty(.search, words: at.text(.nothingFound))] }
    let more = Action(at.text(.showMore)) {
      self.limit = Self.most
      self.at.redraw()
    }
    let all = services.count < Int(limit) || limit == Self.most
    return services.map { .line(serviceLine(at, $0)) } + (all ? [] : [.push(more)])
  }
}

/// What there is to do when something happens in one's life.
@MainActor @Observable
final class LifeEventScreen: Screen {
  struct State: Sendable {
    let title: Text?
    let services: [ServiceSummary]
  }

  unowned let at: Shell
  let needsPerson = false
  var state: State?
  private let id: String

  init(_ at: Shell, _ id: String) {
    self.at = at
    self.id = id
  }

  func load() async throws -> State {
    let event = try await at.client.lifeEvents().map(\.lifeEvent).first { $0.lifeEventId == id }
    return State(title: event?.title, services: try await at.client.services(of: id, limit: 100))
  }

  func view(_ state: State) -> Page {
    Page(
      title: state.title.map(at.say) ?? at.text(.lifeEvents),
      personal: false,
      blocks: state.services.isEmpty
        ? [.empty(.services, words: at.text(.noCatalogue))] : state.services.map { .line(serviceLine(at, $0)) }
    )
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
      personal: state.needs?.forThisPerson == true,
      blocks: [.words(at.say(summary.summary), lead: true), .words(at.say(summary.department), muted: true)]
        + (state.needs.map(needs) ?? []) + (details.map(about) ?? []) + (summary.needsNewerApp ? [newer] : [])
        + (details?.workflow == .grievance ? [] : [complaint(at, .service(id))]),
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
    let what = papers.isEmpty ? [.words(at.say(needs.sentence))] : papers
    return [.heading(at.text(.stillNeeded)), .card([.tag(chip)] + what + [.words(at.text(sure), muted: true)])]
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
