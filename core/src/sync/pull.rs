//! Reading what is new, to the end.

use citizen_api::SyncCursor;
use citizen_api::officer::CaseList;
use citizen_api::problem::ProblemType;
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize};

use super::Sync;
use super::apply::apply;
use super::page::Page;
use crate::Error;
use crate::case;
use crate::mirror::{self, Kind, ONLY};

/// How many changes are asked for at once.
const PAGE: u32 = 200;

/// How far the feed has been read.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Where to go on; none before the first page, and after the city has asked to start over.
    pub(super) cursor: Option<SyncCursor>,
}

/// What a pull has brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SyncReport {
    /// How many changes came, new or known.
    pub changes: usize,
    /// How many cases are new or moved on.
    pub cases: usize,
    /// How many cards are new or changed their standing.
    pub credentials: usize,
    /// How many parcels are new or moved on.
    pub deliveries: usize,
    /// How many mandates changed and how much was done under them.
    pub mandates: usize,
    /// How many things the city has found for the person, or changed.
    pub offers: usize,
    /// How many bookings are new or changed.
    pub bookings: usize,
    /// Whether the insurance account changed: how often.
    pub insurance: usize,
    /// Whether the feed had to be read from its beginning, because the city no longer keeps what was missed.
    pub started_over: bool,
}

impl SyncReport {
    /// Whether anything can be seen that could not be seen before: in the feed, or fetched beside it.
    pub(super) fn is_news(&self) -> bool {
        self.changes > 0 || self.credentials > 0 || self.insurance > 0
    }
}

impl Sync {
    /// Reads what is new to the end, and fetches what the feed only points at: cards that are offered, the insurance
    /// account, what registers know for forms. What was applied stays applied where the network fails half-way.
    pub async fn pull(&self) -> Result<SyncReport, Error> {
        if self.compartment.helper().is_some() {
            return self.read_cases().await;
        }
        let mut report = self.read_to_the_end().await?;
        // The changes are here; what could not be fetched beside them is fetched by the next pull.
        match self.compartment.credentials().fetch_missing().await {
            Ok(fetched) => report.credentials = report.credentials.max(fetched),
            Err(error) => tracing::debug!(code = error.code(), "a card waits for the next pull"),
        }
        match self.fetch_account_once().await {
            Ok(fetched) => report.insurance += usize::from(fetched),
            Err(error) => {
                tracing::debug!(code = error.code(), "the insurance account waits for the next pull");
            }
        }
        if let Err(error) = self.compartment.drafts().prefill_ahead().await {
            // Likewise: what registers know only spares the person some typing.
            tracing::debug!(code = error.code(), "the registers are asked again by the next pull");
        }
        Ok(report)
    }

    /// The feed of somebody who is acted for is not the helper's to read; their cases are, as far as the mandate goes.
    async fn read_cases(&self) -> Result<SyncReport, Error> {
        let CaseList { cases } = self.compartment.session().get_json("v1/cases").await?;
        let mut report = SyncReport { changes: cases.len(), ..SyncReport::default() };
        self.compartment.write(|tx, sealer| {
            for case in &cases {
                report.cases += usize::from(case::store(tx, sealer, case)?);
            }
            Ok(report)
        })
    }

    /// The feed tells of an insurance account when it changes, so it is asked for only where there is none yet.
    /// Says whether it was.
    async fn fetch_account_once(&self) -> Result<bool, Error> {
        let insurance = self.compartment.insurance();
        if insurance.show()?.is_some() {
            return Ok(false);
        }
        insurance.refresh().await?;
        Ok(true)
    }

    /// Reads what is new to the end.
    pub(super) async fn read_to_the_end(&self) -> Result<SyncReport, Error> {
        let mut report = SyncReport::default();
        loop {
            let position = self.position()?;
            match self.fetch(&position).await {
                Ok(page) if self.advance(&position, &page, &mut report)? => return Ok(report),
                Ok(_) => {}
                // Only once: a city that keeps nothing at all would otherwise be asked for ever.
                Err(error) if is_expired(&error) && !report.started_over => {
                    report.started_over = true;
                    self.compartment.write(|tx, _| mirror::remove(tx, Kind::Position, ONLY))?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn fetch(&self, position: &Position) -> Result<Page, Error> {
        let mut url: Url = self.compartment.city("v1/changes")?;
        url.query_pairs_mut().append_pair("limit", &PAGE.to_string());
        if let Some(cursor) = &position.cursor {
            url.query_pairs_mut().append_pair("after", cursor.as_str());
        }
        self.compartment.session().authorized(|http| http.request(Method::GET, url.clone())).await?.json()
    }

    /// Applies a page and stores the position after it. Says whether the end is reached.
    fn advance(&self, before: &Position, page: &Page, report: &mut SyncReport) -> Result<bool, Error> {
        let after = Position { cursor: Some(page.next.clone()) };
        if page.more && after == *before {
            // A feed that does not move would be read for ever.
            return Err(Error::CityAnsweredNonsense);
        }
        let readable = page.readable();
        self.compartment.write(|tx, sealer| {
            apply(tx, sealer, &readable, report)?;
            // Put even where nothing came: its time says when the feed was last read to the end.
            mirror::put(tx, sealer, Kind::Position, ONLY, &after)
        })?;
        report.changes += page.len();
        Ok(!page.more)
    }

    fn position(&self) -> Result<Position, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::get(tx, sealer, Kind::Position, ONLY))?;
        Ok(kept.map(|kept| kept.document).unwrap_or_default())
    }
}

fn is_expired(error: &Error) -> bool {
    matches!(error, Error::Refused(problem) if problem.kind == ProblemType::CursorExpired)
}
