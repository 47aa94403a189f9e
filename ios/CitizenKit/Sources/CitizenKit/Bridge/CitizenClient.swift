import CitizenCore
import Foundation

/// What the app asks of the core. Nothing of it blocks the main thread; what fails throws a `CitizenError`, which has its
/// words in both languages. What concerns a person throws `NobodyUnlocked` while the app is locked.
public protocol CitizenClient: HouseholdClient {
  // Opening a person's data.
  func dataKey(_ person: PersonId, pin: String) async throws -> Data
  func unlock(_ person: PersonId, pin: String) async throws -> PersonId
  func unlock(_ person: PersonId, key: Data) async throws -> PersonId
  func lock() async throws
  /// Somebody is there: the time after which the core locks by itself begins anew.
  func keepOpen() async throws
  /// Whether somebody's data are open: the core locks by itself once nobody was there for a while.
  func isUnlocked() async throws -> Bool
  func lockAfter() async throws -> UInt64
  func setLockAfter(_ seconds: UInt64) async throws

  // Signing in, of somebody who goes on here or of somebody new. An attempt lives in memory only.
  func beginLogin(of person: PersonId?, redirect: String, language: Language) async throws -> String
  func completeLogin(_ address: String, pin: String) async throws -> PersonId
  func signOut() async throws

  // What runs by itself.
  /// Says that something happened meanwhile; what it is, is read again.
  var news: AsyncStream<News> { get }
  func networkChanged() async throws
  func suspend() async
  func resume() async throws
  func shutdown() async throws

  // The catalogue.
  func pullCatalogue() async throws
  func search(_ text: String, language: Language, limit: UInt32) async throws -> [ServiceSummary]
  func lifeEvents() async throws -> [LifeEventSummary]
  func services(of event: LifeEventId, limit: UInt32) async throws -> [ServiceSummary]
  func service(_ service: ServiceId) async throws -> ServicePage
  func needs(_ service: ServiceId) async throws -> Needs
  func askNeeds(_ service: ServiceId) async throws -> Needs

  // Drafts. What is written is on disk when a call returns.
  func drafts(_ limit: UInt32) async throws -> [DraftSummary]
  func createDraft(_ service: ServiceId) async throws -> DraftId
  func openDraft(_ draft: DraftId) async throws -> DraftView
  func showDraft(_ draft: DraftId) async throws -> DraftView
  func prefill(_ draft: DraftId) async throws
  func type(_ typed: String, at path: FieldPath, in draft: DraftId) async throws
  func set(_ answer: Answer, at path: FieldPath, in draft: DraftId) async throws
  func clear(_ path: FieldPath, in draft: DraftId) async throws
  func removeEntry(_ entry: UInt32, of group: FieldId, in draft: DraftId) async throws
  func dispute(_ field: FieldId, note: String, in draft: DraftId) async throws
  func withdrawDispute(_ field: FieldId, in draft: DraftId) async throws
  func agree(_ declaration: DeclarationId, _ agreed: Bool, in draft: DraftId) async throws
  func chooseDelivery(_ delivery: DeliveryChoice, in draft: DraftId) async throws
  func setNote(_ note: String, in draft: DraftId) async throws
  func attach(_ path: String, to requirement: RequirementId, in draft: DraftId) async throws
  func detach(_ attachment: AttachmentId) async throws
  func readFile(_ attachment: AttachmentId) async throws -> Data
  func submit(_ draft: DraftId) async throws
  func discard(_ draft: DraftId) async throws

  // The outbox.
  func outbox(_ limit: UInt32) async throws -> [OutboxItem]
  func sendNow() async throws
  func retry(_ transaction: TransactionId) async throws
  func withdraw(_ transaction: TransactionId) async throws -> DraftId?

  // Cases, cards, insurance.
  func home() async throws -> HomeView
  func cases(_ limit: UInt32) async throws -> [CaseSummary]
  func showCase(_ id: CaseId) async throws -> CaseView
  func parcel(_ delivery: DeliveryId) async throws -> DeliveryView?
  func answerRequest(of id: CaseId) async throws -> DraftId
  func cards(_ limit: UInt32) async throws -> [CardSummary]
  func card(_ credential: CredentialId) async throws -> CardView
  func present(_ credential: CredentialId) async throws -> String
  func verifyCard(_ text: String) async throws -> VerifiedCard
  func insurance() async throws -> InsuranceView?
  func refreshInsurance() async throws
  func label() async throws -> String
  func session() async throws -> SessionStatus
  func syncStatus() async throws -> SyncStatus
}

/// What happened while nobody waited for it.
public enum News: Sendable {
  /// Something that is being sent has come further.
  case progressed(UploadProgress)
  /// Screens may show something else than before.
  case changed
  /// The city has told something new.
  case told
  /// The core has locked, maybe by itself.
  case locked
}

/// The app is locked: no key is in memory.
public struct NobodyUnlocked: Error, Equatable {}
