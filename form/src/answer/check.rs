//! Judging an answer by the kind of its field.

use citizen_api::form::{Field, FieldKind};
use serde_json::Value;

use super::error::{AnswerError, AnswerType};
use super::{composite, scalar};
use crate::bank_account::BankAccount;
use crate::id_number::IdNumber;
use crate::phone::PhoneNumber;

/// Judges an answer and gives its normal form, which is what is stored and filed. A part of it may be missing.
pub fn check(field: &Field, value: &Value) -> Result<Value, AnswerError> {
    if field.compute.is_some() {
        return Err(AnswerError::NotTyped);
    }
    check_kind(&field.kind, value, field.required)
}

/// Judges what a form computed, by the kind of its field.
pub(crate) fn check_computed(field: &Field, value: &Value) -> Result<Value, AnswerError> {
    check_kind(&field.kind, value, false)
}

fn check_kind(kind: &FieldKind, value: &Value, required: bool) -> Result<Value, AnswerError> {
    match kind {
        FieldKind::Text { max_length } => scalar::line(scalar::text(value)?, *max_length, required),
        FieldKind::LongText { max_length } => scalar::lines(scalar::text(value)?, *max_length, required),
        FieldKind::Number { min, max } => scalar::number(value, *min, *max),
        FieldKind::Money { min, max } => scalar::money(value, *min, *max),
        FieldKind::Date => scalar::day(value, AnswerType::Day),
        FieldKind::DateRange => composite::date_range(value),
        FieldKind::Choice { options } => scalar::choice(scalar::text(value)?, options),
        FieldKind::Choices { options, max, .. } => composite::choices(value, options, *max),
        FieldKind::YesNo => match value {
            Value::Bool(_) => Ok(value.clone()),
            _ => Err(AnswerError::WrongType { expected: AnswerType::YesNo }),
        },
        FieldKind::IdNumber => Ok(IdNumber::parse(scalar::text(value)?)?.as_str().into()),
        FieldKind::Phone => Ok(PhoneNumber::parse(scalar::text(value)?)?.as_str().into()),
        FieldKind::BankAccount => Ok(BankAccount::parse(scalar::text(value)?)?.as_str().into()),
        FieldKind::Address { .. } => composite::address(value),
        FieldKind::Person => composite::person(value),
        FieldKind::Group { fields, max, .. } => composite::entries(value, fields, *max),
        FieldKind::Attachment { .. } | FieldKind::Declaration { .. } | FieldKind::Note => {
            Err(AnswerError::NotTyped)
        }
        FieldKind::Unknown => Err(AnswerError::UnknownKind),
    }
}

/// What an answer that [`check`] took still lacks. The entries of a group are judged by the rules of the form, not
/// here; how many there are is.
pub fn incomplete(field: &Field, value: &Value) -> Option<AnswerError> {
    match &field.kind {
        FieldKind::DateRange => composite::lacking(value, &composite::RANGE),
        FieldKind::Address { .. } => composite::lacking(value, &composite::ADDRESS),
        FieldKind::Person => composite::lacking(value, &composite::PERSON),
        FieldKind::Choices { min, max, .. } | FieldKind::Group { min, max, .. } => {
            let found = value.as_array().map_or(0, Vec::len);
            let few = u32::try_from(found).is_ok_and(|found| found < *min);
            few.then_some(AnswerError::Count { min: *min, max: *max, found })
        }
        _ => None,
    }
}
