import CitizenKit
import SwiftUI

/// The stack of screens, and what stands in front of it.
struct RootView: View {
  let shell: Shell
  @State private var answer = ""
  @SceneStorage("stack") private var kept = ""

  var body: some View {
    ZStack {
      if shell.shown == "locked" {
        NavigationStack { ScreenView(shell: shell, route: shell.shown) }
      } else {
        NavigationStack(path: path) {
          ScreenView(shell: shell, route: shell.stack[0])
            .navigationDestination(for: Place.self) { ScreenView(shell: shell, route: $0.route) }
        }
      }
    }
    .environment(\.elder, shell.settings.elder)
    .tint(Paint.primary)
    .alert(Text(verbatim: dialogTitle), isPresented: asks) {
      buttons
    } message: {
      Text(verbatim: dialogWords)
    }
    .picking(shell)
    .fileMover(isPresented: saves, file: shell.saving) { result in
      shell.saved((try? result.get()) != nil)
    } onCancellation: {
      shell.saved(false)
    }
    .simultaneousGesture(TapGesture().onEnded { shell.touched() })
    .onAppear { shell.restore(kept) }
    .onChange(of: shell.remembered) { kept = shell.remembered }
  }

  /// What lies on the first screen; a swipe back makes it shorter.
  private var path: Binding<[Place]> {
    Binding(
      get: { shell.stack.enumerated().dropFirst().map { Place(depth: $0.offset, route: $0.element) } },
      set: { shell.back(to: $0.count + 1) })
  }

  private var asks: Binding<Bool> {
    Binding(get: { shell.dialog != nil }, set: { if !$0 { shell.dialog = nil } })
  }

  private var saves: Binding<Bool> { Binding(get: { shell.saving != nil }, set: { _ in }) }

  private var dialogTitle: String {
    switch shell.dialog {
    case .confirm(let title, _, _, _), .words(let title, _, _, _): title
    case nil: ""
    }
  }

  private var dialogWords: String {
    if case .confirm(_, let words, _, _) = shell.dialog { return words }
    return ""
  }

  @ViewBuilder private var buttons: some View {
    switch shell.dialog {
    case .confirm(_, _, let button, let does):
      if !button.isEmpty {
        Button(role: .destructive, action: does) { Text(verbatim: button) }
      }
      Button(role: .cancel) {
      } label: {
        Text(verbatim: shell.strings.text(button.isEmpty ? .understood : .leave))
      }
    case .words(_, let hint, let button, let done):
      TextField(text: $answer) { Text(verbatim: hint) }
      Button {
        done(answer)
        answer = ""
      } label: {
        Text(verbatim: button)
      }
      Button(role: .cancel) {
      } label: {
        Text(verbatim: shell.strings.text(.leave))
      }
    case nil: EmptyView()
    }
  }
}

/// A place in the stack: the same screen may lie in it twice.
struct Place: Hashable {
  let depth: Int
  let route: String
}

/// One screen. Before its state was read there is nothing to show but that it comes.
private struct ScreenView: View {
  let shell: Shell
  let route: String
  @Environment(\.scenePhase) private var phase

  var body: some View {
    Group {
      if let page = shell.page(route) {
        PageView(page: page) { shell.readAloud() }
          .overlay { if page.personal && phase != .active { Cover() } }
          .modifier(Brightness(bright: page.bright))
      } else {
        ProgressView().frame(maxWidth: .infinity, maxHeight: .infinity).background(Paint.bg)
      }
    }
  }
}

/// Hides what is personal from the list of open apps.
private struct Cover: View {
  var body: some View {
    Rectangle().fill(Paint.bg).overlay { IconView(.lock, .ink2, .figure) }.ignoresSafeArea()
  }
}

/// As bright as the screen can be while a code is shown, and as before afterwards.
private struct Brightness: ViewModifier {
  let bright: Bool
  @State private var before: CGFloat?

  func body(content: Content) -> some View {
    content
      .onAppear {
        if !bright { return }
        before = UIScreen.main.brightness
        UIScreen.main.brightness = 1
      }
      .onDisappear { if let before { UIScreen.main.brightness = before } }
  }
}
