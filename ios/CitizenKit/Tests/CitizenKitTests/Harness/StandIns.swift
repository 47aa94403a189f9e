import CitizenCore
import CitizenKit
import Foundation

/// Secrets of the platform, in memory: what a phone's hardware keeps outlives the process, so the test holds it.
final class VaultStandIn: KeyVault, @unchecked Sendable {
  private let lock = NSLock()
  private var secrets: [String: Data] = [:]

  func load(name: String) throws -> Data? { lock.withLock { secrets[name] } }
  func store(name: String, secret: Data) throws { lock.withLock { secrets[name] = secret } }
  func erase(name: String) throws { lock.withLock { secrets[name] = nil } }
}

/// Signing keys of software, for a machine that has no enclave.
final class KeysStandIn: DeviceKeys {
  private let software: SoftwareVault

  init(_ folder: URL) throws { software = try SoftwareVault.open(folder: folder.path) }

  func publicPoint(personId: PersonId) throws -> Data { try software.publicPoint(personId: personId) }
  func sign(personId: PersonId, bytes: Data) throws -> Data { try software.sign(personId: personId, bytes: bytes) }
  func eraseKey(personId: PersonId) throws { try software.eraseKey(personId: personId) }
}

/// A finger that is always recognised, of whoever chose it.
@MainActor
final class FingerStandIn: Biometrics {
  private var keys: [String: Data] = [:]

  func chosen(by person: String) -> Bool { keys[person] != nil }
  func keep(_ dataKey: Data, of person: String) async -> Bool {
    keys[person] = dataKey
    return true
  }
  func open(_ person: String, reason: String) async -> Data? { keys[person] }
  func forget(_ person: String) { keys[person] = nil }
}

/// A network whose coming and going the test says.
@MainActor
final class NetworkStandIn: NetworkWatch {
  let changes: AsyncStream<Bool>
  private let tell: AsyncStream<Bool>.Continuation

  init() { (changes, tell) = AsyncStream.makeStream() }

  func say(_ there: Bool) { tell.yield(there) }
}

/// Remembers what was asked of the system.
@MainActor
final class SystemStandIn: LaterWork, Voice, Notices {
  private let telling = AsyncStream.makeStream(of: Void.self)
  private(set) var scheduled = 0
  private(set) var read: [String] = []
  private(set) var notices: [String] = []

  func schedule() { scheduled += 1 }
  func read(_ words: String, language: String) { read.append(words) }
  func stop() {}
  func somethingNew(_ title: String, _ words: String) {
    notices.append(title)
    telling.continuation.yield()
  }

  /// Waits until the person was told something.
  func told() async throws {
    for await _ in telling.stream { return }
    throw Surprise("nobody was told anything")
  }
}
