import CitizenCore
import Foundation

/// What the app asks of the core about people: who is here, what they agreed to, for whom they act, on which phones they
/// are signed in, who asked for their data, and what could not be done in one trip.
public protocol HouseholdClient: Sendable {
  // People, and their PINs.
  func people() async throws -> [PersonSummary]
  func currentPerson() async throws -> PersonId?
  func state(of person: PersonId) async throws -> PersonStateView
  func choosePerson(_ person: PersonId) async throws
  func checkPin(_ pin: String) async throws
  func changePin(of person: PersonId, from old: String, to new: String) async throws
  func setPin(of person: PersonId, key: Data, to new: String) async throws
  func forgetPin(of person: PersonId) async throws
  func removePerson(_ person: PersonId) async throws
  func eraseEverything() async throws
  /// Writes everything about the person into a new file for any browser, which is not sealed.
  func export(_ language: Language, to file: String) async throws

  // Consent: of a person, or of whoever holds the phone before anyone is known.
  func consents(of person: PersonId?) async throws -> [ConsentState]
  func giveConsent(_ purpose: Purpose, of person: PersonId?) async throws
  func withdrawConsent(_ purpose: Purpose, of person: PersonId?) async throws

  // Devices.
  func devices() async throws -> [DeviceCard]
  func revokeDevice(_ device: DeviceId) async throws -> [DeviceCard]

  // Mandates.
  func mandates(_ limit: UInt32) async throws -> [MandateView]
  func mandateActs(_ limit: UInt32) async throws -> [ActView]
  func refreshMandates() async throws
  func give(_ mandate: MandateDraft) async throws
  func accept(_ mandate: MandateId) async throws
  func decline(_ mandate: MandateId) async throws
  func revoke(_ mandate: MandateId) async throws
  func represented() async throws -> [Represented]
  /// From now on everything is of somebody whom this person acts for.
  func act(for mandate: MandateId) async throws -> Helped
  func act(forRepresented person: PersonId) async throws -> Helped
  func removeRepresented(_ person: PersonId) async throws
  /// From now on everything is the person's own again.
  func actForMyself() async throws
  /// Reads what is new, to the end.
  func pull() async throws

  // Who asked for the person's data.
  func registerLog(_ limit: UInt32) async throws -> RegisterLogView
  func refreshRegisterLog() async throws

  // What could not be done in one trip.
  func beginGrievance(_ concerning: Concerning) async throws -> DraftId
  func grievances(_ limit: UInt32) async throws -> [CaseView]
  func shareCase(_ shares: Bool, in draft: DraftId) async throws
}

/// Somebody whom the person acts for now.
public struct Helped: Sendable, Equatable {
  public let personId: PersonId
  public let label: String
}
