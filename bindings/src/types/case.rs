//! Cases, settlements, the insurance account and parcels.

use citizen_api::case::Case;
use citizen_api::case::{
    CaseDispute, CaseEvent, CaseEventKind, CaseStatus, DeferredLookup, EvidenceCheck, EvidenceRequest,
    Payout, Refusal, SignedDeclaration,
};
use citizen_api::grievance::Grievance;
use citizen_api::insurance::{EntryKind, InsuranceAccount, InsuranceEntry};
use citizen_api::settlement::{FeeClass, SettledLine, Settlement, SettlementRules};
use citizen_api::{
    CaseId, DeliveryId, EvidenceRequestId, Fen, RequirementId, ServiceId, Text, TransactionId,
};
use citizen_core::case::{CaseSummary, CaseView};
use citizen_core::insurance::InsuranceView;
use jiff::Timestamp;
use jiff::civil::Date;

/// A case in a list.
#[uniffi::remote(Record)]
pub struct CaseSummary {
    /// The case.
    pub case_id: CaseId,
    /// Of which service.
    pub service_id: ServiceId,
    /// The service's title when it was filed.
    pub title: Text,
    /// Where it stands.
    pub status: CaseStatus,
    /// Grows with each event.
    pub revision: u64,
    /// When the city received it.
    pub received_at: Timestamp,
    /// The day by which the office has promised to be done.
    pub promised_by: Date,
    /// Whether the office waits for this person.
    pub needs_you: bool,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// A case as it is shown.
#[uniffi::remote(Record)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// A case at an office, whole.
#[uniffi::remote(Record)]
pub struct Case {
    /// The case's name.
    pub case_id: CaseId,
    /// The submission that made it.
    pub transaction_id: TransactionId,
    /// Of which service.
    pub service_id: ServiceId,
    /// The version of the service's document.
    pub service_version: u32,
    /// The service's title when it was filed.
    pub title: Text,
    /// Where it stands.
    pub status: CaseStatus,
    /// Grows by one with each event.
    pub revision: u64,
    /// When it was received, by the city's civil clock.
    pub received_at: Timestamp,
    /// The day by which the office has promised to be done.
    pub promised_by: Date,
    /// What happened, oldest first.
    pub events: Vec<CaseEvent>,
    /// What the office asked the citizen, oldest first.
    pub requests: Vec<EvidenceRequest>,
    /// What other departments were asked instead of the citizen.
    pub checks: Vec<EvidenceCheck>,
    /// What the city still has to look up in a register that was down when the case was filed.
    pub deferred: Vec<DeferredLookup>,
    /// The declarations that were signed with it.
    pub declarations: Vec<SignedDeclaration>,
    /// What the citizen said is wrong in a register, and what became of it.
    pub disputes: Vec<CaseDispute>,
    /// How the bill was settled.
    pub settlement: Option<Settlement>,
    /// What was paid.
    pub payout: Option<Payout>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// The parcel with its result.
    pub delivery_id: Option<DeliveryId>,
    /// Where it is a grievance: who has to answer it, and what was answered.
    pub grievance: Option<Grievance>,
}

/// Where a case stands.
#[uniffi::remote(Enum)]
pub enum CaseStatus {
    /// The city has it.
    Received,
    /// The office has taken it on.
    Accepted,
    /// The office waits for the citizen.
    EvidenceRequested,
    /// Looked through; the decision is being made.
    Reviewed,
    /// The amount is fixed; the money is not on its way yet.
    Settled,
    /// The money is on the account.
    Paid,
    /// Granted.
    Granted,
    /// Refused, with reasons.
    Refused,
    /// A grievance was answered.
    Answered,
    /// A status that this version does not know.
    Unknown,
}

/// One thing that happened to a case.
#[uniffi::remote(Record)]
pub struct CaseEvent {
    /// Its place in the case.
    pub sequence: u32,
    /// What happened.
    pub kind: CaseEventKind,
    /// When, by the city's civil clock.
    pub at: Timestamp,
    /// Who did it.
    pub by: Text,
}

/// What can happen to a case.
#[uniffi::remote(Enum)]
pub enum CaseEventKind {
    /// The city received the submission.
    Received,
    /// The office took it on.
    Accepted,
    /// The office asked for evidence.
    EvidenceRequested,
    /// The citizen answered.
    EvidenceProvided,
    /// The office finished looking.
    Reviewed,
    /// The bill was settled.
    Settled,
    /// The money was paid.
    Paid,
    /// It was granted.
    Granted,
    /// It was refused.
    Refused,
    /// Nobody answered in time, so it went to the desk above.
    Climbed,
    /// It was answered.
    Answered,
    /// An event that this version does not know.
    Unknown,
}

/// What an office asks of a citizen within a case.
#[uniffi::remote(Record)]
pub struct EvidenceRequest {
    /// The request's name.
    pub request_id: EvidenceRequestId,
    /// What must be shown.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// Why it is needed, in the officer's words.
    pub reason: Text,
    /// When it was asked.
    pub requested_at: Timestamp,
    /// The day by which it should be answered.
    pub answer_by: Date,
    /// The supplement that answered it; none while it waits.
    pub answered_by: Option<TransactionId>,
}

/// Money paid to a citizen.
#[uniffi::remote(Record)]
pub struct Payout {
    /// How much.
    pub amount: Fen,
    /// When.
    pub paid_at: Timestamp,
    /// The last four digits of the account.
    pub account_ending: String,
    /// The bank's reference.
    pub reference: String,
}

/// Why a case was refused.
#[uniffi::remote(Record)]
pub struct Refusal {
    /// Why.
    pub reason: Text,
    /// The legal ground.
    pub legal_ground: Text,
}

/// A settled bill.
#[uniffi::remote(Record)]
pub struct Settlement {
    /// The lines, in the order of the bill.
    pub lines: Vec<SettledLine>,
    /// The rules.
    pub rules: SettlementRules,
    /// What the hospital charged.
    pub total: Fen,
    /// What counts.
    pub eligible: Fen,
    /// What went to the deductible.
    pub deductible_used: Fen,
    /// What the fund pays.
    pub reimbursed: Fen,
    /// What the patient pays.
    pub own_share: Fen,
}

/// One settled line.
#[uniffi::remote(Record)]
pub struct SettledLine {
    /// What was done or given.
    pub name: String,
    /// Its class.
    pub class: FeeClass,
    /// What the hospital charged.
    pub amount: Fen,
    /// What counts of it.
    pub eligible: Fen,
    /// This line's part of what the fund pays.
    pub reimbursed: Fen,
}

/// The class of a medicine or treatment.
#[uniffi::remote(Enum)]
pub enum FeeClass {
    /// Counts in full.
    A,
    /// Counts after the patient's own share.
    B,
    /// The patient pays it.
    C,
}

/// The rules by which a bill was settled.
#[uniffi::remote(Record)]
pub struct SettlementRules {
    /// The patient's own share of class B, in hundredths of a percent.
    pub class_b_own_share: u32,
    /// The deductible of the year that was still open.
    pub deductible: Fen,
    /// The ratio that the fund pays, in hundredths of a percent.
    pub ratio: u32,
    /// What the fund may still pay this year.
    pub ceiling: Fen,
}

/// The insurance account as it is shown, with the age of the copy.
#[uniffi::remote(Record)]
pub struct InsuranceView {
    /// The account.
    pub account: InsuranceAccount,
    /// When it was last fetched, by this device's clock.
    pub fetched_at: Timestamp,
}

/// A citizen's personal account.
#[uniffi::remote(Record)]
pub struct InsuranceAccount {
    /// The insured year.
    pub year: i16,
    /// Money of this year's account.
    pub current_year: Fen,
    /// Money of earlier years' accounts.
    pub earlier_years: Fen,
    /// What the fund has paid for this person this year.
    pub reimbursed_this_year: Fen,
    /// The kind of insurance, in words.
    pub scheme: Text,
    /// Up to when the account was posted.
    pub as_of: Timestamp,
    /// The newest entries, newest first, at most 100.
    pub entries: Vec<InsuranceEntry>,
}

/// One posting of an account.
#[uniffi::remote(Record)]
pub struct InsuranceEntry {
    /// The posting's name.
    pub entry_id: String,
    /// The day it was posted.
    pub date: Date,
    /// What it was.
    pub kind: EntryKind,
    /// How much; below zero where it left the account.
    pub amount: Fen,
    /// Where, or from whom.
    pub place: Text,
}

/// What a posting was.
#[uniffi::remote(Enum)]
pub enum EntryKind {
    /// Monthly contribution.
    Contribution,
    /// Spent at a clinic.
    Clinic,
    /// Spent at a pharmacy.
    Pharmacy,
    /// Spent at a hospital.
    Hospital,
    /// Reimbursed to the bank account.
    Reimbursement,
    /// Interest.
    Interest,
    /// Last year's money carried over.
    CarriedOver,
    /// A kind that this version does not know.
    Unknown,
}
