//! A draft, whole: for people and for programs.

use citizen_api::Language;
use citizen_core::attachment::AttachmentView;
use citizen_core::form::{
    DraftKind, DraftState, DraftView, EarlierAnswer, FieldView, Origin, RequirementView, ResolutionView,
};
use serde_json::{Map, Value, json};

use super::{answers, attach};
use crate::commands::parcel;
use crate::output::words::Either;
use crate::output::{Page, Side, date, words};
use crate::prefix::short;

/// What is asked, its name for the command line, and what is there.
const COLUMNS: [Side; 3] = [Side::Left; 3];

/// The draft for programs.
pub(super) fn document(view: &DraftView, language: Language) -> Value {
    let fields = || view.form.fields();
    let answers: Map<String, Value> =
        fields().filter_map(|field| Some((field.field_id.to_string(), field.value.clone()?))).collect();
    let prefilled = fields().filter(|field| matches!(field.origin, Origin::Register { .. })).count();
    let attachments: Vec<&AttachmentView> =
        view.requirements.iter().flat_map(|requirement| requirement.resolution.files()).collect();
    let declarations: Vec<Value> = view
        .declarations
        .iter()
        .map(|view| json!({ "declaration_id": view.declaration.declaration_id, "agreed": view.agreed }))
        .collect();
    let still_needed: Vec<Value> =
        view.needed.iter().map(|needed| json!(needed.sentence().get(language))).collect();
    json!({
        "draft_id": view.draft_id,
        "service_id": view.service_id,
        "service_version": view.service_version,
        "moved_from": view.moved_from,
        "title": view.title.get(language),
        "submitted": matches!(view.state, DraftState::Submitted { .. }),
        "revision": view.revision,
        "answers": answers,
        "fields": fields().map(|field| field_document(field, language)).collect::<Vec<_>>(),
        "requirements": view.requirements.iter().map(|requirement| requirement_document(requirement, language)).collect::<Vec<_>>(),
        "attachments": attachments,
        "declarations": declarations,
        "delivery_choices": view.delivery_choices,
        "delivery": view.delivery,
        "deliver_to": view.deliver_to,
        "note": view.note,
        "concern": view.concern,
        "still_needed": still_needed,
        "papers": {
            "asked": view.evidence.asked,
            "prefilled": view.evidence.prefilled,
            "not_needed": view.evidence.not_needed,
        },
        "answers_prefilled": prefilled,
        "progress": view.form.progress,
        "earlier": view.earlier.iter().map(|earlier| earlier_document(earlier, language)).collect::<Vec<_>>(),
        "unasked_files": view.unasked_files,
    })
}

