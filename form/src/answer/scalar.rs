//! Answers of one value.

use citizen_api::form::ChoiceOption;
use citizen_api::money::Fen;
use jiff::civil::Date;
use serde_json::Value;

use super::error::{AnswerError, AnswerType};
use crate::digits;

pub(super) fn text(value: &Value) -> Result<&str, AnswerError> {
    value.as_str().ok_or(AnswerError::WrongType { expected: AnswerType::Text })
}

/// One line: spaces at its ends are dropped.
pub(super) fn line(text: &str, max_length: u32, required: bool) -> Result<Value, AnswerError> {
    bounded(text.trim(), max_length, required, |_| false)
}

/// Several lines: line ends become `\n`, spaces at the ends of the whole are dropped.
pub(super) fn lines(text: &str, max_length: u32, required: bool) -> Result<Value, AnswerError> {
    let text = text.replace("\r\n", "\n");
    bounded(text.trim(), max_length, required, |character| matches!(character, '\n' | '\t'))
}

fn bounded(
    text: &str,
    max_length: u32,
    required: bool,
    allowed: fn(char) -> bool,
) -> Result<Value, AnswerError> {
    if required && text.is_empty() {
        return Err(AnswerError::Missing);
    }
    let unseen = |character: char| character.is_control() && !allowed(character);
    if let Some(index) = text.chars().position(unseen) {
        return Err(AnswerError::ControlCharacter { position: index + 1 });
    }
    let found = text.chars().count();
    match u32::try_from(found).is_ok_and(|found| found <= max_length) {
        true => Ok(text.into()),
        false => Err(AnswerError::TooLong { max_length, found }),
    }
}

pub(super) fn number(value: &Value, min: i64, max: i64) -> Result<Value, AnswerError> {
    let number = whole(value, AnswerType::WholeNumber)?;
    match number.is_some_and(|number| (min..=max).contains(&number)) {
        true => Ok(value.clone()),
        false => Err(AnswerError::NumberOutOfBounds { min, max }),
    }
}

pub(super) fn money(value: &Value, min: i64, max: i64) -> Result<Value, AnswerError> {
    let amount = whole(value, AnswerType::Amount)?;
    match amount.is_some_and(|amount| (min..=max).contains(&amount)) {
        true => Ok(value.clone()),
        false => Err(AnswerError::MoneyOutOfBounds { min: Fen(min), max: Fen(max) }),
    }
}

/// The whole number of an answer; none where it is larger than any bound can be.
fn whole(value: &Value, expected: AnswerType) -> Result<Option<i64>, AnswerError> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.as_i64()),
        _ => Err(AnswerError::WrongType { expected }),
    }
}

/// A day, which must be written `YYYY-MM-DD`: no other form is filed, so that nobody downstream has to guess.
pub(super) fn day(value: &Value, expected: AnswerType) -> Result<Value, AnswerError> {
    let text = digits::normalise(value.as_str().ok_or(AnswerError::WrongType { expected })?);
    let shape = text.len() == 10 && text.chars().filter(char::is_ascii_digit).count() == 8;
    match text.parse::<Date>() {
        Ok(date) if shape && date.to_string() == text => Ok(text.into()),
        _ => Err(AnswerError::NotADate),
    }
}

pub(super) fn choice(text: &str, options: &[ChoiceOption]) -> Result<Value, AnswerError> {
    match options.iter().any(|option| option.value == text) {
        true => Ok(text.into()),
        false => Err(not_a_choice(options)),
    }
}

pub(super) fn not_a_choice(options: &[ChoiceOption]) -> AnswerError {
    AnswerError::NotAChoice { options: options.iter().map(|option| option.label.clone()).collect() }
}
