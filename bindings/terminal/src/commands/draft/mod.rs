//! `citizen draft`: writing what is going to be filed. Everything but the sending works without a network.

mod answers;
mod attach;
mod choose;
mod page;
mod set;

use std::path::PathBuf;

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::{FieldId, RequirementId, ServiceId};
use citizen_core::draft::DraftId;
use citizen_core::form::DraftState;
use citizen_core::{Compartment, ErrorKind};
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::{parcel, send, services};
use crate::failure::{Failure, Thing};
use crate::output::words::Either;
use crate::output::{Page, Report, age};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 开始填写一个事项 ‖ Begin a draft for a service
    New {
        /// 事项编号，例如 medical-reimbursement ‖ The service's name, such as medical-reimbursement
        #[arg(value_name = "SERVICE")]
        service: String,
    },
    /// 回答：项目=内容，可以一次写几项；内容留空就是清掉；一组里的写成 children/0/name ‖ Answer: FIELD=VALUE, several at once; an empty value takes it back; within a group, children/0/name
    Set {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 项目=内容，或“项目 内容” ‖ FIELD=VALUE, or FIELD VALUE
        #[arg(value_name = "FIELD=VALUE", required = true, allow_hyphen_values = true)]
        answers: Vec<String>,
    },
    /// 去掉一组里的一个，例如第 2 个孩子 ‖ Take one entry out of a group, such as the second child
    Remove {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 哪一组，例如 children ‖ Which group, such as children
        #[arg(value_name = "GROUP")]
        group: String,
        /// 第几个，从 1 数起 ‖ Which entry, counted from 1
        #[arg(value_name = "NUMBER")]
        number: usize,
    },
    /// 登记库里的记录有误：提交时一并请求更正 ‖ Say that a register is wrong: filing asks for a correction
    Dispute {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 哪一项，例如 phone ‖ Which question, such as phone
        #[arg(value_name = "FIELD")]
        field: String,
        /// 错在哪里，可以不写 ‖ What is wrong; may be left out
        #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
        note: String,
        /// 收回 ‖ Take it back
        #[arg(long)]
        withdraw: bool,
    },
    /// 附上材料 ‖ Attach papers
    Attach {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 哪个要件，例如 invoice ‖ For which requirement, such as invoice
        #[arg(value_name = "REQUIREMENT")]
        requirement: String,
        /// 照片或文件 ‖ Photographs or files
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// 拿掉一份材料 ‖ Take a paper out again
    Detach {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 哪份材料（编号的开头或末尾） ‖ Which paper (the beginning or end of its name)
        #[arg(value_name = "ATTACHMENT")]
        attachment: String,
    },
    /// 同意一份承诺书 ‖ Agree to a declaration
    Agree {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 哪份承诺书 ‖ Which declaration
        #[arg(value_name = "DECLARATION")]
        declaration: String,
        /// 收回同意 ‖ Take it back
        #[arg(long)]
        withdraw: bool,
    },
    /// 让答复的窗口看您的办件，和当时没被接受的原因 ‖ Let the desk that answers read your case, and what the city refused
    Share {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// 收回 ‖ Take it back
        #[arg(long)]
        withdraw: bool,
    },
    /// 选结果怎么给您 ‖ Choose how the result reaches you
    Deliver {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
        /// phone 手机、courier 快递、counter 窗口 ‖ phone, courier or counter
        #[arg(value_name = "HOW", hide_possible_values = true)]
        how: How,
        #[command(flatten)]
        to: parcel::Address,
    },
    /// 看一份草稿：填了什么，还差什么 ‖ Show a draft: what is there, what is still needed
    Show {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
    },
    /// 列出草稿 ‖ List the drafts
    List,
    /// 提交：签名，放进发件箱，能发就马上发 ‖ File: sign, put into the outbox, and send at once where possible
    Submit {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
    },
    /// 扔掉一份草稿和它的材料 ‖ Throw a draft away, with its papers
    Discard {
        /// 哪份草稿（编号的开头或末尾） ‖ Which draft (the beginning or end of its name)
        #[arg(value_name = "DRAFT")]
        draft: String,
    },
}

/// How a result can reach the person, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum How {
    Phone,
    Courier,
    Counter,
}

