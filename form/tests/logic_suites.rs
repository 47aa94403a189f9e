//! The language's shared cases, and what the evaluator promises for hostile expressions.

#![cfg(test)]

use std::fs;
use std::path::Path;

use citizen_form::logic::{Budget, EvaluationError, Expression, ExpressionError, MAX_MADE, MAX_NODES};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Operations of newer proposals that the evaluator does not have on purpose.
const LEFT_OUT: [&str; 4] = ["throw", "try", "??", "preserve"];

fn run(rule: &Value, data: &Value) -> Result<Value, String> {
    let expression = Expression::parse(rule).map_err(|error| error.to_string())?;
    expression.evaluate(data).map_err(|error| error.to_string())
}

fn evaluate(rule: &Value, data: &Value) -> Result<Value, EvaluationError> {
    Expression::parse(rule).unwrap().evaluate(data)
}

fn left_out(rule: &Value) -> bool {
    match rule {
        Value::Array(items) => items.iter().any(left_out),
        Value::Object(object) => {
            object.iter().any(|(name, inner)| LEFT_OUT.contains(&name.as_str()) || left_out(inner))
        }
        _ => false,
    }
}

/// Equal, where 2 and 2.0 are the same number.
fn alike(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| alike(left, right))
        }
        _ => left == right,
    }
}

fn check(file: &Path, failures: &mut Vec<String>) -> usize {
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let mut checked = 0;
    for case in cases.iter().filter(|case| case.is_object() && !left_out(&case["rule"])) {
        let outcome = run(&case["rule"], &case["data"]);
        let right = match (&outcome, case.get("error")) {
            (Ok(value), None) => alike(value, &case["result"]),
            (outcome, expected) => outcome.is_err() && expected.is_some(),
        };
        if !right {
            failures.push(format!("{}: {case} gave {outcome:?}", file.display()));
        }
        checked += 1;
    }
    checked
}

fn check_all(folder: &Path, failures: &mut Vec<String>) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { check_all(&path, failures) } else { check(&path, failures) }).sum()
}

#[test]
fn the_shared_cases_hold() {
    let mut failures = Vec::new();
    let checked =
        check_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jsonlogic/suites"), &mut failures);
    assert!(failures.is_empty(), "{} of {checked}:\n{}", failures.len(), failures.join("\n"));
    assert!(checked > 800, "only {checked} cases were found");
}

#[test]
fn dates_and_sums_are_exact() {
    let data = json!({ "birth": "2000-02-29", "today": "2026-02-28", "bills": [{ "fen": 9_007_199_254_740_993_i64 }, { "fen": 2 }, {}] });
    for (rule, value) in [
        (json!({ "age_on": [{ "var": "birth" }, { "var": "today" }] }), json!(25)),
        (json!({ "age_on": [{ "var": "birth" }, "2026-03-01"] }), json!(26)),
        (json!({ "age_on": [{ "var": "nothing" }, { "var": "today" }] }), Value::Null),
        (json!({ "date_diff_days": ["2024-02-28", "2024-03-01"] }), json!(2)),
        (json!({ "date_add": ["2024-01-31", 1, "months"] }), json!("2024-02-29")),
        (json!({ "date_add": ["2024-01-01", -1, "days"] }), json!("2023-12-31")),
        (json!({ "sum": [{ "var": "bills" }, "fen"] }), json!(9_007_199_254_740_995_i64)),
        (json!({ "sum": [{ "var": "nothing" }, "fen"] }), json!(0)),
        (json!({ "==": [{ "var": "nothing" }, "married"] }), json!(false)),
    ] {
        assert_eq!(evaluate(&rule, &data), Ok(value), "{rule}");
    }
    assert_eq!(
        evaluate(&json!({ "age_on": ["2024-02-30", "2026-01-01"] }), &data),
        Err(EvaluationError::Date)
    );
    assert_eq!(
        evaluate(&json!({ "date_add": ["9999-12-31", 1, "days"] }), &data),
        Err(EvaluationError::Date)
    );
    let huge = json!({ "bills": [{ "fen": i64::MAX }, { "fen": 1 }] });
    assert_eq!(evaluate(&json!({ "sum": [{ "var": "bills" }, "fen"] }), &huge), Err(EvaluationError::Number));
}

#[test]
fn two_thousand_terms_are_added() {
    assert_eq!(evaluate(&json!({ "+": vec![1; 2_000] }), &Value::Null), Ok(json!(2_000)));
    let nested = (0..200).fold(json!(1), |sum, _| json!({ "+": [sum, 1] }));
    assert_eq!(Expression::parse(&nested).unwrap_err(), ExpressionError::Depth);
    assert_eq!(Expression::parse(&json!({ "+": vec![1; MAX_NODES] })).unwrap_err(), ExpressionError::Nodes);
}

#[test]
fn what_explodes_is_ended_by_the_budget() {
    let data = json!({ "list": vec![1; 30], "long": "x".repeat(300_000) });
    let list = json!(vec![1; 30]);
    let maps = (0..10).fold(json!(1), |inner, _| json!({ "map": [list, inner] }));
    assert!(matches!(evaluate(&maps, &data), Err(EvaluationError::Steps | EvaluationError::Made)));
    let doubling =
        json!({ "reduce": [list, { "cat": [{ "var": "accumulator" }, { "var": "accumulator" }] }, "x"] });
    assert_eq!(evaluate(&doubling, &data), Err(EvaluationError::Made));
    assert_eq!(evaluate(&json!({ "var": "long" }), &data), Err(EvaluationError::Made));
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(evaluate(&json!({ "var": "" }), &deep), Err(EvaluationError::Depth));
}

#[test]
fn looking_at_what_cannot_be_paid_for_is_not_free() {
    let data = json!({ "list": vec![1; 100_000] });
    let look = Expression::parse(&json!({ "var": "list" })).unwrap();
    let mut budget = Budget { steps: 100, made: 2 * MAX_MADE };
    assert_eq!(look.evaluate_within(&data, &mut budget), Err(EvaluationError::Made));
    assert_eq!(budget.made, MAX_MADE, "all that one evaluation may make is gone");
}

const NAMES: [&str; 24] = [
    "var",
    "val",
    "missing",
    "missing_some",
    "if",
    "==",
    "===",
    "<",
    "+",
    "-",
    "*",
    "/",
    "%",
    "max",
    "cat",
    "substr",
    "in",
    "merge",
    "map",
    "filter",
    "reduce",
    "all",
    "sum",
    "date_add",
];

fn any_expression() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-c.0-9\u{4e00}-\u{4e03}-]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            (prop::sample::select(&NAMES[..]), prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(name, arguments)| json!({ name: arguments })),
            (prop::sample::select(&NAMES[..]), inner).prop_map(|(name, argument)| json!({ name: argument })),
        ]
    })
}

proptest! {
    #[test]
    fn any_expression_ends_without_a_panic_and_always_alike(rule in any_expression(), data in any_expression()) {
        prop_assert_eq!(run(&rule, &data), run(&rule, &data));
    }
}
