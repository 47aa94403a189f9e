/// The names that the system knows the app's background work by; `Info.plist` permits them.
public enum BackgroundNames {
  public static let sync = "citizen.sync"
  public static let uploads = "citizen.uploads"
}

#if os(iOS)
  import BackgroundTasks
  import UIKit

  /// Has the system wake the app when there is a network, to send what waits. Without an unlocked person there is no
  /// key in memory: then it waits.
  @MainActor
  public final class SyncTask: LaterWork {
    private let client: any CitizenClient

    /// Must be made before the app has finished launching: the system takes no handler later.
    public init(client: any CitizenClient) {
      self.client = client
      BGTaskScheduler.shared.register(forTaskWithIdentifier: BackgroundNames.sync, using: .main) { [client] task in
        nonisolated(unsafe) let task = task
        let sending = Task {
          try? await client.resume()
          let sent: ()? = try? await client.sendNow()
          if UIApplication.shared.applicationState == .background { await client.suspend() }
          task.setTaskCompleted(success: sent != nil)
        }
        // The sending belongs to the core: it goes on, or goes on the next time.
        task.expirationHandler = { sending.cancel() }
      }
    }

    public func schedule() {
      let request = BGProcessingTaskRequest(identifier: BackgroundNames.sync)
      request.requiresNetworkConnectivity = true
      try? BGTaskScheduler.shared.submit(request)
    }

    public func cancel() { BGTaskScheduler.shared.cancelAllTaskRequests() }
  }
#endif
