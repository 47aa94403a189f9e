@testable import CitizenKit

/// Something on a page that a person can see, and what a tap on it does.
@MainActor
struct Seen {
  let words: [String]
  let tap: (() -> Void)?

  init(_ words: [String], _ tap: (() -> Void)? = nil) {
    self.words = words.filter { !$0.isEmpty }
    self.tap = tap
  }

  init(_ action: Action) { self.init([action.label], action.does) }
}

/// What a person sees of a page, from top to bottom.
@MainActor
enum Eye {
  static func see(_ page: Page) -> [Seen] {
    let acting = page.acting.map { [Seen([$0.words]), Seen($0.stop)] } ?? []
    let bars = [Seen([page.title])] + acting + [page.offline.map { Seen([$0]) }].compactMap { $0 }
    let buttons = [page.main, page.second].compactMap { $0 }.map { Seen($0) }
    return bars + see(page.blocks) + buttons
  }

  private static func see(_ block: Block) -> [Seen] {
    switch block {
    case .tag(let chip): [Seen([chip.words])]
    case .heading(let words), .words(let words, _, _): [Seen([words])]
    case .banner(_, let title, let words, let action): [Seen([title, words])] + (action.map { [Seen($0)] } ?? [])
    case .card(let blocks, let tap):
      if let tap { [Seen(see(blocks).flatMap(\.words), tap)] } else { see(blocks) }
    case .line(let line): [Seen([line.title, line.below, line.chip?.words ?? ""], line.tap)]
    case .tiles(let actions): actions.map { Seen($0) }
    case .figure(let label, let value, let below): [Seen([label, value, below])]
    case .pairs(let pairs, _): pairs.map { Seen([$0.name, $0.value]) }
    case .timeline(let moments): moments.map { Seen([$0.title, $0.below]) }
    case .push(let action, _): [Seen(action)]
    case .dots(_, _, let label): [Seen([label])]
    case .keypad(let keypad): "1234567890".map { digit in Seen([String(digit)]) { keypad.type(digit) } }
    case .code(let code): [Seen([code.label])]
    case .cardFront(let card):
      [Seen([card.title, card.name] + card.lines.flatMap { [$0.name, $0.value] } + [card.chip.words])]
    case .steps(let label, _, _): [Seen([label])]
    case .search(let hint, let text, _): [Seen([hint, text])]
    case .paper(let paper): [Seen([paper.title, paper.below])] + paper.actions.map { Seen($0) }
    case .empty(_, let words, let action): [Seen([words])] + (action.map { [Seen($0)] } ?? [])
    case .ask(let ask): see(ask)
    }
  }

  private static func see(_ blocks: [Block]) -> [Seen] { blocks.flatMap { see($0) } }

  private static func see(_ ask: Ask) -> [Seen] {
    let about = ask.about
    let around = [Seen([about.label, about.help, about.from, about.wrong])]
    let action = about.action.map { [Seen($0)] } ?? []
    let input =
      switch ask.input {
      case .text(let text, _, _): [Seen([text])]
      case .choice(let options, _, let choose): options.map { option in Seen([option.words]) { choose(option.value) } }
      case .day(let words, _, let hint, _): [Seen([words.isEmpty ? hint : words])]
      case .agree(let agreement, let agree):
        [
          Seen([agreement.statement, agreement.consequences]),
          Seen([agreement.words]) { agree(!agreement.agreed) },
        ]
      case .fixed(let words): [Seen([words])]
      }
    return around + input + action
  }

  /// The questions of a page, those in cards too.
  static func asks(_ blocks: [Block]) -> [Ask] {
    blocks.flatMap { block -> [Ask] in
      switch block {
      case .ask(let ask): [ask]
      case .card(let blocks, _): asks(blocks)
      default: []
      }
    }
  }
}
