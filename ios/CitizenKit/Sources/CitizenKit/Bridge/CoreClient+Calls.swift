import CitizenCore
import Foundation

/// One line each: what is asked is passed on, what is answered is given back.
extension CoreClient {
  public func dataKey(_ person: PersonId, pin: String) async throws -> Data {
    try app.dataKey(personId: person, pin: pin)
  }
  public func keepOpen() async throws { try app.keepOpen() }
  /// The address that ends the browser's own session is not needed: the sign-in's browser keeps none.
  public func signOut() async throws { _ = try await own.person.signOut() }
  public func networkChanged() async throws { for one in [unlocked, acting] { try one?.outbox.networkChanged() } }
  public func isUnlocked() async throws -> Bool { try unlocked?.person.isUnlocked() ?? false }
  public func lockAfter() async throws -> UInt64 { try app.lockAfter() }
  public func setLockAfter(_ seconds: UInt64) async throws { try app.setLockAfter(seconds: seconds) }

  public func pullCatalogue() async throws { try await app.pullCatalogue() }
  public func search(_ text: String, language: Language, limit: UInt32) async throws -> [ServiceSummary] {
    try app.services().search(text: text, language: language, limit: limit)
  }
  public func lifeEvents() async throws -> [LifeEventSummary] { try app.services().lifeEvents() }
  public func services(of event: LifeEventId, limit: UInt32) async throws -> [ServiceSummary] {
    try app.services().ofLifeEvent(event: event, limit: limit)
  }
  public func service(_ service: ServiceId) async throws -> ServicePage {
    try app.services().show(serviceId: service)
  }
  public func needs(_ service: ServiceId) async throws -> Needs { try me.drafts.needs(serviceId: service) }
  public func askNeeds(_ service: ServiceId) async throws -> Needs {
    try await me.drafts.askNeeds(serviceId: service)
  }
}

/// Drafts.
extension CoreClient {
  public func drafts(_ limit: UInt32) async throws -> [DraftSummary] { try me.drafts.page(offset: 0, limit: limit) }
  public func createDraft(_ service: ServiceId) async throws -> DraftId { try me.drafts.create(serviceId: service) }
  public func openDraft(_ draft: DraftId) async throws -> DraftView { try me.drafts.open(draftId: draft) }
  public func showDraft(_ draft: DraftId) async throws -> DraftView { try me.drafts.show(draftId: draft) }
  public func prefill(_ draft: DraftId) async throws { try await me.drafts.prefill(draftId: draft) }
  public func type(_ typed: String, at path: FieldPath, in draft: DraftId) async throws {
    _ = try me.drafts.typeAnswer(draftId: draft, path: path, typed: typed)
  }
  public func set(_ answer: Answer, at path: FieldPath, in draft: DraftId) async throws {
    _ = try me.drafts.setAnswer(draftId: draft, path: path, answer: answer)
  }
  public func clear(_ path: FieldPath, in draft: DraftId) async throws {
    _ = try me.drafts.clearAnswer(draftId: draft, path: path)
  }
  public func removeEntry(_ entry: UInt32, of group: FieldId, in draft: DraftId) async throws {
    _ = try me.drafts.removeEntry(draftId: draft, group: group, at: entry)
  }
  public func dispute(_ field: FieldId, note: String, in draft: DraftId) async throws {
    _ = try me.drafts.dispute(draftId: draft, fieldId: field, note: note)
  }
  public func withdrawDispute(_ field: FieldId, in draft: DraftId) async throws {
    _ = try me.drafts.withdrawDispute(draftId: draft, fieldId: field)
  }
  public func agree(_ declaration: DeclarationId, _ agreed: Bool, in draft: DraftId) async throws {
    _ = try me.drafts.agreeDeclaration(draftId: draft, declarationId: declaration, agreed: agreed)
  }
  public func chooseDelivery(_ delivery: DeliveryChoice, in draft: DraftId) async throws {
    _ = try me.drafts.chooseDelivery(draftId: draft, delivery: delivery)
  }
  public func setNote(_ note: String, in draft: DraftId) async throws {
    _ = try me.drafts.setNote(draftId: draft, note: note)
  }
  public func attach(_ path: String, to requirement: RequirementId, in draft: DraftId) async throws {
    _ = try me.drafts.attach(draftId: draft, requirementId: requirement, path: path)
  }
  public func detach(_ attachment: AttachmentId) async throws { try me.drafts.detach(attachmentId: attachment) }
  public func readFile(_ attachment: AttachmentId) async throws -> Data {
    try me.drafts.readFile(attachmentId: attachment)
  }
  public func submit(_ draft: DraftId) async throws { _ = try me.drafts.submit(draftId: draft) }
  public func discard(_ draft: DraftId) async throws { try me.drafts.discard(draftId: draft) }
}

/// The outbox, and what the city tells.
extension CoreClient {
  public func outbox(_ limit: UInt32) async throws -> [OutboxItem] { try me.outbox.page(offset: 0, limit: limit) }
  public func sendNow() async throws { _ = try await me.outbox.sendNow() }
  public func retry(_ transaction: TransactionId) async throws { try me.outbox.retry(transactionId: transaction) }
  public func withdraw(_ transaction: TransactionId) async throws -> DraftId? {
    try await me.outbox.withdraw(transactionId: transaction)
  }

  public func home() async throws -> HomeView { try me.person.home() }
  public func cases(_ limit: UInt32) async throws -> [CaseSummary] { try me.cases.page(offset: 0, limit: limit) }
  public func showCase(_ id: CaseId) async throws -> CaseView { try me.cases.show(caseId: id) }
  public func parcel(_ delivery: DeliveryId) async throws -> DeliveryView? {
    try me.cases.delivery(deliveryId: delivery)
  }
  public func answerRequest(of id: CaseId) async throws -> DraftId { try me.drafts.answerRequest(caseId: id) }

  public func cards(_ limit: UInt32) async throws -> [CardSummary] { try me.cards.page(offset: 0, limit: limit) }
  public func card(_ credential: CredentialId) async throws -> CardView {
    try me.cards.show(credentialId: credential)
  }
  public func present(_ credential: CredentialId) async throws -> String {
    try me.cards.present(credentialId: credential)
  }
  public func verifyCard(_ text: String) async throws -> VerifiedCard { try app.verifyCard(text: text) }

  public func insurance() async throws -> InsuranceView? { try me.person.insurance() }
  public func refreshInsurance() async throws { _ = try await me.person.refreshInsurance() }
  public func label() async throws -> String { try me.person.label() }
  public func session() async throws -> SessionStatus { try me.person.session() }
  public func syncStatus() async throws -> SyncStatus { try me.person.syncStatus() }
}
