//! `citizen grievance`: saying what could not be done in one trip, and what the desk answers.

use citizen_api::{Language, ServiceId};
use citizen_core::Compartment;
use citizen_core::case::CaseView;
use citizen_core::grievance::Concerning;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{case, outbox};
use crate::failure::Failure;
use crate::output::words::{self, Either};
use crate::output::{Page, Report, date};
use crate::prefix::short;
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 开始写：没有网络也行 ‖ Begin; works without a network
    New(About),
    /// 反映过的，谁在答复、答复了什么 ‖ What you have said, who answers it, and the answer
    List,
}

#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct About {
    /// 关于哪个事项，例如 medical-reimbursement ‖ About which service, such as medical-reimbursement
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// 关于哪个办件；对答复不满意的，写那次反映的编号 ‖ About which case; where an answer did not help, the case of that grievance
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// 关于发件箱里哪一项没被接受的 ‖ About which item of the outbox that was not taken
    #[arg(long, value_name = "ITEM")]
    refused: Option<String>,
    /// 觉得哪一次不该查（register-log 里的编号） ‖ About a reading of your records that you object to (its number in register-log)
    #[arg(long, value_name = "NUMBER")]
    reading: Option<u64>,
}

pub(crate) fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    match command {
        Command::New(about) => new(shell, &compartment, about),
        Command::List => list(shell, &compartment),
    }
}

fn new(shell: &Shell, compartment: &Compartment, about: &About) -> Result<Report, Failure> {
    let draft_id = compartment.grievances().begin(&concerning(compartment, about)?)?;
    let view = compartment.drafts().show(draft_id)?;
    let language = shell.language();
    let name = short(draft_id);
    let mut page = Page::new();
    page.line(&match language {
        Language::Zh => format!("草稿 {name}：{}", view.title.zh),
        Language::En => format!("Draft {name}: {}", view.title.en),
    });
    if view.concern.as_ref().is_some_and(|concern| concern.can_share) {
        page.item(language.either(
            "默认不给窗口看您的办件；要给它看：",
            "The desk does not see your case unless you let it:",
        ));
        page.item(&format!("citizen draft share {name}"));
    }
    page.item(&format!("{} citizen draft show {name}", language.either("看要填什么：", "What it asks:")));
    Ok(Report::done(json!({ "draft_id": draft_id }), page))
}

fn concerning(compartment: &Compartment, about: &About) -> Result<Concerning, Failure> {
    let About { service, case, refused, reading } = about;
    Ok(match (service, case, refused, reading) {
        (Some(service), ..) => Concerning::Service(ServiceId::from(service.as_str())),
        (_, Some(typed), ..) => Concerning::Case(case::find(compartment, typed)?),
        (_, _, Some(typed), _) => Concerning::Refused(outbox::find(compartment, typed)?),
        (.., Some(reading)) => Concerning::Reading(*reading),
        (None, None, None, None) => Concerning::Nothing,
    })
}

fn list(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let language = shell.language();
    let views = compartment.grievances().list()?;
    let mut page = Page::new();
    if views.is_empty() {
        page.line(language.either(
            "您还没有反映过。跑了一趟没办成的：citizen grievance new",
            "You have said nothing yet. If a trip was in vain: citizen grievance new",
        ));
    }
    views.iter().for_each(|view| line(&mut page, view, language));
    let documents: Vec<Value> = views.iter().map(|view| json!(view.case)).collect();
    Ok(Report::done(json!({ "grievances": documents }), page))
}

fn line(page: &mut Page, view: &CaseView, language: Language) {
    let case = &view.case;
    let Some(grievance) = &case.grievance else { return };
    let about = grievance.about.as_ref().unwrap_or(&case.title).get(language);
    let status = words::case_status(case.status, language);
    page.line(&format!("{}  {about} · {status}", short(case.case_id)));
    answered(page, view, language);
}

/// Who answers by when, or what was answered.
pub(super) fn answered(page: &mut Page, view: &CaseView, language: Language) {
    let case = &view.case;
    let Some(grievance) = &case.grievance else { return };
    let Some(answer) = &grievance.answer else {
        let day = date(case.promised_by, language);
        page.item(&match language {
            Language::Zh => format!("{}，{day} 前答复；到期没答复的自动交给上一级。", grievance.desk.zh),
            Language::En => format!(
                "The {} answers by {day}; what it leaves goes to the desk above by itself.",
                grievance.desk.en
            ),
        });
        return;
    };
    page.item(&match language {
        Language::Zh => format!("{}：{}", answer.by.zh, answer.text.zh),
        Language::En => format!("{}: {}", answer.by.en, answer.text.en),
    });
    if !answer.put_right {
        page.item(&match language {
            Language::Zh => {
                format!("不满意的，交给上一级：citizen grievance new --case {}", short(case.case_id))
            }
            Language::En => {
                format!("If that does not help: citizen grievance new --case {}", short(case.case_id))
            }
        });
    }
}
