//! One answer against its field.
//!
//! An answer is judged twice. [`check()`] says whether it can be kept: what is there must be right, though a part of it
//! may still be missing, because a person writes one thing after another and nothing of it may be lost. [`incomplete()`]
//! says whether all of it is there, which is needed only for filing.

mod check;
mod composite;
mod error;
mod scalar;
mod typed;

pub(crate) use check::check_computed;
pub use check::{check, incomplete};
pub(crate) use composite::in_entry;
pub use error::{AnswerError, AnswerType, Part};
pub use typed::read;

#[cfg(test)]
mod tests;
