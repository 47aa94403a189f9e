#if canImport(LocalAuthentication) && canImport(Security)
  import Foundation
  import LocalAuthentication
  import Security

  /// Opens a person's data with a finger or a face: the data key lies in the keychain behind an access control that is
  /// void once another finger or face is enrolled. Beside it lies who has chosen it: a void key is gone without a word.
  @MainActor
  public final class FaceOrFinger: Biometrics {
    private static let service = "citizen.biometrics"
    private static let chosen = "citizen.biometrics.chosen"
    private static let policy = LAPolicy.deviceOwnerAuthenticationWithBiometrics

    public init() {}

    public var possible: Bool { LAContext().canEvaluatePolicy(Self.policy, error: nil) }

    public func chosen(by person: String) -> Bool { (try? Keychain.load(Self.chosen, person)) != nil }

    public func keep(_ dataKey: Data, of person: String, reason: String) async throws -> Bool {
      guard try await recognised(reason) != nil else { return false }
      let access = SecAccessControlCreateWithFlags(
        nil, kSecAttrAccessibleWhenPasscodeSetThisDeviceOnly, .biometryCurrentSet, nil)
      // One that another finger made void could not be written over.
      forget(person)
      guard let access, (try? Keychain.store(Self.service, person, dataKey, access: access)) != nil,
        (try? Keychain.store(Self.chosen, person, Data([1]))) != nil
      else { throw Unrecognised.paused }
      return true
    }

    public func open(_ person: String, reason: String) async throws -> Data? {
      guard let context = try await recognised(reason) else { return nil }
      if let key = try? Keychain.load(Self.service, person, with: context) { return key }
      forget(person)
      throw Unrecognised.changed
    }

    public func forget(_ person: String) {
      try? Keychain.erase(Self.service, person)
      try? Keychain.erase(Self.chosen, person)
    }

    /// What the person was recognised with; none where they turned back.
    private func recognised(_ reason: String) async throws -> LAContext? {
      let context = LAContext()
      do {
        return try await context.evaluatePolicy(Self.policy, localizedReason: reason) ? context : nil
      } catch let error as LAError {
        if [.userCancel, .appCancel, .systemCancel, .userFallback].contains(error.code) { return nil }
        throw Unrecognised.paused
      }
    }
  }
#endif
