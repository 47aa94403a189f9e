//! `citizen services`: the city's services, found and read without a network.

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::{EvidenceRoute, Requirement};
use citizen_api::form::{Field, FieldKind};
use citizen_api::{Fen, Language, LifeEventId, ServiceId};
use citizen_core::catalogue::ServiceSummary;
use citizen_core::draft::Needs;
use citizen_core::{CitizenApp, Error, ErrorKind};
use clap::Subcommand;
use serde_json::json;

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// More than anyone reads; fewer matches come from typing more.
const MOST: usize = 50;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 按名称、用途、关键词查找 ‖ Find by name, purpose or keyword
    Search {
        /// 要找的字词 ‖ What to look for
        #[arg(value_name = "TEXT", required = true)]
        text: Vec<String>,
    },
    /// 按人生大事找：生孩子、退休、办后事……不写就列出有哪些 ‖ By life event: a birth, retirement, a death; without one, which there are
    Event {
        /// 哪件大事，例如 retirement ‖ Which event, such as retirement
        #[arg(value_name = "EVENT")]
        event: Option<String>,
    },
    /// 看一个事项：问什么、要什么、多久办好 ‖ One service: what it asks, what it needs, how long it takes
    Show {
        /// 事项编号，例如 medical-reimbursement ‖ The service's name, such as medical-reimbursement
        #[arg(value_name = "SERVICE")]
        service: String,
    },
    /// 办这个事项，我还要准备什么（会向登记库查一次） ‖ What this service still needs from me (asks the registers once)
    Needs {
        /// 事项编号，例如 medical-reimbursement ‖ The service's name, such as medical-reimbursement
        #[arg(value_name = "SERVICE")]
        service: String,
    },
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    pull_once(&shell.app).await?;
    match command {
        Command::Search { text } => search(shell, &text.join(" ")),
        Command::Event { event: None } => events(shell),
        Command::Event { event: Some(event) } => {
            let found = shell.app.services().of_life_event(&LifeEventId::from(event.as_str()), MOST)?;
            Ok(found_services(shell, &found))
        }
        Command::Show { service } => show(shell, &ServiceId::from(service.as_str())),
        Command::Needs { service } => needs(shell, &ServiceId::from(service.as_str())).await,
    }
}

/// What a service still needs from this person: by what registers say now, or said when they were last asked.
async fn needs(shell: &Shell, service_id: &ServiceId) -> Result<Report, Failure> {
    let drafts = shell.unlocked()?.drafts();
    let language = shell.language();
    let mut page = Page::new();
    let needs = match drafts.ask_needs(service_id).await {
        Err(error) if error.kind() == ErrorKind::Waiting => {
            page.line(&error.reason(language));
            drafts.needs(service_id)?
        }
        asked => asked?,
    };
    page.line(needs.sentence.get(language));
    if !needs.for_this_person {
        page.item(language.either(
            "这是登记库里有您记录时的情况；联网后再查一次就知道您的。",
            "This holds if the registers know you; ask again with a network to be sure.",
        ));
    }
    Ok(Report::done(json!({ "service_id": service_id, "needs": needs }), page))
}

/// Fetches the catalogue where none is here yet. From then on it is there without a network.
pub(crate) async fn pull_once(app: &CitizenApp) -> Result<(), Error> {
    match app.services().version()? {
        0 => app.pull_catalogue().await.map(drop),
        _ => Ok(()),
    }
}

fn search(shell: &Shell, text: &str) -> Result<Report, Failure> {
    let found = shell.app.services().search(text, shell.language(), MOST)?;
    Ok(found_services(shell, &found))
}

/// Services in a list, each with whether the ID is enough for it.
fn found_services(shell: &Shell, found: &[ServiceSummary]) -> Report {
    let language = shell.language();
    let mut page = Page::new();
    if found.is_empty() {
        page.line(language.either(
            "没有找到。换个说法试试，例如“报销”“证明”“优待证”。",
            "Nothing was found. Try another word, such as “reimbursement” or “proof”.",
        ));
    }
    for service in found {
        let chip = match (service.needs_newer_app, service.only_the_id) {
            (true, _) => language.either(" · 要更新应用", " · needs a newer app"),
            (false, true) => language.either(" · 只要身份证", " · only your ID"),
            (false, false) => "",
        };
        page.line(&format!("{}{chip}  {}", service.title.get(language), service.service_id));
        page.item(service.summary.get(language));
    }
    let services: Vec<_> = found
        .iter()
        .map(|service| {
            json!({
                "service_id": service.service_id,
                "title": service.title.get(language),
                "summary": service.summary.get(language),
                "only_the_id": service.only_the_id,
                "needs_newer_app": service.needs_newer_app,
            })
        })
        .collect();
    Report::done(json!({ "services": services }), page)
}

fn events(shell: &Shell) -> Result<Report, Failure> {
    let language = shell.language();
    let events = shell.app.services().life_events()?;
    let mut page = Page::new();
    for event in &events {
        let (title, name) = (event.life_event.title.get(language), &event.life_event.life_event_id);
        page.line(&match language {
            Language::Zh => format!("{title} · {} 个事项  {name}", event.services),
            Language::En => format!("{title} · {} services  {name}", event.services),
        });
    }
    Ok(Report::done(json!({ "life_events": events }), page))
}

