#if os(iOS)
  import CitizenCore
  import UIKit

  /// Puts the core, the platform and the shell together on a phone.
  @MainActor
  public enum Phone {
    public static func shell() -> Shell {
      Leaving.clear()
      let city = Bundle.main.object(forInfoDictionaryKey: "CitizenCityAddress") as? String ?? ""
      let folder = URL.applicationSupportDirectory.appending(path: "citizen")
      let name = UIDevice.current.model
      let client = CoreClient {
        try? FileGuard.protect(folder)
        return try CitizenApp.open(
          dataFolder: folder.path, city: city, deviceName: name, vault: KeychainVault(), deviceKeys: EnclaveKeys())
      }
      let duties = Duties(
        browser: WebSignIn(), biometrics: FaceOrFinger(), network: PathWatch(), later: SyncTask(client: client),
        voice: SystemVoice(), notices: SystemNotices())
      return Shell(client: client, duties: duties, settings: AppSettings())
    }

    /// Asks the system for the moments that letting go takes: a file that is held when the app is suspended ends it.
    public static func letGo(_ shell: Shell) {
      var asked = UIBackgroundTaskIdentifier.invalid
      asked = UIApplication.shared.beginBackgroundTask { UIApplication.shared.endBackgroundTask(asked) }
      Task {
        await shell.suspend()
        UIApplication.shared.endBackgroundTask(asked)
      }
    }
  }
#endif
