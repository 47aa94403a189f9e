import CitizenKit
import SwiftUI

/// Draws what is more picture than text: cards, codes, photographs, the keypad.
struct PictureView: View {
  let block: Block

  var body: some View {
    switch block {
    case .dots(let filled, let of, let label): DotsView(filled: filled, of: of, label: label)
    case .keypad(let keypad): KeypadView(keypad: keypad)
    case .code(let code): CodeView(code: code)
    case .cardFront(let card): CardFrontView(card: card)
    case .paper(let paper): PaperView(paper: paper)
    default: EmptyView()
    }
  }
}

private struct DotsView: View {
  let filled: Int
  let of: Int
  let label: String

  var body: some View {
    HStack(spacing: 16) {
      ForEach(0..<of, id: \.self) { place in
        Circle().fill(place < filled ? Paint.primary : Paint.line).frame(width: 20, height: 20)
      }
    }
    .padding(.vertical, 16)
    .frame(maxWidth: .infinity)
    .accessibilityElement(children: .ignore)
    .accessibilityLabel(Text(verbatim: label))
  }
}

private struct KeypadView: View {
  let keypad: Keypad
  private let rows = ["123", "456", "789"].map(Array.init)

  var body: some View {
    VStack(spacing: 10) {
      ForEach(rows, id: \.self) { row in
        HStack(spacing: 10) { ForEach(row, id: \.self) { digit($0) } }
      }
      HStack(spacing: 10) {
        Spacer().frame(maxWidth: .infinity)
        digit("0")
        Button(action: keypad.back) { IconView(.erase, .ink, .head).frame(maxWidth: .infinity, minHeight: 64) }
          .buttonStyle(.plain)
          .accessibilityLabel(Text(verbatim: keypad.erase))
      }
    }
  }

  private func digit(_ digit: Character) -> some View {
    Button {
      keypad.type(digit)
    } label: {
      Text(verbatim: String(digit)).dress(.head, bold: true).frame(maxWidth: .infinity, minHeight: 64).ground()
    }
    .buttonStyle(.plain)
  }
}

/// A code to be scanned: black on white also by night, with four points of quiet on each side.
private struct CodeView: View {
  let code: Code

  var body: some View {
    Canvas { context, size in
      let point = (min(size.width, size.height) / Double(code.side + 8)).rounded(.down)
      let left = (size.width - point * Double(code.side)) / 2
      let top = (size.height - point * Double(code.side)) / 2
      for (place, dark) in code.points.enumerated() where dark == 1 {
        let (row, column) = place.quotientAndRemainder(dividingBy: code.side)
        let square = CGRect(
          x: left + Double(column) * point, y: top + Double(row) * point, width: point, height: point)
        context.fill(Path(square), with: .style(Paint.print))
      }
    }
    .aspectRatio(1, contentMode: .fit)
    .frame(maxWidth: 420)
    .frame(maxWidth: .infinity)
    .ground(.paper, edge: nil)
    .accessibilityElement(children: .ignore)
    .accessibilityLabel(Text(verbatim: code.label))
  }
}

private struct CardFrontView: View {
  let card: CardFront

  var body: some View {
    VStack(alignment: .leading, spacing: 12) {
      Text(verbatim: card.title).dress(.lead, .onCardFront, bold: true)
      Text(verbatim: card.name).dress(.figure, .onCardFront, bold: true)
      ForEach(card.lines.indices, id: \.self) { place in
        VStack(alignment: .leading, spacing: 2) {
          Text(verbatim: card.lines[place].name).dress(.body, .onCardFront)
          Text(verbatim: card.lines[place].value).dress(.lead, .onCardFront, bold: true).monospacedDigit()
        }
        .accessibilityElement(children: .combine)
      }
      ChipView(chip: card.chip)
    }
    .padding(20)
    .frame(maxWidth: .infinity, alignment: .leading)
    .ground(.cardFront, edge: nil)
  }
}

private struct PaperView: View {
  let paper: Paper

  var body: some View {
    VStack(alignment: .leading, spacing: 8) {
      HStack(spacing: 12) {
        Thumbnail(bytes: paper.thumbnail).frame(width: 72, height: 72).clipShape(.rect(cornerRadius: 8))
          .accessibilityHidden(true)
        VStack(alignment: .leading, spacing: 4) {
          Text(verbatim: paper.title).dress(.lead, bold: true)
          Text(verbatim: paper.below).dress(.body, .ink2)
        }
        .accessibilityElement(children: .combine)
      }
      ForEach(paper.actions.indices, id: \.self) { PushView(action: paper.actions[$0], kind: .plain) }
    }
    .padding(12)
    .frame(maxWidth: .infinity, alignment: .leading)
    .ground()
  }
}

/// A photograph at the size it is shown; a file that is no picture has a symbol.
private struct Thumbnail: View {
  let bytes: [UInt8]?

  var body: some View {
    #if canImport(UIKit)
      let small = bytes.flatMap { UIImage(data: Data($0)) }?.preparingThumbnail(of: CGSize(width: 216, height: 216))
      if let small {
        Image(uiImage: small).resizable().scaledToFill()
      } else {
        IconView(.file, .primary, .figure)
      }
    #else
      IconView(.file, .primary, .figure)
    #endif
  }
}
