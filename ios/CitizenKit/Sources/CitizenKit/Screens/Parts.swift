import CitizenCore
import Foundation
import Observation

/// Answers that have parts. The parts go to the core as one would write them on a line; it reads and judges them.
@MainActor @Observable
final class Parts {
  private static let to = "~"
  private static let gap = " "
  private static let slash = "/"
  private static let county = 2
  private static let town = 3

  unowned let at: Shell
  private let draft: String
  /// The addresses that the person said are outside the areas that their form names.
  private var elsewhere: Set<String> = []

  init(_ at: Shell, _ draft: String) {
    self.at = at
    self.draft = draft
  }

  private func type(_ path: FieldPath, _ parts: [String], _ sign: String) {
    at.act { [at, draft] in try await at.client.type(parts.joined(separator: sign), at: path, in: draft) }
  }

  /// The parts of an answer; of one that is half written, what stands in their places.
  private func parts(_ field: FieldView, _ names: [String], _ half: (String) -> [String]) -> Written {
    if case .parts(let parts) = field.value {
      return Written(names.map { name in parts.first { $0.name == name }?.answer.text ?? "" })
    }
    let typed = half(field.typed ?? "")
    return Written(
      names.indices.map { typed.indices.contains($0) ? typed[$0].trimmingCharacters(in: .whitespaces) : "" })
  }

  func days(_ field: FieldView, _ about: About) -> [Block] {
    let now = parts(field, ["from", "to"]) { $0.components(separatedBy: Self.to) }
    let labels: [Key] = [.firstDay, .lastDay]
    return whole(about)
      + now.parts.enumerated().map { place, day in
        ask(
          field, place, around(about, labels[place], last: place == 1),
          .day(words: day.isEmpty ? "" : at.day(day), day: day, hint: at.text(.chooseDay)) { chosen in
            self.type(field.path, now.with(chosen, at: place), " \(Self.to) ")
          })
      }
  }

  func person(_ field: FieldView, _ about: About) -> [Block] {
    // Names have gaps of their own: the number is what stands after the last one.
    let now = parts(field, ["name", "id_number"]) { typed in
      guard let gap = typed.lastIndex(of: " ") else { return [typed, ""] }
      return [String(typed[..<gap]), String(typed[typed.index(after: gap)...])]
    }
    let labels: [Key] = [.theirName, .theirId]
    return whole(about)
      + now.parts.enumerated().map { place, part in
        ask(
          field, place, around(about, labels[place], last: place == 1),
          .text(part, place == 0 ? .text : .id) { typed in
            self.type(field.path, now.with(typed, at: place), Self.gap)
          })
      }
  }

  func address(_ field: FieldView, _ about: About, _ areas: [Area]) -> [Block] {
    let now = parts(field, ["province", "city", "county", "town", "detail"]) {
      $0.components(separatedBy: Self.slash)
    }
    let offered = areas.first { $0.county == now.parts[Self.county] }
    let abroad =
      offered == nil && (areas.isEmpty || elsewhere.contains(field.path) || now.parts.contains { !$0.isEmpty })
    let asked = now.parts.indices.filter { abroad || offered != nil && $0 >= Self.town }
    return whole(about) + area(field, about, areas, now, abroad: abroad, last: asked.isEmpty)
      + asked.map { level(field, about, offered, now, $0) }
  }

  /// One of the areas that the form names, or somewhere else.
  private func area(
    _ field: FieldView, _ about: About, _ areas: [Area], _ now: Written, abroad: Bool, last: Bool
  ) -> [Block] {
    if areas.isEmpty { return [] }
    let options =
      areas.map { Option($0.county, $0.county, $0.county == now.parts[Self.county]) }
      + [Option("", at.text(.somewhereElse), abroad)]
    let choose = Ask(
      "\(field.path)#area", around(about, .county, last: last),
      .choice(options, several: false) { county in
        let area = areas.first { $0.county == county }
        if area == nil { self.elsewhere.insert(field.path) }
        let town = area == nil ? "" : now.parts[Self.town]
        let next = [area?.province ?? "", area?.city ?? "", area?.county ?? "", town, now.parts.last ?? ""]
        if next.contains(where: { !$0.isEmpty }) { self.type(field.path, next, Self.slash) }
      })
    return [.ask(choose)]
  }

  private func level(_ field: FieldView, _ about: About, _ offered: Area?, _ now: Written, _ place: Int) -> Block {
    let labels: [Key] = [.province, .cityLevel, .county, .town, .detail]
    let around = around(about, labels[place], last: place == labels.count - 1)
    let keep: @MainActor (String) -> Void = { typed in
      self.type(field.path, now.with(typed, at: place), Self.slash)
    }
    guard let offered, place == Self.town else {
      return ask(field, place, around, .text(now.parts[place], .text, type: keep))
    }
    let towns = offered.towns.map { Option($0, $0, $0 == now.parts[Self.town]) }
    return ask(field, place, around, .choice(towns, several: false, choose: keep))
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

/// The parts as they stand while one after another is written: none is lost because the screen was not yet read again.
@MainActor
private final class Written {
  private(set) var parts: [String]

  init(_ parts: [String]) { self.parts = parts }

  func with(_ part: String, at place: Int) -> [String] {
    parts[place] = part
    return parts
  }
}
