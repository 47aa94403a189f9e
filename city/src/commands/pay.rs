//! `city pay`: sends the money.

use citizen_api::CaseId;
use citizen_api::case::Case;

use super::client::Desk;
use super::{Failure, case_words};

/// Pay what was settled. Ordered again, it answers the same payout.
#[derive(clap::Args)]
pub(super) struct Pay {
    /// The case.
    case: CaseId,
}

impl Pay {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let case: Case = desk.act(&format!("/v1/officer/cases/{}/pay", self.case)).await?;
        desk.show(&case, case_words::whole)
    }
}
