/// What a page says, from top to bottom: for reading aloud.
extension Page {
  public var spoken: [String] {
    ([title, acting?.words ?? "", offline ?? ""] + blocks.flatMap(\.spoken)).filter { !$0.isEmpty }
  }
}

extension Block {
  var spoken: [String] {
    switch self {
    case .tag(let chip): [chip.words]
    case .heading(let words), .words(let words, _, _): [words]
    case .banner(_, let title, let words, _): [title, words]
    case .card(let blocks, _): blocks.flatMap(\.spoken)
    case .line(let line): [line.title, line.below, line.chip?.words ?? ""]
    case .tiles(let tiles): tiles.map(\.label)
    case .figure(let label, let value, let below): [label, value, below]
    case .pairs(let pairs, _): pairs.flatMap { [$0.name, $0.value] }
    case .timeline(let moments): moments.flatMap { [$0.title, $0.below] }
    case .push(let action, _): [action.label]
    case .dots(_, _, let label), .steps(let label, _, _): [label]
    case .keypad: []
    case .code(let code): [code.label]
    case .cardFront(let card):
      [card.title, card.name] + card.lines.flatMap { [$0.name, $0.value] } + [card.chip.words]
    case .search(let hint, let text, _): [text.isEmpty ? hint : text]
    case .paper(let paper): [paper.title, paper.below]
    case .empty(_, let words, _): [words]
    case .ask(let ask): [ask.about.label, ask.about.help] + ask.input.spoken + [ask.about.wrong, ask.about.from]
    }
  }
}

extension Ask.Input {
  fileprivate var spoken: [String] {
    switch self {
    case .text(let text, _, _): [text]
    case .choice(let options, _, _): options.map(\.words)
    case .day(let words, _, let hint, _): [words.isEmpty ? hint : words]
    case .agree(let agreement, _): [agreement.statement, agreement.consequences, agreement.words]
    case .fixed(let words): [words]
    }
  }
}
