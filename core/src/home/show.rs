//! Reading it.

use citizen_api::Fen;
use jiff::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::case::CaseSummary;
use crate::draft::DraftSummary;
use crate::insurance::InsuranceView;
use crate::outbox::OutboxItemView;
use crate::people::Compartment;
use crate::session::SessionStatus;

/// How many cases that run by themselves are shown; the rest stands in the list of cases.
const RUNNING: usize = 3;

/// What a person sees first.
#[derive(Clone, PartialEq, Eq, Serialize)]
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
    pub outbox: Vec<OutboxItemView>,
    /// The insurance balance; none before the account was fetched for the first time.
    pub balance: Option<Balance>,
}

/// What is on the insurance account.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// This year's money and that of earlier years.
    pub amount: Fen,
    /// Up to when the account was posted, by the city's civil clock.
    pub as_of: Timestamp,
}

impl std::fmt::Debug for Balance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Balance").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for HomeView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HomeView").finish_non_exhaustive()
    }
}

impl Compartment {
    /// What this person sees first. Needs no network.
    pub fn home(&self) -> Result<HomeView, Error> {
        let (asked, others): (Vec<_>, Vec<_>) =
            self.cases().list()?.into_iter().partition(|case| case.needs_you);
        Ok(HomeView {
            label: self.label()?,
            session: self.session().status()?,
            asked,
            running: others.into_iter().filter(|case| !case.status.is_final()).take(RUNNING).collect(),
            drafts: self.drafts().unfinished()?,
            outbox: self.outbox().list()?,
            balance: self.balance()?,
        })
    }

    fn balance(&self) -> Result<Option<Balance>, Error> {
        Ok(self.insurance().show()?.and_then(|InsuranceView { account, .. }| {
            let amount = account.current_year.checked_add(account.earlier_years)?;
            Some(Balance { amount, as_of: account.as_of })
        }))
    }
}
