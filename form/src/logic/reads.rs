//! What an expression depends on: the names that it looks up at the top of the data.
//!
//! Forms are evaluated in the order of what depends on what, so a name must stand in the expression as it is. One that
//! is computed is refused here; evaluation alone would take it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::error::ExpressionError;
use super::expression::{Call, Node};

type Names<'n> = BTreeSet<&'n str>;
type Outcome = Result<(), ExpressionError>;

/// The names that a node reads at the top of the data.
pub(super) fn of(node: &Node) -> Result<Names<'_>, ExpressionError> {
    let mut names = Names::new();
    collect(node, false, &mut names)?;
    Ok(names)
}

/// Within the inner expression of a list operation a name means something of the item, not of the data.
fn collect<'n>(node: &'n Node, within: bool, names: &mut Names<'n>) -> Outcome {
    match node {
        Node::Literal(_) => Ok(()),
        Node::List(items) => items.iter().try_for_each(|item| collect(item, within, names)),
        Node::Call(call) => match call.operation.name {
            "var" => {
                path(call, call.arguments.get(..1), within, names).and_then(|()| rest(call, 1, within, names))
            }
            "val" | "exists" => val(call, within, names),
            "missing" => path(call, Some(&call.arguments), within, names),
            "missing_some" => path(call, call.arguments.get(1..), within, names),
            "map" | "filter" | "reduce" | "all" | "some" | "none" => call
                .arguments
                .iter()
                .enumerate()
                .try_for_each(|(at, argument)| collect(argument, within || at == 1, names)),
            _ => rest(call, 0, within, names),
        },
    }
}

fn rest<'n>(call: &'n Call, from: usize, within: bool, names: &mut Names<'n>) -> Outcome {
    call.arguments.iter().skip(from).try_for_each(|argument| collect(argument, within, names))
}

/// Paths with dots between names, alone or in a list.
fn path<'n>(call: &Call, paths: Option<&'n [Node]>, within: bool, names: &mut Names<'n>) -> Outcome {
    for node in paths.unwrap_or_default() {
        match node {
            Node::Literal(Value::String(path)) if !path.is_empty() => {
                names.extend(path.split('.').next().filter(|_| !within));
            }
            Node::List(items) => path(call, Some(items), within, names)?,
            _ if within => {}
            _ => return Err(ExpressionError::Computed { operation: call.operation.name }),
        }
    }
    Ok(())
}

/// Names one by one, after a level where it looks further up.
fn val<'n>(call: &'n Call, within: bool, names: &mut Names<'n>) -> Outcome {
    let (above, first) = match call.arguments.as_slice() {
        [Node::List(_), first, ..] => (true, Some(first)),
        [first, ..] => (false, Some(first)),
        [] => (false, None),
    };
    match first {
        Some(Node::Literal(Value::String(name))) if above || !within => {
            names.insert(name);
            Ok(())
        }
        _ if within && !above => Ok(()),
        _ => Err(ExpressionError::Computed { operation: call.operation.name }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::logic::{Expression, ExpressionError};

    fn reads(rule: &Value) -> Result<Vec<String>, ExpressionError> {
        let expression = Expression::parse(rule).unwrap();
        expression.reads().map(|names| names.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        for (rule, names) in [
            (json!({ "var": "a.b" }), vec!["a"]),
            (json!({ "var": ["a", { "var": "b" }] }), vec!["a", "b"]),
            (
                json!({ "if": [{ "==": [{ "val": ["a", "x"] }, 1] }, { "missing": ["b", "c.d"] }] }),
                vec!["a", "b", "c"],
            ),
            (json!({ "missing_some": [1, ["a", "b"]] }), vec!["a", "b"]),
            (json!({ "sum": [{ "var": "bills" }, "fen"] }), vec!["bills"]),
            (
                json!({ "some": [{ "var": "bills" }, { ">": [{ "var": "fen" }, { "val": [[2], "limit"] }] }] }),
                vec!["bills", "limit"],
            ),
            (json!([1, "a"]), vec![]),
        ] {
            assert_eq!(reads(&rule).unwrap(), names, "{rule}");
        }
    }

    #[test]
    fn a_name_that_is_computed_is_refused() {
        for rule in [json!({ "var": { "cat": ["a", "b"] } }), json!({ "var": "" }), json!({ "val": [] })] {
            assert!(matches!(reads(&rule), Err(ExpressionError::Computed { .. })), "{rule}");
        }
    }
}
