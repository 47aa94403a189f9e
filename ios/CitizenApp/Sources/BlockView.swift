import CitizenKit
import SwiftUI

/// Draws one block of a page.
struct BlockView: View {
  let block: Block

  var body: some View {
    switch block {
    case .tag(let chip): ChipView(chip: chip)
    case .heading(let words):
      Text(verbatim: words).dress(.head, bold: true).padding(.top, 8).accessibilityAddTraits(.isHeader)
    case .words(let words, let muted, let lead):
      Text(verbatim: words).dress(lead ? .lead : .body, muted ? .ink2 : .ink)
    case .banner(let tone, let title, let words, let action):
      BannerView(tone: tone, title: title, words: words, action: action)
    case .card(let blocks, let tap): CardView(blocks: blocks, tap: tap)
    case .line(let line): LineView(line: line)
    case .tiles(let tiles): TilesView(tiles: tiles)
    case .figure(let label, let value, let below): FigureView(label: label, value: value, below: below)
    case .pairs(let pairs, let strongLast): PairsView(pairs: pairs, strongLast: strongLast)
    case .timeline(let moments): TimelineView(moments: moments)
    case .push(let action, let bad): PushView(action: action, kind: bad ? .bad : .plain)
    case .steps(let label, let done, let of): StepsView(label: label, done: done, of: of)
    case .search(let hint, let text, let type): SearchView(hint: hint, text: text, type: type)
    case .empty(let icon, let words, let action): EmptyStateView(icon: icon, words: words, action: action)
    case .ask(let ask): AskView(ask: ask).id(ask.key)
    case .dots, .keypad, .code, .cardFront, .paper: PictureView(block: block)
    }
  }
}

/// A state in a word, with its icon and colour.
struct ChipView: View {
  let chip: Chip

  var body: some View {
    HStack(spacing: 6) {
      IconView(chip.icon, chip.tone.ink, .body)
      Text(verbatim: chip.words).dress(.body, chip.tone.ink, bold: true)
    }
    .padding(.horizontal, 10)
    .padding(.vertical, 4)
    .ground(chip.tone.ground, edge: nil)
  }
}

private struct BannerView: View {
  let tone: Tone
  let title: String
  let words: String
  let action: Action?

  var body: some View {
    VStack(alignment: .leading, spacing: 8) {
      VStack(alignment: .leading, spacing: 4) {
        HStack(alignment: .firstTextBaseline, spacing: 8) {
          IconView(tone.icon, tone.ink)
          Text(verbatim: title).dress(.lead, tone.ink, bold: true)
        }
        if !words.isEmpty { Text(verbatim: words).dress() }
      }
      .accessibilityElement(children: .combine)
      if let action { PushView(action: action, kind: .plain) }
    }
    .padding(16)
    .frame(maxWidth: .infinity, alignment: .leading)
    .ground(tone.ground, edge: nil)
  }
}

private struct CardView: View {
  let blocks: [Block]
  let tap: (@MainActor () -> Void)?

  var body: some View {
    if let tap {
      Button(action: tap) { content }.buttonStyle(.plain)
    } else {
      content
    }
  }

  private var content: some View {
    VStack(alignment: .leading, spacing: 8) {
      ForEach(blocks.indices, id: \.self) { AnyView(BlockView(block: blocks[$0])) }
    }
    .padding(16)
    .frame(maxWidth: .infinity, alignment: .leading)
    .ground()
  }
}

/// A row: title, one line below, chip, and a chevron where it leads somewhere.
private struct LineView: View {
  let line: Line

  var body: some View {
    if let tap = line.tap {
      Button(action: tap) { content }.buttonStyle(.plain).accessibilityElement(children: .combine)
    } else {
      content.accessibilityElement(children: .combine)
    }
  }

  private var content: some View {
    HStack(spacing: 12) {
      if let icon = line.icon { IconView(icon, .primary) }
      VStack(alignment: .leading, spacing: 4) {
        Text(verbatim: line.title).dress(.lead, bold: true)
        if !line.below.isEmpty { Text(verbatim: line.below).dress(.body, .ink2) }
        if let chip = line.chip { ChipView(chip: chip) }
      }
      Spacer(minLength: 0)
      if line.tap != nil { IconView(.chevron, .ink2, .body) }
    }
    .padding(.horizontal, 14)
    .padding(.vertical, 12)
    .tappable()
    .ground()
  }
}