fn field_document(field: &FieldView, language: Language) -> Value {
    let source = match &field.origin {
        Origin::Register { source } => json!(source),
        Origin::Person | Origin::Computed | Origin::Nobody => Value::Null,
    };
    let entry = |entry: &Vec<FieldView>| -> Value {
        entry.iter().map(|inner| field_document(inner, language)).collect()
    };
    json!({
        "path": field.path,
        "field_id": field.field_id,
        "label": field.label.get(language),
        "kind": field.field,
        "required": field.required,
        "value": field.value,
        "words": field.words.as_ref().map(|words| words.get(language)),
        "typed": field.typed,
        "computed": field.origin == Origin::Computed,
        "source": source,
        "register": field.register,
        "dispute": field.dispute,
        "finding": field.finding.as_ref().map(|finding| finding.get(language)),
        "earlier": field.earlier.iter().map(|earlier| earlier_document(earlier, language)).collect::<Vec<_>>(),
        "entries": field.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn earlier_document(earlier: &EarlierAnswer, language: Language) -> Value {
    json!({
        "field_id": earlier.field_id,
        "label": earlier.label.get(language),
        "value": earlier.value,
        "version": earlier.version,
        "fate": earlier.fate,
    })
}

fn requirement_document(requirement: &RequirementView, language: Language) -> Value {
    let (route, needed) = match &requirement.resolution {
        ResolutionView::Cancelled { .. } => ("cancelled", 0),
        ResolutionView::Shared { .. } => ("shared", 0),
        ResolutionView::Declared { .. } => ("declared", 0),
        ResolutionView::Checked { .. } => ("checked", 0),
        ResolutionView::Provided { provided, .. } => ("provided", provided.min_files),
        ResolutionView::Pending { .. } => ("pending", 0),
        ResolutionView::Deferred { .. } => ("deferred", 0),
        ResolutionView::NoRoute => ("no_route", 0),
    };
    json!({
        "requirement_id": requirement.requirement_id,
        "title": requirement.title.get(language),
        "route": route,
        "files": requirement.resolution.files().len(),
        "needed": needed,
        "met": requirement.met,
    })
}

/// What a grievance is about, and whether its desk may read that.
fn concern(page: &mut Page, view: &DraftView, language: Language) {
    let Some(concern) = &view.concern else { return };
    page.item(&format!("{}{}", language.either("反映的是：", "About: "), concern.title.get(language)));
    if concern.shares_case {
        page.item(language.either("窗口可以看这个办件。", "The desk may read the case."));
    }
}

/// The draft for people, in the order it is asked.
pub(super) fn page(view: &DraftView, language: Language) -> Page {
    let mut page = Page::new();
    let state = match view.state {
        DraftState::Open => language.either("在写", "being written"),
        DraftState::Submitted { .. } => language.either("已提交", "filed"),
    };
    page.line(&format!("{} · {state} · {}", view.title.get(language), short(view.draft_id)));
    if let DraftKind::Supplement { reason, answer_by, .. } = &view.kind {
        let day = date(*answer_by, language);
        page.item(&match language {
            Language::Zh => format!("{}（请在 {day} 前回复）", reason.zh),
            Language::En => format!("{} (by {day})", reason.en),
        });
    }
    concern(&mut page, view, language);
    if let Some(version) = view.moved_from {
        page.item(&match language {
            Language::Zh => format!(
                "这张表单有了新版本（第 {version} 版 → 第 {} 版），您写的已经搬过来，一样也没有丢。",
                view.service_version
            ),
            Language::En => format!(
                "This form has a new version ({version} → {}). What you wrote was moved to it; nothing is lost.",
                view.service_version
            ),
        });
    }
    for part in &view.form.pages {
        page.heading(part.title.get(language));
        let answers: Vec<Vec<String>> =
            part.fields.iter().flat_map(|field| answers::rows(field, language)).collect();
        page.table(&COLUMNS, &answers);
    }
    answers::earlier(&mut page, view, language);
    if !view.requirements.is_empty() {
        page.heading(language.either("材料", "Papers"));
        let papers: Vec<Vec<String>> =
            view.requirements.iter().map(|requirement| paper(requirement, language)).collect();
        page.table(&COLUMNS, &papers);
    }
    for view in &view.declarations {
        let declaration = &view.declaration;
        let agreed = match view.agreed {
            true => language.either("已同意", "agreed"),
            false => language.either("等您同意", "waits for your word"),
        };
        page.heading(&format!(
            "{} · {agreed}  {}",
            declaration.title.get(language),
            declaration.declaration_id
        ));
        page.item(declaration.statement.get(language));
        page.item(declaration.consequences.get(language));
    }
    delivery(&mut page, view, language);
    still_needed(&mut page, view, language);
    page
}

/// How the result can reach the person, and what they chose.
fn delivery(page: &mut Page, view: &DraftView, language: Language) {
    if view.delivery_choices.is_empty() {
        return;
    }
    page.heading(language.either("结果怎么给您", "How the result reaches you"));
    for choice in &view.delivery_choices {
        let mark = if view.delivery == Some(*choice) { "●" } else { "○" };
        let (words, name) = words::delivery_choice(*choice, language);
        page.item(&format!("{mark} {words}  {name}"));
    }
    if let Some(to) = &view.deliver_to {
        page.item(&format!("{}{}", language.either("寄到：", "To: "), parcel::address(to, language)));
    }
}

fn still_needed(page: &mut Page, view: &DraftView, language: Language) {
    let (open, name) = (view.state == DraftState::Open, short(view.draft_id));
    if open && view.needed.is_empty() {
        page.heading(&format!(
            "{} citizen draft submit {name}",
            language.either("都齐了，可以提交：", "Complete. To file it:")
        ));
    } else if open {
        page.heading(language.either("还差", "Still needed"));
        for needed in &view.needed {
            page.item(&format!("· {}", needed.sentence().get(language)));
        }
    }
}

/// A paper, and how it is met.
fn paper(requirement: &RequirementView, language: Language) -> Vec<String> {
    let words = match &requirement.resolution {
        ResolutionView::Cancelled { .. } => {
            language.either("已取消，不用交", "cancelled, not needed").to_owned()
        }
        ResolutionView::Shared { source } => match language {
            Language::Zh => format!("{}里有，不用交", source.title.zh),
            Language::En => format!("not needed: in the {}", source.title.en),
        },
        ResolutionView::Declared { .. } => {
            language.either("签承诺书代替", "a declaration instead").to_owned()
        }
        ResolutionView::Checked { department } => match language {
            Language::Zh => format!("由{}核查，不用交", department.zh),
            Language::En => format!("not needed: checked with {}", department.en),
        },
        ResolutionView::Pending { files, .. } if files.is_empty() => language
            .either("联网时向登记库核对，不用交", "not needed: a register is asked once there is a network")
            .to_owned(),
        ResolutionView::Deferred { files, .. } if files.is_empty() => language
            .either(
                "登记库暂时查不了，过后由部门去查；想快些可以先拍照附上",
                "the register is down and looked up later; a photograph makes it faster",
            )
            .to_owned(),
        ResolutionView::Provided { provided, files } if files.is_empty() && provided.min_files == 0 => {
            language.either("审核要时再交", "only if the office asks").to_owned()
        }
        ResolutionView::Provided { files, .. } if files.is_empty() => {
            language.either("请拍照附上", "please attach").to_owned()
        }
        ResolutionView::Provided { files, .. }
        | ResolutionView::Pending { files, .. }
        | ResolutionView::Deferred { files, .. } => {
            let lines: Vec<String> = files.iter().map(|file| attach::line(file, language)).collect();
            lines.join("\n")
        }
        ResolutionView::NoRoute => language.either("请到窗口办理", "at a counter").to_owned(),
    };
    vec![requirement.title.get(language).to_owned(), requirement.requirement_id.to_string(), words]
}
