//! `city check`: what departments are asked instead of citizens.

use citizen_api::case::Case;
use citizen_api::officer_evidence::{CheckEntry, CheckList, WithReason};
use citizen_api::{CaseId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// Answer what another department is asked instead of the citizen.
#[derive(clap::Args)]
pub(super) struct Check {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the checks that wait, oldest first.
    List {
        /// Those that were answered too.
        #[arg(long)]
        all: bool,
    },
    /// Confirm what the citizen says.
    Confirm {
        /// The case.
        case: CaseId,
        /// The requirement that is checked.
        requirement: String,
    },
    /// Contradict, with what was found.
    Contradict {
        /// The case.
        case: CaseId,
        /// The requirement that is checked.
        requirement: String,
        /// What was found, in Chinese.
        #[arg(long)]
        reason: String,
        /// The same in English; the Chinese words where it is left out.
        #[arg(long)]
        reason_en: Option<String>,
    },
}

impl Check {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let case: Case = match self.act {
            Act::List { all } => return list(desk, all).await,
            Act::Confirm { case, requirement } => desk.act(&path(case, &requirement, "confirm")).await?,
            Act::Contradict { case, requirement, reason, reason_en } => {
                let body = WithReason { reason: case_words::said(reason, reason_en) };
                desk.post(&path(case, &requirement, "contradict"), &body).await?
            }
        };
        desk.show(&case, case_words::whole)
    }
}

async fn list(desk: &Desk, all: bool) -> Result<(), Failure> {
    let filter = if all { "" } else { "?status=waiting" };
    let checks: CheckList = desk.get(&format!("/v1/officer/checks{filter}")).await?;
    desk.show(&checks, |list| {
        let none = Text::new("没有等待答复的核查。", "No check waits for an answer.");
        case_words::list(list.checks.iter().map(line), none)
    })
}

fn line(check: &CheckEntry) -> Text {
    let (case, requirement) = (check.case_id, &check.requirement_id);
    let status = case_words::check_status(check.status);
    Text::new(
        format!("{case}  {requirement}  {}  {}  {}", status.zh, check.department.zh, check.title.zh),
        format!("{case}  {requirement}  {}  {}  {}", status.en, check.department.en, check.title.en),
    )
}

fn path(case: CaseId, requirement: &str, act: &str) -> String {
    format!("/v1/officer/cases/{case}/checks/{requirement}/{act}")
}
