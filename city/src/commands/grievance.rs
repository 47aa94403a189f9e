//! `city grievance`: what could not be done in one trip.

use citizen_api::case::Case;
use citizen_api::grievance::{AnswerGrievance, Climbed, GrievanceEntry, GrievanceFile, GrievanceList};
use citizen_api::{CaseId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// Read and answer what could not be done in one trip.
#[derive(clap::Args)]
pub(super) struct Grievance {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the grievances that wait, the one that is due first at the top.
    List {
        /// Those that were answered too.
        #[arg(long)]
        all: bool,
    },
    /// Show a grievance with what the citizen wrote and lets the desk read.
    Show {
        /// Its case.
        case: CaseId,
    },
    /// Answer a grievance.
    Answer {
        /// Its case.
        case: CaseId,
        /// What the desk says and does, in Chinese.
        #[arg(long)]
        text: String,
        /// The same in English; the Chinese words where it is left out.
        #[arg(long)]
        text_en: Option<String>,
        /// The thing is put right.
        #[arg(long)]
        put_right: bool,
    },
    /// Let what was not answered in time go up to the desk above now; the city does it by itself as well.
    Climb,
}

impl Grievance {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self.act {
            Act::List { all } => list(desk, all).await,
            Act::Show { case } => {
                let file: GrievanceFile = desk.get(&path(case, "")).await?;
                desk.show(&file, whole)
            }
            Act::Answer { case, text, text_en, put_right } => {
                let body = AnswerGrievance { text: case_words::said(text, text_en), put_right };
                let case: Case = desk.post(&path(case, "/answer"), &body).await?;
                desk.show(&case, case_words::whole)
            }
            Act::Climb => {
                let climbed: Climbed = desk.act("/v1/officer/grievances/climb").await?;
                desk.show(&climbed, |Climbed { climbed }| {
                    Text::new(
                        format!("{climbed} 件交给了上一级。"),
                        format!("{climbed} went to the desk above."),
                    )
                })
            }
        }
    }
}

async fn list(desk: &Desk, all: bool) -> Result<(), Failure> {
    let filter = if all { "" } else { "?open=true" };
    let found: GrievanceList = desk.get(&format!("/v1/officer/grievances{filter}")).await?;
    desk.show(&found, |list| {
        let none = Text::new("没有等待答复的事。", "No grievance waits.");
        case_words::list(list.grievances.iter().map(line), none)
    })
}

fn line(entry: &GrievanceEntry) -> Text {
    let GrievanceEntry { case_id, grievance, due_by, overdue, trips } = entry;
    let about = grievance.about.clone().unwrap_or_else(|| Text::new("没有关联事项", "about no service"));
    let state = match (&grievance.answer, overdue) {
        (Some(_), _) => Text::new("已答复", "answered"),
        (None, true) => Text::new("已超期", "overdue"),
        (None, false) => Text::new(format!("{due_by} 前答复"), format!("due by {due_by}")),
    };
    let desk = &grievance.desk;
    Text::new(
        format!("{case_id}  {}  {}  {}  跑了 {trips} 趟", state.zh, desk.zh, about.zh),
        format!("{case_id}  {}  {}  {}  trips: {trips}", state.en, desk.en, about.en),
    )
}

fn whole(file: &GrievanceFile) -> Text {
    let mut text = line(&file.entry);
    for (field, answer) in &file.answers {
        let said = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
        case_words::append(&mut text, &format!("{field}：{said}"), &format!("{field}: {said}"));
    }
    if let Some(refused) = &file.refused {
        let (zh, en) = (&refused.title.zh, &refused.title.en);
        case_words::append(&mut text, &format!("当时的提示：{zh}"), &format!("What the city said: {en}"));
    }
    if let Some(reading) = &file.reading {
        let (by, what, why) = (&reading.requester, &reading.title, &reading.purpose);
        let (zh, en) = (
            format!("{}查了{}：{}", by.zh, what.zh, why.zh),
            format!("The {} read the {}: {}", by.en, what.en, why.en),
        );
        case_words::append(&mut text, &zh, &en);
    }
    if let Some(about) = &file.about {
        let about = case_words::whole(about);
        case_words::append(&mut text, &about.zh, &about.en);
    }
    text
}

fn path(case: CaseId, act: &str) -> String {
    format!("/v1/officer/grievances/{case}{act}")
}
