//! Choosing and comparing.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::EvaluationError;
use super::expression::Node;
use super::machine::Machine;
use super::numbers::Number;
use super::operation::Outcome;

/// Whether a value counts as true: not null, false, zero, or an empty text or list.
pub(crate) fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

/// `if [condition, then, condition, then…, else]`.
pub(super) fn choose(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    for branch in arguments.chunks(2) {
        if let [otherwise] = branch {
            return machine.value(otherwise);
        }
        if let [condition, then] = branch
            && truthy(&machine.value(condition)?)
        {
            return machine.value(then);
        }
    }
    Ok(Value::Null)
}

/// `and`: the first value that is not true, or the last; false if there is none.
pub(super) fn and(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    until(machine, arguments, false)
}

/// `or`: the first value that is true, or the last; false if there is none.
pub(super) fn or(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    until(machine, arguments, true)
}

fn until(machine: &mut Machine<'_>, arguments: &[Node], stop: bool) -> Outcome {
    let mut last = Value::Bool(false);
    for argument in arguments {
        last = machine.value(argument)?;
        if truthy(&last) == stop {
            break;
        }
    }
    Ok(last)
}

pub(super) fn equal(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, soft_equal)
}

pub(super) fn unequal(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(!soft_equal(left, right)?))
}

pub(super) fn same(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(strict_equal(left, right)))
}

pub(super) fn different(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(!strict_equal(left, right)))
}

pub(super) fn less(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(order(left, right)?.is_lt()))
}

pub(super) fn at_most(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(order(left, right)?.is_le()))
}

pub(super) fn greater(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(order(left, right)?.is_gt()))
}

pub(super) fn at_least(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    chain(machine, arguments, |left, right| Ok(order(left, right)?.is_ge()))
}

/// Whether each argument stands so to the next; the rest is not evaluated once one does not.
fn chain<F>(machine: &mut Machine<'_>, arguments: &[Node], holds: F) -> Outcome
where
    F: Fn(&Value, &Value) -> Result<bool, EvaluationError>,
{
    let Some((first, rest)) = arguments.split_first() else { return Ok(Value::Bool(true)) };
    let mut left = machine.value(first)?;
    for node in rest {
        let right = machine.value(node)?;
        if !holds(&left, &right)? {
            return Ok(Value::Bool(false));
        }
        left = right;
    }
    Ok(Value::Bool(true))
}

/// Equal in kind and in what they hold; a number is equal however it is written.
pub(super) fn strict_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => order(left, right).is_ok_and(Ordering::is_eq),
        _ => left == right,
    }
}

fn soft_equal(left: &Value, right: &Value) -> Result<bool, EvaluationError> {
    match (left, right) {
        (Value::Null, Value::String(_)) | (Value::String(_), Value::Null) => {
            Ok(order(left, right).is_ok_and(Ordering::is_eq))
        }
        _ => Ok(order(left, right)?.is_eq()),
    }
}

/// Texts by their characters, everything else by the number it stands for.
fn order(left: &Value, right: &Value) -> Result<Ordering, EvaluationError> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Ok(left.cmp(right)),
        _ => Ok(Number::of(left)?.order(Number::of(right)?)),
    }
}
