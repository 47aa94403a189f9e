import CitizenKit
import SwiftUI

/// Draws a page: offline bar, blocks in one column, the main action fixed at the bottom where a thumb reaches it.
struct PageView: View {
  let page: Page
  let readAloud: @MainActor () -> Void

  var body: some View {
    VStack(spacing: 0) {
      if let acting = page.acting { ActingBar(acting: acting) }
      if let offline = page.offline { OfflineBar(words: offline) }
      ScrollView {
        VStack(alignment: .leading, spacing: 12) {
          ForEach(page.blocks.indices, id: \.self) { BlockView(block: page.blocks[$0]) }
        }
        .padding(16)
        .frame(maxWidth: Look.column, alignment: .leading)
        .frame(maxWidth: .infinity)
      }
      .scrollDismissesKeyboard(.interactively)
      Actions(main: page.main, second: page.second)
    }
    .background(Paint.bg)
    .navigationTitle(Text(verbatim: page.title))
    .navigationBarTitleDisplayMode(.inline)
    .navigationBarBackButtonHidden(!page.back)
    .toolbar {
      ToolbarItem(placement: .primaryAction) {
        if let label = page.readAloud {
          Button(action: readAloud) { IconView(.speak, .primary) }
            .accessibilityLabel(Text(verbatim: label))
        }
      }
    }
  }
}

/// Whose matters they are, and the way back to one's own.
private struct ActingBar: View {
  let acting: Acting

  var body: some View {
    VStack(alignment: .leading, spacing: 8) {
      HStack(spacing: 8) {
        IconView(.mandate, .ok)
        Text(verbatim: acting.words).dress(.lead, .ok, bold: true)
        Spacer(minLength: 0)
      }
      .accessibilityElement(children: .combine)
      PushView(action: acting.stop, kind: .plain)
    }
    .padding(.horizontal, 16)
    .padding(.vertical, 8)
    .background(Paint.okBg)
  }
}

/// Says that there is no network, and that nothing is lost for it.
private struct OfflineBar: View {
  let words: String

  var body: some View {
    HStack(spacing: 8) {
      IconView(.offline, .warn)
      Text(verbatim: words).dress(.body, .warn)
      Spacer(minLength: 0)
    }
    .padding(.horizontal, 16)
    .padding(.vertical, 8)
    .background(Paint.warnBg)
    .accessibilityElement(children: .combine)
  }
}

private struct Actions: View {
  let main: Action?
  let second: Action?

  var body: some View {
    VStack(spacing: 8) {
      if let main { PushView(action: main, kind: .main) }
      if let second { PushView(action: second, kind: .plain) }
    }
    .padding(.horizontal, 16)
    .padding(.vertical, main == nil && second == nil ? 0 : 8)
    .frame(maxWidth: Look.column)
    .frame(maxWidth: .infinity)
  }
}

/// A button that says what it does.
struct PushView: View {
  enum Kind { case main, plain, bad }

  let action: Action
  let kind: Kind

  private var ink: Paint {
    switch kind {
    case .main: .onPrimary
    case .plain: .primary
    case .bad: .bad
    }
  }

  var body: some View {
    Button(action: action.does) {
      HStack(spacing: 8) {
        if let icon = action.icon { IconView(icon, ink) }
        Text(verbatim: action.label).dress(.lead, ink, bold: true).multilineTextAlignment(.center)
      }
      .padding(.horizontal, 16)
      .padding(.vertical, 10)
      .frame(maxWidth: .infinity)
      .tappable()
      .ground(kind == .main ? .primary : .surface, edge: kind == .main ? nil : .line)
    }
    .buttonStyle(.plain)
  }
}
