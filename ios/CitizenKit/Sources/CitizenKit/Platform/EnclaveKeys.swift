#if canImport(CryptoKit) && canImport(Security)
  import CitizenCore
  import CryptoKit
  import Foundation

  /// A signing key for each person, made in the Secure Enclave and never outside it. The keychain holds what only this
  /// enclave can use again.
  public final class EnclaveKeys: DeviceKeys {
    private static let service = "citizen.keys"

    public init() {}

    public func publicPoint(personId: PersonId) throws -> Data {
      try sealed { try Self.key(personId).publicKey.x963Representation }
    }

    public func sign(personId: PersonId, bytes: Data) throws -> Data {
      try sealed { try Self.key(personId).signature(for: bytes).rawRepresentation }
    }

    public func eraseKey(personId: PersonId) throws { try Keychain.erase(Self.service, personId) }

    private static func key(_ person: PersonId) throws -> SecureEnclave.P256.Signing.PrivateKey {
      if let kept = try Keychain.load(service, person) { return try .init(dataRepresentation: kept) }
      let made = try SecureEnclave.P256.Signing.PrivateKey()
      try Keychain.store(service, person, made.dataRepresentation)
      return made
    }

    private func sealed<T>(_ work: () throws -> T) throws -> T {
      do {
        return try work()
      } catch let error as PlatformError {
        throw error
      } catch {
        throw PlatformError.Unavailable
      }
    }
  }
#endif
