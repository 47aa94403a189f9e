//! `city register`: asking registers, and those that cannot be asked just now.

use citizen_api::officer_evidence::{RegisterList, RegisterState, RegisterUp};
use citizen_api::register::{RegisterAnswer, RegisterQuery};
use citizen_api::{CaseId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// Ask a register about a person, or say that one is down or up again. While it is down nobody waits for it.
#[derive(clap::Args)]
pub(super) struct Register {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the registers that services name.
    List,
    /// Note that a register cannot be asked.
    Down {
        /// The register, such as population.
        register: String,
    },
    /// Note that a register can be asked again, and look up what cases waited for.
    Up {
        /// The register, such as population.
        register: String,
    },
    /// Ask a register about a person. The purpose decides what is answered, and the person sees who asked.
    Query {
        /// The register, such as marriage.
        register: String,
        /// The person's ID number.
        #[arg(long)]
        id: String,
        /// What for, such as marriage-check; they stand in city/data/purposes.json.
        #[arg(long)]
        purpose: String,
        /// The open case that it is asked for, where the purpose needs one.
        #[arg(long)]
        case: Option<CaseId>,
    },
}

impl Register {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self.act {
            Act::List => {
                let list: RegisterList = desk.get("/v1/officer/registers").await?;
                desk.show(&list, |list| {
                    let none = Text::new("没有事项用到登记库。", "No service names a register.");
                    case_words::list(list.registers.iter().map(line), none)
                })
            }
            Act::Query { register, id, purpose, case } => {
                let query = RegisterQuery { id_number: id, purpose, case_id: case };
                let path = format!("/v1/officer/registers/{register}/query");
                let answer: RegisterAnswer = desk.post(&path, &query).await?;
                desk.show(&answer, answered)
            }
            Act::Down { register } => {
                let state: RegisterState =
                    desk.act(&format!("/v1/officer/registers/{register}/down")).await?;
                desk.show(&state, line)
            }
            Act::Up { register } => {
                let up: RegisterUp = desk.act(&format!("/v1/officer/registers/{register}/up")).await?;
                desk.show(&up, |up| {
                    let (state, found, asked, missing) = (line(&up.state), up.found, up.asked, up.missing);
                    Text::new(
                        format!("{}\n补查到 {found} 项，请本人补 {asked} 项，查不到 {missing} 项", state.zh),
                        format!(
                            "{}\n{found} found, {asked} asked of the citizen, {missing} found nowhere",
                            state.en
                        ),
                    )
                })
            }
        }
    }
}

fn answered(answer: &RegisterAnswer) -> Text {
    let mut text = match answer.known {
        true => Text::new("有记录", "There is a record"),
        false => Text::new("没有记录", "There is no record"),
    };
    for (item, value) in &answer.items {
        case_words::append(&mut text, &format!("{item}：{value}"), &format!("{item}: {value}"));
    }
    text
}

fn line(state: &RegisterState) -> Text {
    let (register, title, waiting) = (&state.register, &state.title, state.waiting);
    let (zh, en) = match state.down_since {
        None => ("正常".to_owned(), "up".to_owned()),
        Some(since) => (format!("停用，自 {since}"), format!("down since {since}")),
    };
    Text::new(
        format!("{register}  {}  {zh}  等它的要件 {waiting}", title.zh),
        format!("{register}  {}  {en}  {waiting} waiting", title.en),
    )
}
