//! `city review`: what an office does with cases.

use std::path::{Path, PathBuf};

use citizen_api::case::{Case, CaseStatus};
use citizen_api::officer::{CaseList, Refuse, RequestEvidence, Settle};
use citizen_api::settlement::FeeLine;
use citizen_api::{CaseId, RequirementId, Text};
use clap::Subcommand;

use super::case_words::said;
use super::client::Desk;
use super::{Failure, case_words};

/// Look cases through: take on, ask for evidence, finish, settle, grant or refuse.
#[derive(clap::Args)]
pub(super) struct Review {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the cases, oldest first.
    List {
        /// Only cases in this status, such as received or evidence_requested.
        #[arg(long, value_parser = status)]
        status: Option<CaseStatus>,
    },
    /// Show a case.
    Show {
        /// The case.
        case: CaseId,
    },
    /// Take a case on.
    Accept {
        /// The case.
        case: CaseId,
    },
    /// Ask the citizen for one of the service's requirements.
    Request {
        /// The case.
        case: CaseId,
        /// The requirement, such as prescription.
        requirement: String,
        /// Why, in Chinese.
        #[arg(long)]
        reason: String,
        /// Why, in English; the Chinese words where it is left out.
        #[arg(long)]
        reason_en: Option<String>,
    },
    /// Finish the review.
    Finish {
        /// The case.
        case: CaseId,
    },
    /// Settle the bill of a case.
    Settle {
        /// The case.
        case: CaseId,
        /// A JSON file with the bill's lines: [{"name", "class": "a"|"b"|"c", "amount": fen}]. Without it,
        /// the lines come from the register of medical bills.
        #[arg(long, value_name = "FILE")]
        lines: Option<PathBuf>,
    },
    /// Grant what was asked for.
    Grant {
        /// The case.
        case: CaseId,
    },
    /// Refuse a case, with reasons.
    Refuse {
        /// The case.
        case: CaseId,
        /// The reason and what can be done, in Chinese.
        #[arg(long)]
        reason: String,
        /// The same in English; the Chinese words where it is left out.
        #[arg(long)]
        reason_en: Option<String>,
        /// The legal ground, in Chinese.
        #[arg(long)]
        ground: String,
        /// The same in English; the Chinese words where it is left out.
        #[arg(long)]
        ground_en: Option<String>,
    },
}

impl Review {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let case: Case = match self.act {
            Act::List { status } => return list(desk, status).await,
            Act::Show { case } => desk.get(&path(case, "")).await?,
            Act::Accept { case } => desk.act(&path(case, "/accept")).await?,
            Act::Finish { case } => desk.act(&path(case, "/finish")).await?,
            Act::Grant { case } => desk.act(&path(case, "/grant")).await?,
            Act::Request { case, requirement, reason, reason_en } => {
                let reason = said(reason, reason_en);
                let body = RequestEvidence { requirement_id: RequirementId(requirement), reason };
                desk.post(&path(case, "/request"), &body).await?
            }
            Act::Settle { case, lines } => {
                let lines = lines.as_deref().map(read_lines).transpose()?;
                desk.post(&path(case, "/settle"), &Settle { lines }).await?
            }
            Act::Refuse { case, reason, reason_en, ground, ground_en } => {
                let body = Refuse { reason: said(reason, reason_en), legal_ground: said(ground, ground_en) };
                desk.post(&path(case, "/refuse"), &body).await?
            }
        };
        desk.show(&case, case_words::whole)
    }
}

async fn list(desk: &Desk, status: Option<CaseStatus>) -> Result<(), Failure> {
    let word = status.and_then(|status| serde_json::to_value(status).ok());
    let path = match word.as_ref().and_then(serde_json::Value::as_str) {
        Some(word) => format!("/v1/officer/cases?status={word}"),
        None => "/v1/officer/cases".to_owned(),
    };
    let cases: CaseList = desk.get(&path).await?;
    desk.show(&cases, |list| {
        let none = Text::new("没有办件。", "There are no cases.");
        case_words::list(list.cases.iter().map(case_words::line), none)
    })
}

fn path(case: CaseId, act: &str) -> String {
    format!("/v1/officer/cases/{case}{act}")
}

fn status(word: &str) -> Result<CaseStatus, String> {
    match serde_json::from_value(serde_json::Value::String(word.to_owned())) {
        Ok(CaseStatus::Unknown) | Err(_) => {
            Err("received, accepted, evidence_requested, reviewed, settled, paid, granted, refused, answered"
                .to_owned())
        }
        Ok(status) => Ok(status),
    }
}

fn read_lines(file: &Path) -> Result<Vec<FeeLine>, Failure> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|reason| {
        Failure::wrong_use(
            format!("读不到明细文件 {shown}:{reason}。请核对路径。"),
            format!("The file {shown} cannot be read: {reason}. Check the path."),
        )
    })?;
    serde_json::from_str(&text).map_err(|reason| {
        let line = reason.line();
        Failure::wrong_use(
            format!("明细文件 {shown} 第 {line} 行看不懂。要的是 JSON:[{{\"name\", \"class\", \"amount\"}}],金额以分为单位。"),
            format!("Line {line} of {shown} cannot be understood. It takes JSON: [{{\"name\", \"class\", \"amount\"}}], amounts in fen."),
        )
    })
}

#[cfg(test)]
mod tests {
    use citizen_api::case::CaseStatus;

    use super::{read_lines, status};

    #[test]
    fn a_status_is_the_word_of_the_wire() {
        assert_eq!(status("evidence_requested"), Ok(CaseStatus::EvidenceRequested));
        assert!(status("unknown").is_err() && status("done").is_err());
    }

    #[test]
    fn lines_that_are_none_are_wrong_use() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lines.json");
        assert_eq!(read_lines(&file).unwrap_err().status, 2);
        std::fs::write(&file, r#"[{"name": "药", "class": "d", "amount": 1}]"#).unwrap();
        assert_eq!(read_lines(&file).unwrap_err().status, 2);
        std::fs::write(&file, r#"[{"name": "药", "class": "a", "amount": 1}]"#).unwrap();
        assert_eq!(read_lines(&file).ok().map(|lines| lines.len()), Some(1));
    }
}
