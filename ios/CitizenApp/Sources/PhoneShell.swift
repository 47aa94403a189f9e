import CitizenKit

/// Puts the app together on a phone.
@MainActor
enum PhoneShell {
  static func make() -> Shell {
    #if os(iOS)
      Phone.shell()
    #else
      fatalError("the app runs on a phone")
    #endif
  }

  /// Asks the system for the moments that letting go takes, and lets go.
  static func letGo(_ shell: Shell) {
    #if os(iOS)
      Phone.letGo(shell)
    #endif
  }
}