/// The ways from home: two beside each other, or one below the other where the type is too large for that.
private struct TilesView: View {
  let tiles: [Action]
  @Environment(\.dynamicTypeSize) private var typeSize

  var body: some View {
    let columns = Array(repeating: GridItem(.flexible()), count: typeSize.isAccessibilitySize ? 1 : 2)
    LazyVGrid(columns: columns, spacing: 10) {
      ForEach(tiles.indices, id: \.self) { place in
        Button(action: tiles[place].does) { TileView(tile: tiles[place]) }.buttonStyle(.plain)
      }
    }
  }
}

private struct TileView: View {
  let tile: Action

  var body: some View {
    VStack(spacing: 6) {
      if let icon = tile.icon { IconView(icon, .primary, .figure) }
      Text(verbatim: tile.label).dress(.lead, bold: true).multilineTextAlignment(.center)
    }
    .padding(16)
    .frame(maxWidth: .infinity)
    .tappable()
    .ground()
  }
}

private struct FigureView: View {
  let label: String
  let value: String
  let below: String

  var body: some View {
    VStack(alignment: .leading, spacing: 4) {
      Text(verbatim: label).dress(.body, .ink2)
      Text(verbatim: value).dress(.figure, bold: true).monospacedDigit()
      if !below.isEmpty { Text(verbatim: below).dress(.body, .ink2) }
    }
    .accessibilityElement(children: .combine)
  }
}

/// Names and values: beside each other, or below each other where the type is too large for that.
private struct PairsView: View {
  let pairs: [Pair]
  let strongLast: Bool
  @Environment(\.dynamicTypeSize) private var typeSize
  @Environment(\.elder) private var elder

  var body: some View {
    VStack(alignment: .leading, spacing: 8) {
      ForEach(pairs.indices, id: \.self) { place in
        let strong = strongLast && place == pairs.count - 1
        row {
          Text(verbatim: pairs[place].name).dress(.body, .ink2)
          Spacer(minLength: 8)
          Text(verbatim: pairs[place].value).dress(strong ? .lead : .body, bold: strong).monospacedDigit()
        }
        .accessibilityElement(children: .combine)
      }
    }
  }

  private func row(@ViewBuilder content: () -> some View) -> some View {
    let layout =
      typeSize.isAccessibilitySize || elder
      ? AnyLayout(VStackLayout(alignment: .leading)) : AnyLayout(HStackLayout(alignment: .firstTextBaseline))
    return layout { content() }
  }
}

/// What happened, the newest first.
private struct TimelineView: View {
  let moments: [Moment]

  var body: some View {
    VStack(alignment: .leading, spacing: 12) {
      ForEach(moments.indices, id: \.self) { place in
        HStack(alignment: .firstTextBaseline, spacing: 12) {
          IconView(moments[place].icon, moments[place].tone.ink)
          VStack(alignment: .leading, spacing: 2) {
            Text(verbatim: moments[place].title).dress(.lead, bold: place == 0)
            Text(verbatim: moments[place].below).dress(.body, .ink2)
          }
        }
        .accessibilityElement(children: .combine)
      }
    }
  }
}

private struct StepsView: View {
  let label: String
  let done: Int
  let of: Int

  var body: some View {
    VStack(alignment: .leading, spacing: 6) {
      Text(verbatim: label).dress(.body, .ink2)
      ProgressView(value: Double(done), total: Double(max(of, 1))).tint(Paint.primary).accessibilityHidden(true)
    }
  }
}

private struct EmptyStateView: View {
  let icon: Icon
  let words: String
  let action: Action?

  var body: some View {
    VStack(spacing: 16) {
      IconView(icon, .ink2, .figure)
      Text(verbatim: words).dress(.lead).multilineTextAlignment(.center)
      if let action { PushView(action: action, kind: .plain) }
    }
    .padding(24)
    .frame(maxWidth: .infinity)
  }
}
