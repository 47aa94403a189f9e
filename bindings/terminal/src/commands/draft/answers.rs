//! The answers of a draft, as a person reads them.

use citizen_api::Language;
use citizen_api::form::FieldKind;
use citizen_core::form::{DraftView, EarlierAnswer, Fate, FieldView, Origin};
use serde_json::Value;

use crate::output::words::Either;
use crate::output::{Page, date};

/// A question and its answer, with where the answer comes from: the question, its name for the command line, and what
/// is there. A group is followed by the questions of its entries.
pub(super) fn rows(field: &FieldView, language: Language) -> Vec<Vec<String>> {
    match &field.field {
        // Shown with the papers and declarations, where they are met.
        FieldKind::Attachment { .. } | FieldKind::Declaration { .. } => Vec::new(),
        FieldKind::Note => {
            vec![vec![format!("· {}", field.label.get(language)), String::new(), String::new()]]
        }
        FieldKind::Group { entry, fields, .. } => {
            let next = field.entries.len();
            let first = fields.first().map(|field| field.field_id.to_string()).unwrap_or_default();
            let add = format!("{}/{next}/{first}", field.field_id);
            let mut rows = vec![vec![field.label.get(language).to_owned(), add, words(field, language)]];
            for (at, inner) in field.entries.iter().enumerate() {
                let number = at + 1;
                rows.push(vec![format!("  {} {number}", entry.get(language)), String::new(), String::new()]);
                for field in inner {
                    let label = format!("    {}", field.label.get(language));
                    rows.push(vec![label, field.path.to_string(), words(field, language)]);
                }
            }
            rows
        }
        _ => vec![vec![field.label.get(language).to_owned(), field.path.to_string(), words(field, language)]],
    }
}

fn words(field: &FieldView, language: Language) -> String {
    let mut words = match (&field.typed, &field.words, field.required) {
        (Some(typed), _, _) => typed.clone(),
        (None, Some(words), _) => words.get(language).to_owned(),
        (None, None, true) => "—".to_owned(),
        (None, None, false) => language.either("—（可不填）", "— (optional)").to_owned(),
    };
    match &field.origin {
        Origin::Register { source } => {
            let (title, day) = (source.title.get(language), date(source.as_of, language));
            words.push_str(&match language {
                Language::Zh => format!("（{title}，{day}）"),
                Language::En => format!(" ({title}, {day})"),
            });
        }
        Origin::Computed if field.words.is_some() => {
            words.push_str(language.either("（自动算出）", " (computed)"));
        }
        _ => {}
    }
    if let (Some(_), Some(register)) = (&field.dispute, &field.register) {
        let said = register.words.get(language);
        words.push_str(&match language {
            Language::Zh => {
                format!("\n您说登记有误：{}里是“{said}”，提交时一并请求更正", register.source.title.zh)
            }
            Language::En => format!(
                "\nYou say the {} is wrong: it has “{said}”. Filing asks for a correction",
                register.source.title.en
            ),
        });
    }
    for earlier in &field.earlier {
        let before = plain(&earlier.value);
        words.push_str(&match language {
            Language::Zh => format!("\n请重新填写；您原来填的是“{before}”"),
            Language::En => format!("\nPlease answer again; you had written “{before}”"),
        });
    }
    if let Some(finding) = &field.finding {
        words.push_str(&format!("\n! {}", finding.get(language)));
    }
    words
}

/// What the form no longer asks, and what was written over into other answers.
pub(super) fn earlier(page: &mut Page, view: &DraftView, language: Language) {
    if view.earlier.is_empty() && view.unasked_files.is_empty() {
        return;
    }
    page.heading(
        language.either(
            "新表单不再问的（为您留着，提交前都在）",
            "No longer asked (kept for you until you file)",
        ),
    );
    for earlier in &view.earlier {
        page.item(&line(earlier, language));
    }
    for file in &view.unasked_files {
        page.item(&format!("· {}", file.name));
    }
}

fn line(earlier: &EarlierAnswer, language: Language) -> String {
    let (label, value) = (earlier.label.get(language), plain(&earlier.value));
    match earlier.fate {
        Fate::Converted => match language {
            Language::Zh => format!("· {label}：{value}（已换算到新的一项）"),
            Language::En => format!("· {label}: {value} (written over into a new question)"),
        },
        Fate::AskAgain | Fate::NoLongerAsked => match language {
            Language::Zh => format!("· {label}：{value}"),
            Language::En => format!("· {label}: {value}"),
        },
    }
}

/// A value as it was written; several parts one after the other.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("、"),
        Value::Object(parts) => parts.values().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
