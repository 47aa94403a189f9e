import CitizenCore
import Foundation

/// People, their PINs and what they agreed to.
extension CoreClient {
  public func people() async throws -> [PersonSummary] { try app.people() }
  public func currentPerson() async throws -> PersonId? { try app.currentPerson() }
  public func state(of person: PersonId) async throws -> PersonStateView { try app.personState(personId: person) }
  public func choosePerson(_ person: PersonId) async throws { try app.choosePerson(personId: person) }
  public func checkPin(_ pin: String) async throws { try app.checkPin(pin: pin) }
  public func changePin(of person: PersonId, from old: String, to new: String) async throws {
    try app.changePin(personId: person, old: old, new: new)
  }
  public func setPin(of person: PersonId, key: Data, to new: String) async throws {
    try app.setPin(personId: person, key: key, new: new)
  }
  public func forgetPin(of person: PersonId) async throws { try app.forgetPin(personId: person) }
  public func removePerson(_ person: PersonId) async throws { try app.removePerson(personId: person) }
  public func export(_ language: Language, to file: String) async throws {
    try app.export(person: own.person, language: language, file: file)
  }

  public func consents(of person: PersonId?) async throws -> [ConsentState] { try app.consents(personId: person) }
  public func giveConsent(_ purpose: Purpose, of person: PersonId?) async throws {
    try app.giveConsent(personId: person, purpose: purpose)
  }
  public func withdrawConsent(_ purpose: Purpose, of person: PersonId?) async throws {
    try app.withdrawConsent(personId: person, purpose: purpose)
  }
}

/// Devices and mandates.
extension CoreClient {
  public func devices() async throws -> [DeviceCard] { try await own.person.devices() }
  public func revokeDevice(_ device: DeviceId) async throws -> [DeviceCard] {
    try await own.person.revokeDevice(deviceId: device)
  }

  public func mandates(_ limit: UInt32) async throws -> [MandateView] {
    try own.person.mandates().page(offset: 0, limit: limit)
  }
  public func mandateActs(_ limit: UInt32) async throws -> [ActView] {
    try own.person.mandates().actsPage(offset: 0, limit: limit)
  }
  public func refreshMandates() async throws { try await own.person.mandates().refresh() }
  public func give(_ mandate: MandateDraft) async throws {
    _ = try await own.person.mandates().give(draft: mandate)
  }
  public func accept(_ mandate: MandateId) async throws {
    _ = try await own.person.mandates().accept(mandateId: mandate)
  }
  public func decline(_ mandate: MandateId) async throws {
    _ = try await own.person.mandates().decline(mandateId: mandate)
  }
  public func revoke(_ mandate: MandateId) async throws {
    _ = try await own.person.mandates().revoke(mandateId: mandate)
  }
  public func represented() async throws -> [Represented] { try own.person.mandates().represented() }
  public func removeRepresented(_ person: PersonId) async throws {
    try own.person.mandates().removeRepresented(personId: person)
  }
  public func pull() async throws { _ = try await me.person.pull() }
}

/// Who asked for the person's data, and what could not be done in one trip.
extension CoreClient {
  public func registerLog(_ limit: UInt32) async throws -> RegisterLogView {
    try own.person.registerLog().page(offset: 0, limit: limit)
  }
  public func refreshRegisterLog() async throws { try await own.person.registerLog().refresh() }

  public func beginGrievance(_ concerning: Concerning) async throws -> DraftId {
    try me.person.grievances().begin(concerning: concerning)
  }
  public func grievances(_ limit: UInt32) async throws -> [CaseView] {
    try me.person.grievances().page(offset: 0, limit: limit)
  }
  public func shareCase(_ shares: Bool, in draft: DraftId) async throws {
    _ = try me.drafts.shareCase(draftId: draft, shares: shares)
  }
}
