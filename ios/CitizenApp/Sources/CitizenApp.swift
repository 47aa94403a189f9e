import CitizenKit
import SwiftUI

/// The process: it holds the core and what the platform tells it.
@main
struct CitizenApp: App {
  @State private var shell = PhoneShell.make()
  @Environment(\.scenePhase) private var phase

  var body: some Scene {
    WindowGroup {
      RootView(shell: shell)
    }
    .onChange(of: phase) {
      switch phase {
      case .background: PhoneShell.letGo(shell)
      case .active: shell.resume()
      default: break
      }
    }
  }
}
