#if canImport(Security)
  import CitizenCore
  import Foundation
  import Security

  /// Small secrets in the keychain: readable once the phone was unlocked, on this device only, in no backup.
  public final class KeychainVault: KeyVault {
    private let service: String

    public init(service: String = "citizen.vault") { self.service = service }

    public func load(name: String) throws -> Data? { try Keychain.load(service, name) }
    public func store(name: String, secret: Data) throws { try Keychain.store(service, name, secret) }
    public func erase(name: String) throws { try Keychain.erase(service, name) }
  }

  /// The keychain's generic passwords. Whatever it says of itself stays here: the core hears only that it did not answer.
  enum Keychain {
    static func load(_ service: String, _ name: String, with context: Any? = nil) throws -> Data? {
      var query = query(service, name)
      query[kSecReturnData] = true
      query[kSecUseAuthenticationContext] = context
      var found: CFTypeRef?
      switch SecItemCopyMatching(query as CFDictionary, &found) {
      case errSecSuccess: return found as? Data
      case errSecItemNotFound: return nil
      case let status: throw fault(status)
      }
    }

    /// Keeps a secret in place of the one that may be there. `access` says who may read it; without it, this device
    /// whenever it was unlocked once since it was started.
    static func store(_ service: String, _ name: String, _ secret: Data, access: SecAccessControl? = nil) throws {
      var attributes: [CFString: Any] = [kSecValueData: secret]
      if let access {
        attributes[kSecAttrAccessControl] = access
      } else {
        attributes[kSecAttrAccessible] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
      }
      let query = query(service, name)
      let updated = SecItemUpdate(query as CFDictionary, attributes as CFDictionary)
      if updated == errSecSuccess { return }
      guard updated == errSecItemNotFound else { throw fault(updated) }
      let added = SecItemAdd(query.merging(attributes) { $1 } as CFDictionary, nil)
      guard added == errSecSuccess else { throw fault(added) }
    }

    static func erase(_ service: String, _ name: String) throws {
      let erased = SecItemDelete(query(service, name) as CFDictionary)
      guard [errSecSuccess, errSecItemNotFound].contains(erased) else { throw fault(erased) }
    }

    /// Between a start of the phone and its first unlocking the keychain answers that nobody may be asked.
    private static func fault(_ status: OSStatus) -> PlatformError {
      status == errSecInteractionNotAllowed ? .NotYetUnlocked : .Unavailable
    }

    private static func query(_ service: String, _ name: String) -> [CFString: Any] {
      [
        kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: name,
        kSecUseDataProtectionKeychain: true,
      ]
    }
  }
#endif
