//! Texts: `cat`, `substr`, and `in`, which also looks into lists.

use serde_json::Value;

use super::control::strict_equal;
use super::error::EvaluationError;
use super::machine::Machine;
use super::operation::Outcome;

/// `cat`: the texts one after the other; null is nothing.
pub(super) fn cat(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let parts = arguments.iter().map(|part| written(part, "cat")).collect::<Result<Vec<_>, _>>()?;
    machine.make(parts.iter().map(String::len).sum())?;
    Ok(Value::String(parts.concat()))
}

/// `substr [text, start, length]`, counted in characters; negative numbers count from the end.
pub(super) fn substr(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    const FAULT: EvaluationError = EvaluationError::Arguments { operation: "substr" };
    let [text, start, length @ ..] = arguments.as_slice() else { return Err(FAULT) };
    let text = written(text, "substr")?;
    machine.make(text.len())?;
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let start = match start.as_i64().ok_or(FAULT)? {
        back if back < 0 => count.saturating_add(back).max(0),
        forward => forward.min(count),
    };
    let end = match length.first().filter(|length| !length.is_null()) {
        None => count,
        Some(length) => match length.as_i64().ok_or(FAULT)? {
            back if back < 0 => count.saturating_add(back),
            forward => start.saturating_add(forward).min(count),
        },
    };
    let skipped = usize::try_from(start).unwrap_or(0);
    let taken = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
    Ok(Value::String(text.chars().skip(skipped).take(taken).collect()))
}

/// `in [part, whole]`: whether a list has this item, or a text this part.
pub(super) fn contains(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let found = match arguments.as_slice() {
        [item, Value::Array(items)] => {
            machine.step(items.len())?;
            items.iter().any(|other| strict_equal(item, other))
        }
        [Value::Null, Value::String(_)] => false,
        [part, Value::String(text)] => text.contains(&written(part, "in")?),
        _ => false,
    };
    Ok(Value::Bool(found))
}

fn written(value: &Value, operation: &'static str) -> Result<String, EvaluationError> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        Value::Array(_) | Value::Object(_) => Err(EvaluationError::Arguments { operation }),
    }
}
