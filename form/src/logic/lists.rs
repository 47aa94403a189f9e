//! Lists: `merge`, `map`, `filter`, `reduce`, `all`, `some`, `none`, and `sum` over a repeating group.

use serde_json::{Map, Value};

use super::access;
use super::control::truthy;
use super::error::EvaluationError;
use super::expression::Node;
use super::machine::{Frame, Machine};
use super::numbers::Number;
use super::operation::Outcome;

/// `merge`: one list of all items; what is no list is an item.
pub(super) fn merge(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let mut merged = Vec::new();
    for argument in arguments {
        match argument {
            Value::Array(items) => {
                machine.step(items.len())?;
                merged.extend(items);
            }
            other => merged.push(other),
        }
    }
    Ok(Value::Array(merged))
}

/// `map [list, expression]`.
pub(super) fn map(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    let (items, inner) = listed(machine, arguments, "map")?;
    let mut mapped = Vec::with_capacity(items.len());
    for (index, value) in items.into_iter().enumerate() {
        mapped.push(machine.within(Frame { value, index }, inner)?.1);
    }
    Ok(Value::Array(mapped))
}

/// `filter [list, expression]`.
pub(super) fn filter(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    let (items, inner) = listed(machine, arguments, "filter")?;
    let mut kept = Vec::new();
    for (index, value) in items.into_iter().enumerate() {
        let (frame, verdict) = machine.within(Frame { value, index }, inner)?;
        if truthy(&verdict) {
            kept.push(frame.value);
        }
    }
    Ok(Value::Array(kept))
}

/// `reduce [list, expression, start]`: the expression sees `current` and `accumulator`.
pub(super) fn reduce(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    let (items, inner) = listed(machine, arguments, "reduce")?;
    let mut accumulator = match arguments.get(2) {
        Some(start) => machine.value(start)?,
        None => Value::Null,
    };
    for (index, current) in items.into_iter().enumerate() {
        let names = [("current".to_owned(), current), ("accumulator".to_owned(), accumulator)];
        let value = Value::Object(names.into_iter().collect::<Map<_, _>>());
        accumulator = machine.within(Frame { value, index }, inner)?.1;
    }
    Ok(accumulator)
}

/// `all [list, expression]`: whether it holds for every item, and there is one.
pub(super) fn all(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    let verdict = first_where(machine, arguments, false, "all")?;
    Ok(Value::Bool(matches!(verdict, Found { any_items: true, hit: false })))
}

/// `some [list, expression]`: whether it holds for an item.
pub(super) fn some(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    first_where(machine, arguments, true, "some").map(|found| Value::Bool(found.hit))
}

/// `none [list, expression]`: whether it holds for no item.
pub(super) fn none(machine: &mut Machine<'_>, arguments: &[Node]) -> Outcome {
    first_where(machine, arguments, true, "none").map(|found| Value::Bool(!found.hit))
}

/// `sum [list, path]`: one field of a repeating group, added up. What is not answered adds nothing.
pub(super) fn sum(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let (items, path) = match arguments.as_slice() {
        [Value::Null, Value::String(_)] => return Ok(Value::from(0)),
        [Value::Array(items), Value::String(path)] => (items, path),
        _ => return Err(EvaluationError::Arguments { operation: "sum" }),
    };
    machine.step(items.len())?;
    items
        .iter()
        .filter_map(|item| access::at(item, path))
        .try_fold(Number::Whole(0), |sum, term| sum.add_exactly(Number::of(term)?))
        .map(Number::value)
}

/// What looking through a list found.
struct Found {
    any_items: bool,
    hit: bool,
}

/// Looks for an item for which the expression is (or is not) true; the rest is not evaluated.
fn first_where(
    machine: &mut Machine<'_>,
    arguments: &[Node],
    wanted: bool,
    operation: &'static str,
) -> Result<Found, EvaluationError> {
    const NULL: &Node = &Node::Literal(Value::Null);
    let list = machine.value(arguments.first().unwrap_or(NULL))?;
    let inner = arguments.get(1).unwrap_or(NULL);
    let Value::Array(items) = list else { return Err(EvaluationError::Arguments { operation }) };
    let any_items = !items.is_empty();
    for (index, value) in items.into_iter().enumerate() {
        if truthy(&machine.within(Frame { value, index }, inner)?.1) == wanted {
            return Ok(Found { any_items, hit: true });
        }
    }
    Ok(Found { any_items, hit: false })
}

/// The items of the first argument, none if it is not answered, and the inner expression.
fn listed<'n>(
    machine: &mut Machine<'_>,
    arguments: &'n [Node],
    operation: &'static str,
) -> Result<(Vec<Value>, &'n Node), EvaluationError> {
    let [list, inner, ..] = arguments else { return Err(EvaluationError::Arguments { operation }) };
    match machine.value(list)? {
        Value::Array(items) => Ok((items, inner)),
        Value::Null => Ok((Vec::new(), inner)),
        _ => Err(EvaluationError::Arguments { operation }),
    }
}