impl From<How> for DeliveryChoice {
    fn from(how: How) -> Self {
        match how {
            How::Phone => Self::Phone,
            How::Courier => Self::Courier,
            How::Counter => Self::Counter,
        }
    }
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let drafts = compartment.drafts();
    match command {
        Command::New { service } => new(shell, &compartment, &ServiceId::from(service.as_str())).await,
        Command::Set { draft, answers } => set::run(shell, &compartment, find(&compartment, draft)?, answers),
        Command::Attach { draft, requirement, files } => {
            let requirement = RequirementId::from(requirement.as_str());
            attach::run(shell, &compartment, find(&compartment, draft)?, &requirement, files)
        }
        Command::Detach { draft, attachment } => {
            attach::take_out(shell, &compartment, find(&compartment, draft)?, attachment)
        }
        Command::Agree { draft, declaration, withdraw } => {
            let draft_id = find(&compartment, draft)?;
            choose::agree(shell, &compartment, draft_id, declaration, !withdraw)
        }
        Command::Deliver { draft, how, to } => {
            let draft_id = find(&compartment, draft)?;
            drafts.choose_delivery(draft_id, (*how).into())?;
            if let Some(to) = to.to() {
                drafts.deliver_to(draft_id, &to)?;
            }
            Ok(done(shell, draft_id, ("已选好。", "Chosen.")))
        }
        Command::Share { draft, withdraw } => {
            let draft_id = find(&compartment, draft)?;
            drafts.share_case(draft_id, !withdraw)?;
            Ok(done(shell, draft_id, if *withdraw { choose::TAKEN_BACK } else { choose::SHARED }))
        }
        Command::Remove { draft, group, number } => {
            let draft_id = find(&compartment, draft)?;
            // Nobody counts from 0 aloud; the place before the first is no entry.
            drafts.remove_entry(draft_id, &FieldId::from(group.as_str()), number.wrapping_sub(1))?;
            Ok(done(shell, draft_id, ("已去掉。", "Taken out.")))
        }
        Command::Dispute { draft, field, note, withdraw } => {
            let draft_id = find(&compartment, draft)?;
            choose::dispute(shell, &compartment, draft_id, field, (!withdraw).then_some(note))
        }
        Command::Show { draft } => {
            let view = drafts.open(find(&compartment, draft)?)?;
            Ok(Report::done(page::document(&view, shell.language()), page::page(&view, shell.language())))
        }
        Command::List => list(shell, &compartment),
        Command::Submit { draft } => {
            let draft_id = find(&compartment, draft)?;
            let transaction_id = compartment.submissions().submit(draft_id)?;
            send::file(shell, &compartment, transaction_id).await
        }
        Command::Discard { draft } => {
            let draft_id = find(&compartment, draft)?;
            drafts.discard(draft_id)?;
            Ok(done(shell, draft_id, ("已扔掉，材料也一起删了。", "Thrown away, with its papers.")))
        }
    }
}

fn find(compartment: &Compartment, typed: &str) -> Result<DraftId, Failure> {
    let drafts = compartment.drafts().list()?;
    prefix::find(Thing::Draft, typed, drafts.iter().map(|draft| Named::of(draft.draft_id)))
}

fn done(shell: &Shell, draft_id: DraftId, (zh, en): (&str, &str)) -> Report {
    let mut page = Page::new();
    page.line(shell.language().either(zh, en));
    Report::done(json!({ "draft_id": draft_id }), page)
}

/// Begins a draft, and asks the registers at once where that is possible. Where it is not, the draft is begun all the
/// same.
async fn new(shell: &Shell, compartment: &Compartment, service_id: &ServiceId) -> Result<Report, Failure> {
    let language = shell.language();
    match services::pull_once(&shell.app).await {
        Err(error) if error.kind() != ErrorKind::Waiting => return Err(error.into()),
        _ => {}
    }
    let draft_id = compartment.drafts().create(service_id)?;
    let asked = compartment.drafts().prefill(draft_id).await;
    let mut page = Page::new();
    let name = short(draft_id);
    page.line(&match language {
        citizen_api::Language::Zh => format!("草稿 {name} 已开始。"),
        citizen_api::Language::En => format!("Draft {name} has begun."),
    });
    if let Err(error) = asked {
        page.item(&error.reason(language));
        page.item(language.either(
            "登记库里已有的内容这次没有取到，先填着，联网后再看。",
            "What the registers know could not be fetched now; go on writing and look again with a network.",
        ));
    }
    page.item(&format!("{} citizen draft show {name}", language.either("看要填什么：", "What it asks:")));
    Ok(Report::done(json!({ "draft_id": draft_id }), page))
}

fn list(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let drafts = compartment.drafts().list()?;
    let language = shell.language();
    let mut page = Page::new();
    if drafts.is_empty() {
        page.line(language.either(
            "没有草稿。找事项：citizen services search 报销",
            "No drafts. To find a service: citizen services search reimbursement",
        ));
    }
    let mut documents: Vec<Value> = Vec::new();
    for draft in &drafts {
        let submitted = matches!(draft.state, DraftState::Submitted { .. });
        let state = match submitted {
            true => language.either("已提交", "filed"),
            false => language.either("在写", "being written"),
        };
        let changed = age(draft.updated_at, jiff::Timestamp::now()).words(draft.updated_at, language);
        page.line(&format!("{}  {} · {state} · {changed}", short(draft.draft_id), draft.title.get(language)));
        documents.push(json!({
            "draft_id": draft.draft_id,
            "service_id": draft.service_id,
            "title": draft.title.get(language),
            "updated_at": draft.updated_at,
            "submitted": submitted,
        }));
    }
    Ok(Report::done(json!({ "drafts": documents }), page))
}
