//! Keeping up with the city: its changes, page by page, in its order.
//!
//! A page is applied and the position after it stored in one transaction, so that a pull cut at any point goes
//! on where it was. Applying a page twice, or an older one after a newer, does no harm: each change carries the
//! whole thing, and its revision decides. Drafts and the outbox are never touched.

mod apply;
mod follow;
mod page;
mod pull;
mod status;

pub(crate) use apply::apply;
pub use pull::SyncReport;
pub use status::SyncStatus;

use crate::people::Compartment;

/// The keeping up of an unlocked person.
#[derive(Clone)]
pub struct Sync {
    compartment: Compartment,
}

impl Sync {
    /// The keeping up of that person.
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}

#[cfg(test)]
mod tests;
