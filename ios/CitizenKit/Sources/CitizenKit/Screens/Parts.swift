import CitizenCore
import Foundation

/// Answers that have parts. The parts go to the core as one would write them on a line; it reads and judges them.
@MainActor
struct Parts {
  private static let to = "~"
  private static let gap = " "
  private static let slash = "/"

  unowned let at: Shell
  private let draft: String

  init(_ at: Shell, _ draft: String) {
    self.at = at
    self.draft = draft
  }

  private func type(_ path: FieldPath, _ parts: [String], _ sign: String) {
    at.act { [at, draft] in try await at.client.type(parts.joined(separator: sign), at: path, in: draft) }
  }

  /// The parts of an answer; of one that is half written, what stands in their places.
  private func parts(_ field: FieldView, _ names: [String], _ sign: String) -> [String] {
    if case .parts(let parts) = field.value {
      return names.map { name in parts.first { $0.name == name }?.answer.text ?? "" }
    }
    let typed = (field.typed ?? "").components(separatedBy: sign)
    return names.indices.map { typed.indices.contains($0) ? typed[$0].trimmingCharacters(in: .whitespaces) : "" }
  }

  func days(_ field: FieldView, _ about: About) -> [Block] {
    let now = parts(field, ["from", "to"], Self.to)
    let labels: [Key] = [.firstDay, .lastDay]
    return whole(about)
      + now.enumerated().map { place, day in
        ask(
          field, place, around(about, labels[place], last: place == 1),
          .day(words: day.isEmpty ? "" : at.day(day), day: day, hint: at.text(.chooseDay)) { chosen in
            type(field.path, now.with(chosen, at: place), " \(Self.to) ")
          })
      }
  }

  func person(_ field: FieldView, _ about: About) -> [Block] {
    let now = parts(field, ["name", "id_number"], Self.gap)
    let labels: [Key] = [.theirName, .theirId]
    return whole(about)
      + now.enumerated().map { place, part in
        ask(
          field, place, around(about, labels[place], last: place == 1),
          .text(part, place == 0 ? .text : .id) { typed in
            type(field.path, now.with(typed, at: place), Self.gap)
          })
      }
  }

  func address(_ field: FieldView, _ about: About, _ areas: [Area]) -> [Block] {
    let now = parts(field, ["province", "city", "county", "town", "detail"], Self.slash)
    let labels: [Key] = [.province, .cityLevel, .county, .town, .detail]
    let offered = areas.first { $0.county == now[2] }
    let asked = now.indices.filter { offered == nil || $0 > 2 }
    return whole(about) + county(field, areas, now)
      + asked.map { place in
        let set: @MainActor (String) -> Void = { typed in type(field.path, now.with(typed, at: place), Self.slash) }
        let around = around(about, labels[place], last: place == now.count - 1)
        let towns = offered?.towns.map { Option($0, $0, $0 == now[3]) } ?? []
        if place == 3 && !towns.isEmpty {
          return ask(field, place, around, .choice(towns, several: false, choose: set))
        }
        return ask(field, place, around, .text(now[place], .text, type: set))
      }
  }

  private func county(_ field: FieldView, _ areas: [Area], _ now: [String]) -> [Block] {
    if areas.isEmpty { return [] }
    let options = areas.map { Option($0.county, $0.county, $0.county == now[2]) }
    let choose = Ask(
      "\(field.path)#area", About(at.text(.county)),
      .choice(options, several: false) { county in
        guard let area = areas.first(where: { $0.county == county }) else { return }
        type(field.path, [area.province, area.city, area.county, now[3], now[4]], Self.slash)
      })
    return [.ask(choose)]
  }

  private func ask(_ field: FieldView, _ place: Int, _ around: About, _ input: Ask.Input) -> Block {
    .ask(Ask("\(field.path)#\(place)", around, input))
  }

  /// What is said of the whole stands at its last part.
  private func around(_ about: About, _ label: Key, last: Bool) -> About {
    About(at.text(label), from: last ? about.from : "", wrong: last ? about.wrong : "")
  }

  private func whole(_ about: About) -> [Block] {
    [.heading(about.label)] + (about.help.isEmpty ? [] : [.words(about.help, muted: true)])
  }

  /// A question of a group's entry that is not there yet: the first answer to it makes the entry.
  func blank(_ field: Field, _ path: String) -> FieldView {
    FieldView(
      path: path, fieldId: field.fieldId, label: field.label, help: field.help, field: field.kind,
      required: field.required, value: nil, words: nil, typed: nil, origin: .nobody, register: nil, dispute: nil,
      finding: nil, earlier: [], entries: [], paper: nil, declaration: nil)
  }
}

extension Answer {
  /// The words of an answer that is words.
  var text: String? {
    if case .words(let text) = self { return text }
    return nil
  }
}

extension [String] {
  fileprivate func with(_ element: String, at place: Int) -> [String] {
    var changed = self
    changed[place] = element
    return changed
  }
}
