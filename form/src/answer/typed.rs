//! Answers that a person typed as text.

use citizen_api::form::{Area, ChoiceOption, Field, FieldKind};
use serde_json::{Map, Value};

use super::check::check;
use super::error::{AnswerError, AnswerType};
use crate::digits;

/// Reads what a person typed into the answer that the field asks for, and judges it: `12.50` for an amount,
/// `2026年11月23日` for a day, `是` for yes. For shells that have nothing but text.
pub fn read(field: &Field, typed: &str) -> Result<Value, AnswerError> {
    let wrong = |expected| AnswerError::WrongType { expected };
    let value = match &field.kind {
        FieldKind::Number { .. } => {
            let number = digits::normalise(typed).parse::<i64>();
            Value::from(number.map_err(|_| wrong(AnswerType::WholeNumber))?)
        }
        FieldKind::Money { .. } => Value::from(fen(typed).ok_or(wrong(AnswerType::Amount))?),
        FieldKind::Date => Value::from(day(typed)),
        FieldKind::DateRange => range(typed).ok_or(wrong(AnswerType::Days))?,
        FieldKind::YesNo => match digits::normalise(typed).to_lowercase().as_str() {
            "是" | "yes" | "y" | "true" => Value::Bool(true),
            "否" | "no" | "n" | "false" => Value::Bool(false),
            _ => return Err(wrong(AnswerType::YesNo)),
        },
        FieldKind::Choice { options } => Value::from(choice(typed.trim(), options)),
        FieldKind::Choices { options, .. } => {
            let parts = typed
                .split([',', '\u{ff0c}', '、', ';', '\u{ff1b}'])
                .map(str::trim)
                .filter(|part| !part.is_empty());
            parts.map(|part| Value::from(choice(part, options))).collect()
        }
        FieldKind::Address { areas } => address(typed, areas),
        FieldKind::Person => person(typed),
        FieldKind::Group { .. } => serde_json::from_str(typed).map_err(|_| wrong(AnswerType::Entries))?,
        _ => Value::from(typed),
    };
    check(field, &value)
}

/// The option that a person named by its label or its value; anything else as it is, to be refused.
fn choice<'a>(typed: &'a str, options: &'a [ChoiceOption]) -> &'a str {
    let labelled = |option: &&ChoiceOption| {
        option.label.zh == typed || option.label.en.to_lowercase() == typed.to_lowercase()
    };
    options.iter().find(labelled).map_or(typed, |option| &option.value)
}

/// The fen of an amount in yuan with at most two decimals.
fn fen(typed: &str) -> Option<i64> {
    let plain: String = digits::normalise(typed)
        .chars()
        .map(|character| if character == '。' { '.' } else { character })
        .filter(|character| !matches!(character, ',' | '¥' | '\u{ffe5}' | '元'))
        .collect();
    let (yuan, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits_only = |text: &str| text.chars().all(|character| character.is_ascii_digit());
    if yuan.is_empty() || decimals.len() > 2 || !digits_only(yuan) || !digits_only(decimals) {
        return None;
    }
    let fen = format!("{decimals:0<2}").parse::<i64>().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)
}

/// A typed day as `YYYY-MM-DD`, from the ways people write one; anything else as it is, to be refused.
fn day(typed: &str) -> String {
    let plain = digits::normalise(typed);
    let parts: Vec<&str> =
        plain.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        _ => plain,
    }
}

/// Two typed days with a word or sign between them.
fn range(typed: &str) -> Option<Value> {
    let (from, to) =
        ["至", "到", "~", "\u{ff5e}", "—", " to ", ".."].iter().find_map(|sign| typed.split_once(sign))?;
    let days = [("from", day(from)), ("to", day(to))];
    Some(Value::Object(days.map(|(name, day)| (name.to_owned(), day.into())).into_iter().collect()))
}

/// The name and the number, whichever comes first.
fn person(typed: &str) -> Value {
    let (numbers, names): (Vec<&str>, Vec<&str>) = typed
        .split([' ', '\u{3000}', ',', '\u{ff0c}', '、'])
        .filter(|part| !part.is_empty())
        .partition(|part| part.chars().any(|character| character.is_numeric()));
    let mut parts = Map::new();
    if !names.is_empty() {
        parts.insert("name".to_owned(), names.join(" ").into());
    }
    if !numbers.is_empty() {
        parts.insert("id_number".to_owned(), numbers.concat().into());
    }
    parts.into()
}

/// The signs that the name of a level ends with, the longest first.
const LEVELS: [(&str, &[&str]); 4] = [
    ("province", &["特别行政区", "自治区", "省"]),
    ("city", &["自治州", "地区", "市", "盟"]),
    ("county", &["自治县", "县", "区", "市", "旗"]),
    ("town", &["街道", "镇", "乡", "苏木"]),
];

/// An address that was written in one piece, or with slashes between its levels. What the offered areas know is filled
/// in; what cannot be told is left for the person.
fn address(typed: &str, areas: &[Area]) -> Value {
    let names = ["province", "city", "county", "town", "detail"];
    if typed.contains('/') {
        let parts = typed.splitn(names.len(), '/').map(str::trim).zip(names);
        let parts = parts.filter(|(part, _)| !part.is_empty());
        return parts.map(|(part, name)| (name.to_owned(), Value::from(part))).collect::<Map<_, _>>().into();
    }
    let mut parts = Map::new();
    let mut put = |name: &str, part: &str| {
        if !part.is_empty() {
            parts.insert(name.to_owned(), part.into());
        }
    };
    let mut rest = typed.trim();
    let known = areas.iter().find_map(|area| {
        let (before, after) = rest.split_once(area.county.as_str())?;
        let above = [area.province.as_str(), area.city.as_str()];
        let fits = above.iter().fold(before, |before, name| before.strip_prefix(name).unwrap_or(before));
        fits.trim().is_empty().then_some((area, after.trim_start()))
    });
    if let Some((area, after)) = known {
        put("province", &area.province);
        put("city", &area.city);
        put("county", &area.county);
        rest = after;
    }
    let levels = if known.is_some() { LEVELS.get(3..).unwrap_or_default() } else { LEVELS.as_slice() };
    for (name, endings) in levels {
        let end = endings.iter().filter_map(|ending| Some(rest.find(ending)? + ending.len())).min();
        if let Some((part, after)) = end.and_then(|end| rest.split_at_checked(end)) {
            put(name, part.trim());
            rest = after.trim_start();
        }
    }
    put("detail", rest);
    parts.into()
}
