//! Reading the data: `var`, `val`, `exists`, `missing`, `missing_some`.

use serde_json::Value;

use super::error::EvaluationError;
use super::machine::Machine;
use super::operation::Outcome;

/// `var [path, default]`: what stands at a path of names with dots between them.
pub(super) fn var(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let mut arguments = arguments.into_iter();
    let path = arguments.next().map(|path| path_of(&path)).unwrap_or_default();
    let found = machine.look(|data| at(data, &path))?;
    Ok(found.or_else(|| arguments.next()).unwrap_or_default())
}

/// `val [name, name…]`: what stands at these names; `val [[level], name…]` begins further up.
pub(super) fn val(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    match arguments.split_first() {
        Some((Value::Array(level), names)) => {
            let level = level
                .first()
                .and_then(Value::as_i64)
                .ok_or(EvaluationError::Arguments { operation: "val" })?;
            let level = usize::try_from(level.unsigned_abs()).unwrap_or(usize::MAX);
            match machine.above(level)? {
                Some(base) => machine.copy(through(&base, names).unwrap_or(&Value::Null)),
                None => Ok(Value::Null),
            }
        }
        _ => Ok(machine.look(|data| through(data, &arguments))?.unwrap_or_default()),
    }
}

/// `exists [name, name…]`: whether something stands there, be it null.
pub(super) fn exists(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    Ok(Value::Bool(machine.test(|data| through(data, &arguments).is_some())))
}

/// `missing [path…]`: those of the paths where nothing has been answered.
pub(super) fn missing(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let paths = match arguments.first() {
        Some(Value::Array(paths)) => paths.clone(),
        _ => arguments,
    };
    machine.step(paths.len())?;
    Ok(Value::Array(paths.into_iter().filter(|path| unanswered(machine, path)).collect()))
}

/// `missing_some [least, [path…]]`: nothing if at least so many are answered, or else those that are not.
pub(super) fn missing_some(machine: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    let [least, Value::Array(paths)] = arguments.as_slice() else {
        return Err(EvaluationError::Arguments { operation: "missing_some" });
    };
    let least = least.as_u64().ok_or(EvaluationError::Arguments { operation: "missing_some" })?;
    machine.step(paths.len())?;
    let open: Vec<Value> = paths.iter().filter(|path| unanswered(machine, path)).cloned().collect();
    let answered = u64::try_from(paths.len() - open.len()).unwrap_or(u64::MAX);
    Ok(Value::Array(if answered >= least { Vec::new() } else { open }))
}

fn unanswered(machine: &Machine<'_>, path: &Value) -> bool {
    let path = path_of(path);
    machine.test(|data| match at(data, &path) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(_) => false,
    })
}

fn path_of(path: &Value) -> String {
    match path {
        Value::String(path) => path.clone(),
        Value::Number(place) => place.to_string(),
        _ => String::new(),
    }
}

/// What stands at a path; the empty path is everything.
pub(super) fn at<'v>(data: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return Some(data);
    }
    path.split('.').try_fold(data, entry)
}

fn through<'v>(data: &'v Value, names: &[Value]) -> Option<&'v Value> {
    names.iter().try_fold(data, |data, name| match name {
        Value::String(name) => entry(data, name),
        Value::Number(place) => entry(data, &place.to_string()),
        _ => None,
    })
}

fn entry<'v>(data: &'v Value, name: &str) -> Option<&'v Value> {
    match data {
        Value::Object(object) => object.get(name),
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}
