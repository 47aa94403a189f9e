//! What a person sees first.

use citizen_api::Fen;
use citizen_core::case::CaseSummary;
use citizen_core::draft::DraftSummary;
use citizen_core::home::{self, Balance};
use citizen_core::session::SessionStatus;
use jiff::Timestamp;

use crate::page::page;
use crate::types::outbox::OutboxItem;

/// What a person sees first: what needs them, what is happening, what they have.
#[derive(Clone, uniffi::Record)]
pub struct HomeView {
    /// What the person is called.
    pub label: String,
    /// How they stand with the city.
    pub session: SessionStatus,
    /// The cases in which an office waits for this person, the newest first.
    pub asked: Vec<CaseSummary>,
    /// The newest cases that an office has and that are not at their end.
    pub running: Vec<CaseSummary>,
    /// What is being written, the one that was changed last first.
    pub drafts: Vec<DraftSummary>,
    /// What is still to be sent, oldest first.
    pub outbox: Vec<OutboxItem>,
    /// The insurance balance; none before the account was fetched for the first time.
    pub balance: Option<Balance>,
}

/// What is on the insurance account.
#[uniffi::remote(Record)]
pub struct Balance {
    /// This year's money and that of earlier years.
    pub amount: Fen,
    /// Up to when the account was posted, by the city's civil clock.
    pub as_of: Timestamp,
}

impl From<home::HomeView> for HomeView {
    fn from(home: home::HomeView) -> Self {
        let home::HomeView { label, session, asked, running, drafts, outbox, balance } = home;
        Self {
            label,
            session,
            asked: page(asked, 0, u32::MAX),
            running,
            drafts: page(drafts, 0, u32::MAX),
            outbox: page(outbox, 0, u32::MAX).into_iter().map(OutboxItem::from).collect(),
            balance,
        }
    }
}
