//! Dates as YYYY-MM-DD. Today comes with the data, so that an evaluation can be repeated.

use jiff::{Span, civil::Date};
use serde_json::Value;

use super::error::EvaluationError;
use super::machine::Machine;
use super::operation::Outcome;

/// `date_diff_days [from, to]`: how many days `to` comes after `from`.
pub(super) fn diff_days(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    between(&arguments, "date_diff_days", |from, to| {
        let span = from.until(to).map_err(|_| EvaluationError::Date)?;
        Ok(Value::from(span.get_days()))
    })
}

/// `age_on [birth, day]`: the completed years of age.
pub(super) fn age_on(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    between(&arguments, "age_on", |birth, day| {
        if day < birth {
            return Err(EvaluationError::Date);
        }
        let to_come = (day.month(), day.day()) < (birth.month(), birth.day());
        Ok(Value::from(day.year() - birth.year() - i16::from(to_come)))
    })
}

/// `date_add [date, count, unit]`: a date so many days, months or years later, or earlier.
pub(super) fn add(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    const FAULT: EvaluationError = EvaluationError::Arguments { operation: "date_add" };
    let [date, count, Value::String(unit)] = arguments.as_slice() else { return Err(FAULT) };
    let Some(date) = read(date)? else { return Ok(Value::Null) };
    let count = count.as_i64().ok_or(EvaluationError::Number)?;
    let span = match unit.as_str() {
        "days" => Span::new().try_days(count),
        "months" => Span::new().try_months(count),
        "years" => Span::new().try_years(count),
        _ => return Err(FAULT),
    };
    let later = span.and_then(|span| date.checked_add(span)).map_err(|_| EvaluationError::Date)?;
    Ok(Value::String(later.to_string()))
}

fn between<F: FnOnce(Date, Date) -> Outcome>(
    arguments: &[Value],
    operation: &'static str,
    work: F,
) -> Outcome {
    let [first, second] = arguments else { return Err(EvaluationError::Arguments { operation }) };
    match (read(first)?, read(second)?) {
        (Some(first), Some(second)) => work(first, second),
        _ => Ok(Value::Null),
    }
}

/// A date, or nothing where none has been answered.
fn read(value: &Value) -> Result<Option<Date>, EvaluationError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) if text.len() == "YYYY-MM-DD".len() => {
            text.parse().map(Some).map_err(|_| EvaluationError::Date)
        }
        _ => Err(EvaluationError::Date),
    }
}
