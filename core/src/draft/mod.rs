//! What a person is writing: answers, agreed declarations and a word to the office, before anything is filed.
//!
//! With the network off everything here works. When the process dies, every call that returned is on disk: an
//! answer is one sealed row written in a transaction of its own, so its cost does not grow with the form, and the
//! service's document is frozen into the draft, so a new version of it changes no question under the person's
//! hands: a draft is moved to it when it is opened, whole or not at all, and what the new form does not take is kept
//! beside it. A register's answer never takes the place of the person's own. What is half typed and no answer yet is
//! kept as well.

mod answer;
mod choose;
mod create;
mod discard;
mod dispute;
mod document;
mod needs;
mod open;
mod path;
mod prefill;
mod read_typed;
mod records;
mod show;

pub use answer::Typed;
pub(crate) use document::{Concern, DraftDocument, SupplementOf};
pub use needs::Needs;
pub use path::FieldPath;
pub use prefill::PrefillReport;
pub(crate) use records::{Draft, draft, insert, mark_open, mark_submitted, open_draft, touch};
pub use show::DraftSummary;
pub(crate) use show::{answering, begun, material};

#[cfg(test)]
mod open_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typed_tests;

use crate::people::Compartment;

uuid_id!(
    /// Names a draft. Known on this phone only.
    DraftId
);

/// The drafts of an unlocked person.
#[derive(Clone)]
pub struct Drafts {
    compartment: Compartment,
}

impl Drafts {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
