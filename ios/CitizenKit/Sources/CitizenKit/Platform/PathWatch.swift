#if canImport(Network)
  import Foundation
  import Network

  /// Tells when the phone gets a network and when it loses it.
  @MainActor
  public final class PathWatch: NetworkWatch {
    public let changes: AsyncStream<Bool>
    private let monitor = NWPathMonitor()

    public init() {
      let (changes, tell) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
      self.changes = changes
      monitor.pathUpdateHandler = { tell.yield($0.status == .satisfied) }
      monitor.start(queue: DispatchQueue(label: "citizen.network"))
    }
  }
#endif
