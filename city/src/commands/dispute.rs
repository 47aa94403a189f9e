//! `city dispute`: what citizens say is wrong in registers.

use citizen_api::case::Case;
use citizen_api::officer_evidence::{DisputeEntry, DisputeList, WithReason};
use citizen_api::{CaseId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// Put a register's record right, or keep it with a reason.
#[derive(clap::Args)]
pub(super) struct Dispute {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the disputes that wait, oldest first.
    List {
        /// Those that were settled too.
        #[arg(long)]
        all: bool,
    },
    /// Write the citizen's answer into the register.
    Correct {
        /// The case.
        case: CaseId,
        /// The field that the register answered.
        field: String,
    },
    /// Keep the record as it is.
    Keep {
        /// The case.
        case: CaseId,
        /// The field that the register answered.
        field: String,
        /// Why, in Chinese.
        #[arg(long)]
        reason: String,
        /// The same in English; the Chinese words where it is left out.
        #[arg(long)]
        reason_en: Option<String>,
    },
}

impl Dispute {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let case: Case = match self.act {
            Act::List { all } => return list(desk, all).await,
            Act::Correct { case, field } => desk.act(&path(case, &field, "correct")).await?,
            Act::Keep { case, field, reason, reason_en } => {
                let body = WithReason { reason: case_words::said(reason, reason_en) };
                desk.post(&path(case, &field, "keep"), &body).await?
            }
        };
        desk.show(&case, case_words::whole)
    }
}

async fn list(desk: &Desk, all: bool) -> Result<(), Failure> {
    let filter = if all { "" } else { "?status=received" };
    let disputes: DisputeList = desk.get(&format!("/v1/officer/disputes{filter}")).await?;
    desk.show(&disputes, |list| {
        let none = Text::new("没有等待处理的更正申请。", "No dispute waits.");
        case_words::list(list.disputes.iter().map(line), none)
    })
}

fn line(dispute: &DisputeEntry) -> Text {
    let (case, field, label) = (dispute.case_id, &dispute.field_id, &dispute.label);
    let status = case_words::dispute_status(dispute.status);
    let (register, item) = (&dispute.register, &dispute.item);
    let (registered, answer) = (&dispute.registered, &dispute.answer);
    Text::new(
        format!(
            "{case}  {field}  {}  {}({register}.{item})：登记为 {registered}，本人说是 {answer}",
            status.zh, label.zh
        ),
        format!(
            "{case}  {field}  {}  {} ({register}.{item}): registered {registered}, said to be {answer}",
            status.en, label.en
        ),
    )
}

fn path(case: CaseId, field: &str, act: &str) -> String {
    format!("/v1/officer/cases/{case}/disputes/{field}/{act}")
}
