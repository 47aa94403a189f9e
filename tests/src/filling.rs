//! Filling in any form as a person would who answers what is asked and nothing else: a test that names one question
//! needs the others answered too, and no test holds the fields of a service.

use serde_json::Value;

use crate::desk::Desk;
use crate::phone::Phone;
use crate::{Failure, Outcome};

/// More rounds than any form has questions that depend on questions.
const ROUNDS: usize = 8;

/// Answers every question of a draft that must be answered, first as `own` says and otherwise with anything that its
/// kind takes; adds the first entry of groups that need one; agrees to what is declared.
pub fn fill(desk: &Desk, draft_id: &str, own: &[(&str, &str)]) -> Outcome<()> {
    fill_on(&desk.phone, draft_id, own)
}

/// The same on any phone.
pub fn fill_on(phone: &Phone, draft_id: &str, own: &[(&str, &str)]) -> Outcome<()> {
    for (path, answer) in own {
        phone.done(&["draft", "set", draft_id, &format!("{path}={answer}")])?;
    }
    for _ in 0..ROUNDS {
        let draft = phone.done(&["draft", "show", draft_id])?;
        let open: Vec<String> = members(&draft, "fields").flat_map(open_answers).collect();
        if open.is_empty() {
            return agree(phone, draft_id, &draft);
        }
        let mut command = vec!["draft", "set", draft_id];
        command.extend(open.iter().map(String::as_str));
        phone.done(&command)?;
    }
    Err(Failure::promise(format!("the form of {draft_id} is never full")))
}

fn agree(phone: &Phone, draft_id: &str, draft: &Value) -> Outcome<()> {
    for declaration in members(draft, "declarations") {
        let name = declaration["declaration_id"].as_str().unwrap_or_default();
        phone.done(&["draft", "agree", draft_id, name])?;
    }
    Ok(())
}

fn members<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

/// What is still to be answered at a field: itself, or what its entries lack.
fn open_answers(field: &Value) -> Vec<String> {
    let kind = &field["kind"];
    if kind["type"] == "group" {
        let needed = field["required"] == true || kind["min"].as_u64().unwrap_or_default() > 0;
        let inner = members(field, "entries").flat_map(|entry| entry.as_array().into_iter().flatten());
        let open: Vec<String> = inner.flat_map(open_answers).collect();
        let empty = field["entries"].as_array().is_none_or(Vec::is_empty);
        return match (empty && needed, first_of(kind)) {
            (true, Some((name, kind))) => {
                let group = field["field_id"].as_str().unwrap_or_default();
                vec![format!("{group}/0/{name}={}", anything(kind))]
            }
            _ => open,
        };
    }
    let open = field["required"] == true && field["value"].is_null() && field["computed"] != true;
    let path = field["path"].as_str().unwrap_or_default();
    if open { vec![format!("{path}={}", anything(kind))] } else { Vec::new() }
}

fn first_of(group: &Value) -> Option<(&str, &Value)> {
    let first = members(group, "fields").find(|inner| inner["compute"].is_null())?;
    Some((first["field_id"].as_str()?, &first["kind"]))
}

/// Any answer that a field of this kind takes, as it would be typed.
fn anything(kind: &Value) -> String {
    let number = |name: &str| kind[name].as_i64().unwrap_or_default();
    let first = || members(kind, "options").filter_map(|option| option["value"].as_str()).next();
    match kind["type"].as_str().unwrap_or_default() {
        "number" => number("min").max(1).min(number("max")).to_string(),
        "money" => {
            let fen = number("min").max(100).min(number("max"));
            format!("{}.{:02}", fen / 100, fen % 100)
        }
        "date" => "2026-03-02".to_owned(),
        "date_range" => "2025-01-02 至 2026-03-02".to_owned(),
        "choice" | "choices" => first().unwrap_or_default().to_owned(),
        "yes_no" => "否".to_owned(),
        "id_number" => "11010519491231002X".to_owned(),
        "phone" => "13800138000".to_owned(),
        "bank_account" => "4111111111111111".to_owned(),
        "address" => "浙江省/金华市/义乌市/稠城街道/工人西路12号".to_owned(),
        "person" => "王小明 11010519491231002X".to_owned(),
        _ => "照实填写".to_owned(),
    }
}
