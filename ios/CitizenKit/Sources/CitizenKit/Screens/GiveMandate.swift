import CitizenCore
import Foundation
import Observation

/// Letting somebody act for oneself: who, what, where, until when. The city judges all of it.
@MainActor @Observable
final class GiveMandateScreen: Screen {
  unowned let at: Shell
  let writing = true
  var state: [ServiceSummary]?
  private var name = ""
  private var number = ""
  private var files: Bool?
  private var everything: Bool?
  private var until = ""
  private var sought = ""
  private var chosen: [(id: ServiceId, title: String)] = []

  init(_ at: Shell) { self.at = at }

  func load() async throws -> [ServiceSummary] {
    sought.isEmpty ? [] : try await at.client.search(sought, language: at.language, limit: 5)
  }

  func view(_ state: [ServiceSummary]) -> Page {
    let ready = draft
    let day = Ask(
      "until", About(at.text(.mandateLastDay), help: at.text(.mandateLastDayWords)),
      .day(words: until.isEmpty ? "" : at.day(until), day: until, hint: at.text(.chooseDay)) { self.until = $0 })
    return Page(
      title: at.text(.mandateGive),
      blocks: [
        .words(at.text(.mandateGiveWords)),
        .ask(Ask("name", About(at.text(.theirName)), .text(name, .text) { self.name = $0 })),
        .ask(
          Ask(
            "id_number", About(at.text(.theirId), help: at.text(.theirIdWords)),
            .text(number, .id) { self.number = $0 })),
        choice("acts", .mandateWhat, files, .mandateFile, .mandateRead) { self.files = $0 },
        choice("reach", .mandateWhere, everything, .mandateEverything, .mandateSome) { self.everything = $0 },
      ] + services(state) + [.ask(day)] + (ready == nil ? [.words(at.text(.mandateIncomplete), muted: true)] : []),
      main: ready.map { ready in Action(at.text(.mandateGiveTo, name)) { self.give(ready) } }
    )
  }

  private func choice(
    _ key: String, _ label: Key, _ chosen: Bool?, _ yes: Key, _ no: Key,
    _ choose: @escaping @MainActor (Bool) -> Void
  ) -> Block {
    let options = [Option("yes", at.text(yes), chosen == true), Option("no", at.text(no), chosen == false)]
    return .ask(Ask(key, About(at.text(label)), .choice(options, several: false) { choose($0 == "yes") }))
  }

  /// Those that were chosen stay in sight, below them what is being looked for.
  private func services(_ found: [ServiceSummary]) -> [Block] {
    if everything != false { return [] }
    let others = found.map { (id: $0.serviceId, title: at.say($0.title)) }
      .filter { other in !chosen.contains { $0.id == other.id } }
    let names = chosen + others
    let options = names.map { name in Option(name.id, name.title, chosen.contains { $0.id == name.id }) }
    let ask = Ask(
      "services", About(at.text(.mandateServices)),
      .choice(options, several: true) { id in
        if let place = self.chosen.firstIndex(where: { $0.id == id }) {
          self.chosen.remove(at: place)
        } else {
          self.chosen += names.filter { $0.id == id }
        }
      })
    let search = Block.search(hint: at.text(.searchHint), text: sought) { typed in
      self.sought = typed
      self.at.redraw()
    }
    return [search] + (options.isEmpty ? [] : [.ask(ask)])
  }

  /// What is given; none while something was not said yet.
  private var draft: MandateDraft? {
    let (name, number) = (name.trimmingCharacters(in: .whitespaces), number.trimmingCharacters(in: .whitespaces))
    guard let files, let everything, !name.isEmpty, !number.isEmpty, !until.isEmpty, everything || !chosen.isEmpty
    else { return nil }
    return MandateDraft(
      toIdNumber: number, toName: name, acts: files ? .file : .read,
      reach: .services(services: everything ? [] : chosen.map(\.id)), until: until)
  }

  private func give(_ draft: MandateDraft) {
    at.act { [at] in
      try await at.client.give(draft)
      at.back()
    }
  }
}
