import CitizenKit
import SwiftUI

/// A question: label above, help below it, the input, what is wrong with the answer, where it comes from.
struct AskView: View {
  let ask: Ask

  var body: some View {
    let about = ask.about
    VStack(alignment: .leading, spacing: 6) {
      if !about.label.isEmpty { Text(verbatim: about.label).dress(.lead, bold: true).accessibilityAddTraits(.isHeader) }
      if !about.help.isEmpty { Text(verbatim: about.help).dress(.body, .ink2) }
      input
      if !about.wrong.isEmpty {
        HStack(alignment: .firstTextBaseline, spacing: 8) {
          IconView(.bad, .bad, .body)
          Text(verbatim: about.wrong).dress(.body, .bad, bold: true)
        }
        .accessibilityElement(children: .combine)
      }
      if !about.from.isEmpty { Text(verbatim: about.from).dress(.body, .ink2) }
      if let action = about.action { PushView(action: action, kind: .plain) }
    }
    .padding(.top, 8)
  }

  @ViewBuilder private var input: some View {
    let wrong = !ask.about.wrong.isEmpty
    switch ask.input {
    case .text(let text, let keys, let type):
      TypedView(label: ask.about.label, text: text, keys: keys, wrong: wrong, type: type)
    case .choice(let options, let several, let choose):
      ForEach(options.indices, id: \.self) { place in
        OptionView(words: options[place].words, chosen: options[place].chosen, several: several) {
          choose(options[place].value)
        }
      }
    case .day(let words, let day, let hint, let choose):
      DayView(label: ask.about.label, words: words, day: day, hint: hint, wrong: wrong, choose: choose)
    case .agree(let agreement, let agree):
      Text(verbatim: agreement.statement).dress()
      Text(verbatim: agreement.consequences).dress(.body, .warn).padding(12).ground(.warnBg, edge: nil)
      OptionView(words: agreement.words, chosen: agreement.agreed, several: true) { agree(!agreement.agreed) }
    case .fixed(let words): Text(verbatim: words).dress(.lead)
    }
  }
}

/// A field to write in. What stands in it is the person's: the page may come anew at any time and does not touch it
/// while they write.
struct TypedView: View {
  let label: String
  let text: String
  let keys: Keys
  let wrong: Bool
  let type: @MainActor (String) -> Void
  @State private var written = ""
  @FocusState private var focused: Bool

  var body: some View {
    TextField(text: $written, axis: keys == .long ? .vertical : .horizontal) { Text(verbatim: "") }
      .lineLimit(keys == .long ? 3...8 : 1...1)
      .dress(.lead)
      .keyboardType(keyboard)
      .autocorrectionDisabled()
      .textInputAutocapitalization(keys == .id ? .characters : .never)
      .focused($focused)
      .padding(12)
      .tappable()
      .ground(.surface, edge: wrong ? .bad : .ink2)
      .accessibilityLabel(Text(verbatim: label))
      .onAppear { written = text }
      .onChange(of: text) { if !focused { written = text } }
      .onChange(of: written) { if written != text { type(written) } }
  }

  private var keyboard: UIKeyboardType {
    switch keys {
    case .text, .long, .id, .amount: .default
    case .digits: .numberPad
    case .phone: .phonePad
    }
  }
}

struct SearchView: View {
  let hint: String
  let text: String
  let type: @MainActor (String) -> Void

  var body: some View {
    HStack(spacing: 10) {
      IconView(.search, .ink2)
      TypedView(label: hint, text: text, keys: .text, wrong: false, type: type)
    }
    .accessibilityElement(children: .contain)
  }
}

/// One of the answers to choose from: round where one is chosen, with corners where several may be.
private struct OptionView: View {
  let words: String
  let chosen: Bool
  let several: Bool
  let choose: @MainActor () -> Void

  var body: some View {
    Button(action: choose) {
      HStack(spacing: 12) {
        if chosen {
          IconView(several ? .box : .ok, .primary)
        } else {
          RoundedRectangle(cornerRadius: several ? 4 : 12).stroke(Paint.ink2, lineWidth: 1)
            .frame(width: 24, height: 24).accessibilityHidden(true)
        }
        Text(verbatim: words).dress(.lead, chosen ? .primary : .ink, bold: chosen)
        Spacer(minLength: 0)
      }
      .padding(.horizontal, 12)
      .padding(.vertical, 10)
      .tappable()
      .ground(.surface, edge: chosen ? .primary : .ink2)
    }
    .buttonStyle(.plain)
    .accessibilityAddTraits(chosen ? .isSelected : [])
  }
}

/// A day, chosen in a calendar that opens below.
private struct DayView: View {
  let label: String
  let words: String
  let day: String
  let hint: String
  let wrong: Bool
  let choose: @MainActor (String) -> Void
  @State private var open = false
  @State private var shown = Date()

  var body: some View {
    Button {
      if let date = Days.date(day) { shown = date }
      open.toggle()
    } label: {
      HStack {
        Text(verbatim: words.isEmpty ? hint : words).dress(.lead, words.isEmpty ? .ink2 : .ink)
        Spacer(minLength: 8)
        IconView(.calendar, .primary)
      }
      .padding(.horizontal, 12)
      .padding(.vertical, 10)
      .tappable()
      .ground(.surface, edge: wrong ? .bad : .ink2)
    }
    .buttonStyle(.plain)
    if open {
      DatePicker(selection: $shown, displayedComponents: .date) { Text(verbatim: label) }
        .datePickerStyle(.graphical)
        .onChange(of: shown) {
          choose(Days.name(shown))
          open = false
        }
    }
  }
}
