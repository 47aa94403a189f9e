#if canImport(LocalAuthentication) && canImport(Security)
  import Foundation
  import LocalAuthentication
  import Security

  /// Opens a person's data with a finger or a face: the data key lies in the keychain behind an access control that is
  /// void once another finger or face is enrolled.
  @MainActor
  public final class FaceOrFinger: Biometrics {
    private static let service = "citizen.biometrics"

    public init() {}

    public func chosen(by person: String) -> Bool { Keychain.holds(Self.service, person) }

    public func keep(_ dataKey: Data, of person: String) async -> Bool {
      let access = SecAccessControlCreateWithFlags(
        nil, kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, .biometryCurrentSet, nil)
      guard let access else { return false }
      return (try? Keychain.store(Self.service, person, dataKey, access: access)) != nil
    }

    public func open(_ person: String, reason: String) async -> Data? {
      let context = LAContext()
      let policy = LAPolicy.deviceOwnerAuthenticationWithBiometrics
      guard (try? await context.evaluatePolicy(policy, localizedReason: reason)) == true else { return nil }
      return (try? Keychain.load(Self.service, person, with: context)) ?? nil
    }

    public func forget(_ person: String) { try? Keychain.erase(Self.service, person) }
  }
#endif