fn show(shell: &Shell, service_id: &ServiceId) -> Result<Report, Failure> {
    let service = shell.app.services().show(service_id)?;
    let page = page(&service, shell.language());
    Ok(Report::done(serde_json::to_value(&service).unwrap_or_default(), page))
}

fn page(service: &PublicService, language: Language) -> Page {
    let mut page = Page::new();
    page.line(&format!("{}  {}", service.title.get(language), service.service_id));
    page.item(service.summary.get(language));
    if service.workflow.is_filed() {
        page.item(Needs::of(service).sentence.get(language));
    }
    page.heading(language.either("怎么办", "How it goes"));
    page.facts(&facts(service, language));
    let fields: Vec<(String, String)> = service
        .form
        .fields()
        .filter(|field| is_asked(field))
        .map(|field| question(field, language))
        .collect();
    if !fields.is_empty() {
        page.heading(language.either("要回答", "Questions")).facts(&fields);
    }
    if !service.requirements.is_empty() {
        let papers: Vec<(String, String)> = service
            .requirements
            .iter()
            .map(|requirement| {
                let title = requirement.title.get(language);
                (
                    requirement.requirement_id.to_string(),
                    format!("{title} · {}", first_route(requirement, language)),
                )
            })
            .collect();
        page.heading(language.either("要件", "Papers")).facts(&papers);
    }
    if !service.legal_basis.is_empty() {
        page.heading(language.either("依据", "The law"));
        for law in &service.legal_basis {
            page.item(&format!("{} {}", law.title.get(language), law.says.get(language)));
        }
    }
    if service.workflow.is_filed() {
        page.heading(language.either("开始填写：", "To begin:"))
            .item(&format!("citizen draft new {}", service.service_id));
    }
    page
}

/// Whether a person answers it: not what is computed, and not what only has its place in the form.
fn is_asked(field: &Field) -> bool {
    let placed =
        matches!(field.kind, FieldKind::Attachment { .. } | FieldKind::Declaration { .. } | FieldKind::Note);
    !placed && field.compute.is_none()
}

fn question(field: &Field, language: Language) -> (String, String) {
    let depends = field.visible_when.is_some() || field.required_when.is_some();
    let when = match (field.required, depends) {
        (_, true) => language.either("（看情况）", " (if it applies)"),
        (true, false) => "",
        (false, false) => language.either("（可不填）", " (optional)"),
    };
    (field.field_id.to_string(), format!("{}{when}", field.label.get(language)))
}

fn facts(service: &PublicService, language: Language) -> Vec<(&'static str, String)> {
    let days = |days: u32| match language {
        Language::Zh => format!("{days} 个工作日"),
        Language::En => format!("{days} working days"),
    };
    let fee = match service.fee {
        Fen::ZERO => language.either("不收费", "free").to_owned(),
        fee => fee.to_string(),
    };
    vec![
        (language.either("办理部门", "Office"), service.department.get(language).to_owned()),
        (language.either("承诺期限", "Promised within"), days(service.promised_deadline_days)),
        (language.either("法定期限", "Legal limit"), days(service.legal_deadline_days)),
        (language.either("费用", "Fee"), fee),
        (language.either("结果", "Result"), service.result.get(language).to_owned()),
    ]
}

/// How a paper is met, as far as that can be said for everyone.
fn first_route(requirement: &Requirement, language: Language) -> String {
    match requirement.routes.first() {
        Some(EvidenceRoute::Cancelled { .. }) => {
            language.either("已取消，不用交", "cancelled, not needed").to_owned()
        }
        Some(EvidenceRoute::Declared { .. }) => {
            language.either("签承诺书代替", "a declaration instead").to_owned()
        }
        Some(EvidenceRoute::Checked { department }) => match language {
            Language::Zh => format!("由{}核查，不用交", department.zh),
            Language::En => format!("checked with {}, not needed", department.en),
        },
        Some(EvidenceRoute::Shared { .. }) => {
            language.either("登记库里有的不用交", "not needed where a register has it").to_owned()
        }
        Some(EvidenceRoute::Provided(provided)) if provided.min_files == 0 => {
            language.either("审核要时再交", "only if the office asks").to_owned()
        }
        Some(EvidenceRoute::Provided(_)) => language.either("请拍照附上", "please attach").to_owned(),
        None => language.either("到窗口办理", "at a counter").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use super::page;

    #[test]
    fn a_service_reads_whole_in_both_languages() {
        let document = include_str!("../../../../city/catalogue/medical-reimbursement.json");
        let service = serde_json::from_str(document).unwrap();
        let zh = page(&service, Language::Zh);
        for line in [
            "承诺期限  5 个工作日",
            "费用      不收费",
            "医疗收费票据 · 请拍照附上",
            "居住证明 · 已取消，不用交",
        ] {
            assert!(zh.as_str().contains(line), "{line} is not in\n{}", zh.as_str());
        }
        let en = page(&service, Language::En);
        assert!(en.as_str().contains("Promised within  5 working days"), "{}", en.as_str());
        assert!(!en.as_str().contains('。'), "{}", en.as_str());
    }
}
