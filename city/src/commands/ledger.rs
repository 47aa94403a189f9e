//! `city ledger`: everything that the city did for a person.

use citizen_api::Text;
use citizen_api::officer::Ledger as Entries;
use url::form_urlencoded;

use super::client::Desk;
use super::{Failure, case_words};

/// Show everything that the city did for a person.
#[derive(clap::Args)]
pub(super) struct Ledger {
    /// The person's ID number.
    id_number: String,
}

impl Ledger {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let id_number: String = form_urlencoded::byte_serialize(self.id_number.as_bytes()).collect();
        let entries: Entries = desk.get(&format!("/v1/officer/ledger?id_number={id_number}")).await?;
        desk.show(&entries, words)
    }
}

fn words(entries: &Entries) -> Text {
    let cases = entries.submissions.iter().map(|filed| {
        let status = case_words::status(filed.status);
        Text::new(
            format!("申请 {}  {}  {}", filed.case_id, filed.service_id, status.zh),
            format!("case {}  {}  {}", filed.case_id, filed.service_id, status.en),
        )
    });
    let payouts = entries.payouts.iter().map(|paid| {
        Text::new(
            format!("付款 {}  办件 {}", paid.amount, paid.case_id),
            format!("paid {}  case {}", paid.amount, paid.case_id),
        )
    });
    let (supplements, uploads) = (entries.supplements.len(), entries.uploads.len());
    let (cards, parcels) = (entries.credentials.len(), entries.deliveries.len());
    let (checks, disputes, lookups) = (entries.checks.len(), entries.disputes.len(), entries.lookups.len());
    let repeats = entries.repeats;
    let counts = Text::new(
        format!(
            "补交 {supplements}，文件 {uploads}，证照 {cards}，快递 {parcels}，部门核查 {checks}，更正申请 {disputes}，补查 {lookups}，重复请求 {repeats}"
        ),
        format!(
            "supplements {supplements}, files {uploads}, cards {cards}, parcels {parcels}, checks {checks}, disputes {disputes}, look-ups {lookups}, repeats {repeats}"
        ),
    );
    case_words::list(cases.chain(payouts).chain([counts]), Text::default())
}
