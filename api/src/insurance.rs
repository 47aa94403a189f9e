//! The medical-insurance account.

use serde::{Deserialize, Serialize};

use crate::{Fen, Text};

/// `GET /v1/insurance`: a citizen's personal account (医保个人账户).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsuranceAccount {
    /// The insured year that `current_year` belongs to.
    pub year: i16,
    /// Money of this year's account (当年账户).
    pub current_year: Fen,
    /// Money of earlier years' accounts (历年账户).
    pub earlier_years: Fen,
    /// What the fund has paid for this person this year, against the ceiling.
    pub reimbursed_this_year: Fen,
    /// The kind of insurance, in words.
    pub scheme: Text,
    /// Up to when the account was posted, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub as_of: jiff::Timestamp,
    /// The newest entries, newest first, at most 100.
    pub entries: Vec<InsuranceEntry>,
}

/// One posting of an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsuranceEntry {
    /// The posting's name; never given twice.
    pub entry_id: String,
    /// The day it was posted.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: jiff::civil::Date,
    /// What it was.
    pub kind: EntryKind,
    /// How much; below zero where it left the account.
    pub amount: Fen,
    /// Where, or from whom.
    pub place: Text,
}

/// What a posting was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Monthly contribution.
    Contribution,
    /// Spent at a clinic.
    Clinic,
    /// Spent at a pharmacy.
    Pharmacy,
    /// Spent at a hospital.
    Hospital,
    /// Reimbursed to the bank account; the personal account does not change.
    Reimbursement,
    /// Interest.
    Interest,
    /// Last year's money carried over.
    CarriedOver,
    /// A kind that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

hidden_debug!(InsuranceAccount, InsuranceEntry);
