//! `citizen draft set`: answers, as they are typed.

use citizen_api::Language;
use citizen_core::Compartment;
use citizen_core::draft::{DraftId, FieldPath};
use serde_json::json;

use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// Keeps answers. All are judged before the first is written; then each is on disk before the next.
pub(super) fn run(
    shell: &Shell,
    compartment: &Compartment,
    draft_id: DraftId,
    typed: &[String],
) -> Result<Report, Failure> {
    let pairs = pairs(typed)?;
    let read = compartment.drafts().read_typed(draft_id, &pairs)?;
    let mut revision = 0;
    for (path, value) in &read {
        revision = match value {
            Some(value) => compartment.drafts().set_answer(draft_id, path, value)?,
            None => compartment.drafts().clear_answer(draft_id, path)?,
        };
    }
    let needed = compartment.drafts().show(draft_id)?.needed;
    let mut page = Page::new();
    page.line(&match (read.len(), needed.len(), shell.language()) {
        (kept, 0, Language::Zh) => format!("已存好 {kept} 项。都齐了，可以提交。"),
        (kept, 0, Language::En) => format!("{kept} kept. Nothing is missing; it can be filed."),
        (kept, left, Language::Zh) => format!("已存好 {kept} 项，还差 {left} 项。"),
        (kept, left, Language::En) => format!("{kept} kept, {left} still needed."),
    });
    Ok(Report::done(json!({ "draft_id": draft_id, "revision": revision }), page))
}

/// Fields and what was typed for them: `FIELD=VALUE` each, or one field followed by the words of its answer.
fn pairs(typed: &[String]) -> Result<Vec<(FieldPath, String)>, Failure> {
    let not_a_pair = |word: &str| Failure::NotAPair { typed: word.to_owned() };
    let (first, rest) = typed.split_first().ok_or_else(|| not_a_pair(""))?;
    if !first.contains('=') {
        return match rest.is_empty() {
            true => Err(not_a_pair(first)),
            false => Ok(vec![(path(first), rest.join(" "))]),
        };
    }
    typed
        .iter()
        .map(|word| {
            let (field, value) = word.split_once('=').ok_or_else(|| not_a_pair(word))?;
            Ok((path(field), value.to_owned()))
        })
        .collect()
}

fn path(written: &str) -> FieldPath {
    let Ok(path) = written.trim().parse();
    path
}

#[cfg(test)]
mod tests {
    use super::pairs;

    fn read(typed: &[&str]) -> Option<Vec<(String, String)>> {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        Some(pairs(&typed).ok()?.into_iter().map(|(path, value)| (path.to_string(), value)).collect())
    }

    #[test]
    fn answers_are_typed_in_either_way() {
        let pair = |field: &str, value: &str| (field.to_owned(), value.to_owned());
        assert_eq!(read(&["amount=1286.40"]).unwrap(), [pair("amount", "1286.40")]);
        assert_eq!(read(&["a=1", "b=x=y"]).unwrap(), [pair("a", "1"), pair("b", "x=y")]);
        assert_eq!(read(&["hospital", "义乌市", "中心医院"]).unwrap(), [pair("hospital", "义乌市 中心医院")]);
        assert_eq!(read(&["note="]).unwrap(), [pair("note", "")]);
        assert!(read(&["amount"]).is_none());
        assert!(read(&["a=1", "b"]).is_none());
    }
}
