import CitizenCore
import CitizenKit
import Foundation

/// Secrets of the platform, in memory: what a phone's hardware keeps outlives the process, so the test holds it.
final class VaultStandIn: KeyVault, @unchecked Sendable {
  private let lock = NSLock()
  private var secrets: [String: Data] = [:]
  private var fault: PlatformError?

  func load(name: String) throws -> Data? { try whileWell { secrets[name] } }
  func store(name: String, secret: Data) throws { try whileWell { secrets[name] = secret } }
  func erase(name: String) throws { try whileWell { secrets[name] = nil } }

  /// From now on the hardware answers so.
  func answers(_ fault: PlatformError?) { lock.withLock { self.fault = fault } }
  /// Another phone, to which a backup was restored.
  func loseEverything() { lock.withLock { secrets = [:] } }

  private func whileWell<T>(_ work: () -> T) throws -> T {
    try lock.withLock {
      if let fault { throw fault }
      return work()
    }
  }
}

/// Signing keys of software, for a machine that has no enclave.
final class KeysStandIn: DeviceKeys {
  private let software: SoftwareVault

  init(_ folder: URL) throws { software = try SoftwareVault.open(folder: folder.path) }

  func publicPoint(personId: PersonId) throws -> Data { try software.publicPoint(personId: personId) }
  func sign(personId: PersonId, bytes: Data) throws -> Data { try software.sign(personId: personId, bytes: bytes) }
  func eraseKey(personId: PersonId) throws { try software.eraseKey(personId: personId) }
}

/// A finger of whoever chose it, that is recognised unless the test says otherwise.
@MainActor
final class FingerStandIn: Biometrics {
  private var keys: [String: Data] = [:]
  /// Whether the phone can recognise anybody at all.
  var possible = false
  /// What comes of it the next times: recognised, turned back, or why not.
  enum Comes { case recognised, turnsBack, fails(Unrecognised) }
  var comes = Comes.recognised

  private func recognise(_ person: String) throws -> Bool {
    switch comes {
    case .recognised: return true
    case .turnsBack: return false
    case .fails(let why):
      if why == .changed { forget(person) }
      throw why
    }
  }

  func chosen(by person: String) -> Bool { keys[person] != nil }
  func keep(_ dataKey: Data, of person: String, reason: String) async throws -> Bool {
    if !(try recognise(person)) { return false }
    keys[person] = dataKey
    return true
  }
  func open(_ person: String, reason: String) async throws -> Data? { try recognise(person) ? keys[person] : nil }
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
  func cancel() { scheduled = 0 }
  func clear() { notices = [] }
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
