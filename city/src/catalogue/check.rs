//! Checking a document: its text, its schema, its types, and whether it contradicts itself. Every fault is told, each
//! with its line.

use citizen_api::catalogue::PublicService;
use serde_json::Value;

use super::fault::{Fault, PlacedFault};
use super::layout::{self, Layout, MAX_DEPTH};
use super::{audit, schema};

/// The largest document. The work of checking one is bounded by it, by [`MAX_DEPTH`], and by the bounds of forms.
pub(crate) const MAX_BYTES: usize = citizen_form::compiled::MAX_DOCUMENT;

/// Reads a document of that name, or tells everything that is wrong with it.
pub(crate) fn check(name: &str, text: &str) -> Result<PublicService, Vec<PlacedFault>> {
    let placed = |line: u32, fault: Fault| vec![PlacedFault { line, fault }];
    if text.len() > MAX_BYTES {
        return Err(placed(1, too_large(text.len())));
    }
    let layout = layout::scan(text);
    if let Some(line) = layout.too_deep {
        return Err(placed(line, too_deep()));
    }
    let written: Value = match serde_json::from_str(text) {
        Ok(written) => written,
        Err(error) => return Err(placed(u32::try_from(error.line()).unwrap_or(1).max(1), no_json(&error))),
    };
    let mut faults: Vec<Fault> = layout.twice.iter().map(|(pointer, _)| there_twice(pointer)).collect();
    faults.extend(schema::faults(&written));
    // What the schema has told already is not told once more in the reader's words.
    let by_schema = !faults.is_empty();
    let read: Result<PublicService, Fault> =
        serde_json::from_value(written.clone()).map_err(|error| no_service(&error));
    match &read {
        Ok(service) => {
            faults.extend(not_understood(&written, service).filter(|_| !by_schema));
            faults.extend(audit::faults(name, service));
        }
        Err(fault) => faults.extend((!by_schema).then(|| fault.clone())),
    }
    match (faults.is_empty(), read) {
        (true, Ok(service)) => Ok(service),
        (_, _) => Err(in_order(&layout, faults)),
    }
}

fn in_order(layout: &Layout, faults: Vec<Fault>) -> Vec<PlacedFault> {
    let line = |fault: &Fault| {
        let second = layout.twice.iter().find(|(pointer, _)| *pointer == fault.pointer);
        second.map_or_else(|| layout.line(&fault.pointer), |(_, line)| *line)
    };
    let mut placed: Vec<PlacedFault> =
        faults.into_iter().map(|fault| PlacedFault { line: line(&fault), fault }).collect();
    placed.sort_by_key(|placed| placed.line);
    placed
}

/// Something that was written and is in no part of the service. Wire types pass over what they do not know, so that
/// an old phone reads a new catalogue; a document must not count on that.
fn not_understood(written: &Value, service: &PublicService) -> Option<Fault> {
    let understood = serde_json::to_value(service).unwrap_or_default();
    let pointer = lost(written, &understood)?;
    Some(Fault::new(
        pointer,
        "这里写的没有哪个程序看得懂。请删掉或改正。",
        "No program understands what is written here. Remove or mend it.",
    ))
}

/// The JSON pointer to the first thing that was written and is not among what was understood.
fn lost(written: &Value, understood: &Value) -> Option<String> {
    match (written, understood) {
        (Value::Object(written), Value::Object(understood)) => written.iter().find_map(|(key, value)| {
            let inner = understood.get(key).map_or(Some(String::new()), |kept| lost(value, kept))?;
            Some(format!("/{}{inner}", key.replace('~', "~0").replace('/', "~1")))
        }),
        (Value::Array(written), Value::Array(understood)) if written.len() == understood.len() => written
            .iter()
            .zip(understood)
            .enumerate()
            .find_map(|(index, (value, kept))| Some(format!("/{index}{}", lost(value, kept)?))),
        _ => (written != understood).then(String::new),
    }
}

fn too_large(bytes: usize) -> Fault {
    let (found, most) = (bytes.div_ceil(1024), MAX_BYTES / 1024);
    Fault::new(
        "",
        format!("文件有 {found} KiB，最多 {most} KiB。请删减或拆成几个事项。"),
        format!("The file has {found} KiB; at most {most} KiB are taken. Shorten it or split the service."),
    )
}

fn too_deep() -> Fault {
    Fault::new(
        "",
        format!("从这一行起套得太深，最多 {MAX_DEPTH} 层。请拆开规则或结构。"),
        format!(
            "From this line on it is nested deeper than {MAX_DEPTH}. Take the rule or the structure apart."
        ),
    )
}

fn no_json(error: &serde_json::Error) -> Fault {
    let column = error.column();
    Fault::new(
        "",
        format!("从第 {column} 个字节起不是 JSON({error})。请核对引号、逗号和括号。"),
        format!("This is no JSON from byte {column} on ({error}). Check quotes, commas and brackets."),
    )
}

fn there_twice(pointer: &str) -> Fault {
    Fault::new(
        pointer,
        "这个名字在同一个对象里写了两次，前一个会不起作用。请删掉一个。",
        "This name stands twice in one object, and the first would not hold. Remove one.",
    )
}

fn no_service(error: &serde_json::Error) -> Fault {
    Fault::new(
        "",
        format!("读不成一个事项（{error}）。请核对。"),
        format!("This cannot be read as a service ({error}). Mend it."),
    )
}

#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod tests;
