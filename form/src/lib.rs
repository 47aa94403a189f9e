//! Judging of forms and evidence: what the phone and the city must judge alike.
//!
//! Every function here is pure: no clock, no network, and of files only what it is given to read. The phone judges an answer before it is sent,
//! the city judges it again when it arrives, and because both run these lines they never disagree. Every
//! refusal has a `reason` that says, in both languages, what is wrong and how to mend it.
//!
//! # Layout
//!
//! | Module | What it judges |
//! | --- | --- |
//! | [`id_number`] | ID numbers (GB 11643-1999) |
//! | [`bank_account`] | bank accounts (ISO/IEC 7812, Luhn) |
//! | [`phone`] | mobile numbers of the mainland |
//! | [`answer`] | one answer against its field; text that a person typed into an answer |
//! | [`compiled`] | a form ready to be evaluated: what is asked, computed, wrong and lacking |
//! | [`answers`] | what was submitted, against the form |
//! | [`logic`] | expressions of a form: when a field is shown, what it computes, what must agree |
//! | [`day`] | the day that a moment falls on |
//! | [`migrate`] | moving answers to a newer version of the form |
//! | [`evidence`] | by which route a requirement is met for this person |
//! | [`mod@file`] | files that are handed in: their kind, whether they are safe to open, the copy without metadata |

pub mod answer;
pub mod answers;
pub mod bank_account;
pub mod compiled;
pub mod day;
mod digits;
pub mod evidence;
pub mod file;
pub mod id_number;
pub mod logic;
pub mod migrate;
pub mod phone;

pub use answer::AnswerError;
pub use bank_account::{BankAccount, BankAccountError};
pub use compiled::{CompiledForm, Finding, FormError};
pub use evidence::{EvidenceSummary, Outlook, Registers, Resolution};
pub use id_number::{IdNumber, IdNumberError};
pub use phone::{PhoneError, PhoneNumber};
