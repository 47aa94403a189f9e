//! Answers of several parts. A part that is there is right; one that is not there yet keeps nobody from writing on.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::form::{ChoiceOption, Field};
use serde_json::{Map, Value};

use super::check::check;
use super::error::{AnswerError, AnswerType, Part};
use super::scalar;
use crate::id_number::IdNumber;

/// The longest name of a place or person, in characters.
const MAX_NAME: u32 = 60;
/// The longest detail of an address, in characters.
const MAX_DETAIL: u32 = 120;

/// The parts of an answer, in the order they are asked.
type Parts = [(&'static str, Part)];

pub(super) const RANGE: [(&str, Part); 2] = [("from", Part::From), ("to", Part::To)];
pub(super) const ADDRESS: [(&str, Part); 5] = [
    ("province", Part::Province),
    ("city", Part::City),
    ("county", Part::County),
    ("town", Part::Town),
    ("detail", Part::Detail),
];
pub(super) const PERSON: [(&str, Part); 2] = [("name", Part::Name), ("id_number", Part::IdNumber)];

/// The first part that is missing.
pub(super) fn lacking(value: &Value, parts: &Parts) -> Option<AnswerError> {
    let there = |name: &str| value.get(name).is_some_and(|part| part.as_str() != Some(""));
    parts.iter().find(|(name, _)| !there(name)).map(|(_, part)| AnswerError::Part { part: *part })
}

/// Judges each part that is there; a part that no such answer has is refused.
fn each(
    value: &Value,
    expected: AnswerType,
    parts: &Parts,
    judge: impl Fn(Part, &Value) -> Result<Value, AnswerError>,
) -> Result<Map<String, Value>, AnswerError> {
    let given = value.as_object().ok_or(AnswerError::WrongType { expected })?;
    let mut judged = Map::new();
    for (name, value) in given {
        let (_, part) =
            parts.iter().find(|(known, _)| known == name).ok_or(AnswerError::WrongType { expected })?;
        judged.insert(name.clone(), judge(*part, value)?);
    }
    Ok(judged)
}

pub(super) fn date_range(value: &Value) -> Result<Value, AnswerError> {
    let days = each(value, AnswerType::Days, &RANGE, |_, day| scalar::day(day, AnswerType::Days))?;
    // Days that are written YYYY-MM-DD follow each other as their texts do.
    match (days.get("from").and_then(Value::as_str), days.get("to").and_then(Value::as_str)) {
        (Some(from), Some(to)) if to < from => Err(AnswerError::Backwards),
        _ => Ok(days.into()),
    }
}

pub(super) fn address(value: &Value) -> Result<Value, AnswerError> {
    let judge = |part, value: &Value| {
        let most = if part == Part::Detail { MAX_DETAIL } else { MAX_NAME };
        scalar::line(scalar::text(value)?, most, false)
    };
    each(value, AnswerType::Address, &ADDRESS, judge).map(Value::from)
}

pub(super) fn person(value: &Value) -> Result<Value, AnswerError> {
    let judge = |part, value: &Value| match part {
        Part::IdNumber => Ok(IdNumber::parse(scalar::text(value)?)?.as_str().into()),
        _ => scalar::line(scalar::text(value)?, MAX_NAME, false),
    };
    each(value, AnswerType::Person, &PERSON, judge).map(Value::from)
}

/// Some of the options, in their order, each once.
pub(super) fn choices(value: &Value, options: &[ChoiceOption], max: u32) -> Result<Value, AnswerError> {
    let chosen = value.as_array().ok_or(AnswerError::WrongType { expected: AnswerType::Choices })?;
    let known: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
    let mut named = BTreeSet::new();
    for value in chosen {
        let value = scalar::text(value)?;
        if !known.contains(value) {
            return Err(scalar::not_a_choice(options));
        }
        named.insert(value);
    }
    if u32::try_from(named.len()).is_ok_and(|found| found > max) {
        return Err(AnswerError::Count { min: 0, max, found: named.len() });
    }
    let in_order = options.iter().map(|option| option.value.as_str()).filter(|value| named.remove(value));
    Ok(in_order.map(Value::from).collect())
}

/// The entries of a group, each with the answers that are there.
pub(super) fn entries(value: &Value, fields: &[Field], max: u32) -> Result<Value, AnswerError> {
    let expected = AnswerType::Entries;
    let given = value.as_array().ok_or(AnswerError::WrongType { expected })?;
    if usize::try_from(max).is_ok_and(|max| given.len() > max) {
        return Err(AnswerError::Count { min: 0, max, found: given.len() });
    }
    let known: BTreeMap<&str, &Field> = fields.iter().map(|field| (field.field_id.as_str(), field)).collect();
    let judged = given.iter().enumerate().map(|(at, entry)| {
        let entry_answers = entry.as_object().ok_or(AnswerError::WrongType { expected })?;
        let answers = entry_answers.iter().map(|(name, value)| {
            let field = *known.get(name.as_str()).ok_or(AnswerError::UnknownField)?;
            let judged = check(field, value).map_err(|error| in_entry(at, field, error))?;
            Ok((name.clone(), judged))
        });
        answers.collect::<Result<Map<_, _>, AnswerError>>().map(Value::from)
    });
    judged.collect()
}

/// What is wrong at a field of the entry at that place, counted from 0.
pub(crate) fn in_entry(at: usize, field: &Field, error: AnswerError) -> AnswerError {
    AnswerError::Entry { entry: at + 1, label: field.label.clone(), error: Box::new(error) }
}
