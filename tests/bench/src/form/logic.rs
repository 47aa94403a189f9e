//! The rules of the form, beside another evaluator of JSONLogic.
//!
//! Rules with operations of our own (dates, sums over groups) are left out: the other has none of them. It is given the
//! answers as the form holds them, and, in a second run, in its own shape already.

use citizen_api::form::{Field, FieldKind, FormDefinition};
use citizen_form::CompiledForm;
use citizen_form::logic::Expression;
use datalogic_rs::{Engine, Logic, ParsedData};
use serde_json::{Map, Value, json};

use super::{BENCH, TODAY, answers, timed};
use crate::Outcome;
use crate::report::Row;
use crate::search::quantile;

/// The operations that the other does not have.
const OURS: [&str; 2] = ["age_on", "sum"];

/// Measures all rules once over.
pub fn measure(form: &FormDefinition, strokes: usize) -> Outcome<Vec<Row>> {
    let filed = CompiledForm::compile(form)?.evaluate(&answers()?, TODAY).answers();
    let mut data: Map<String, Value> =
        filed.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    data.insert("today".to_owned(), json!(TODAY.to_string()));
    let data = Value::Object(data);
    // A check waits until what it is about is answered, and has no value before.
    let has_value = |rule: &&Value| Expression::parse(rule).is_ok_and(|rule| rule.evaluate(&data).is_ok());
    let theirs_too = |rule: &&Value| !OURS.iter().any(|name| rule.to_string().contains(name));
    let rules: Vec<&Value> = rules(form).filter(theirs_too).filter(has_value).collect();
    let ours: Vec<Expression> = rules.iter().map(|rule| Expression::parse(rule)).collect::<Result<_, _>>()?;
    let engine = Engine::new();
    let theirs: Vec<Logic> =
        rules.iter().map(|rule| engine.compile(rule.to_string().as_str())).collect::<Result<_, _>>()?;
    let ready = ParsedData::from_json(&data.to_string())?;
    for (rule, (our, their)) in rules.iter().zip(ours.iter().zip(&theirs)) {
        let their: Value = engine.session().eval_into(their, &data)?;
        if our.evaluate(&data)? != their {
            return Err(format!("{rule} gives {their} elsewhere").into());
        }
    }
    let mine = timed(strokes, || {
        ours.iter().try_for_each(|rule| rule.evaluate(&data).map(drop)).map_err(Into::into)
    })?;
    let mut session = engine.session();
    let mut other = |own: bool| {
        timed(strokes, || {
            for rule in &theirs {
                match own {
                    true => drop(session.eval(rule, &ready)?),
                    false => drop(session.eval(rule, &data)?),
                }
                session.reset();
            }
            Ok(())
        })
    };
    let (as_held, in_its_shape) = (other(false)?, other(true)?);
    let of = |name, share| {
        Row::new(BENCH, format!("{} rules evaluated, {name}", rules.len()), "µs", quantile(&mine, share))
            .peer("datalogic-rs", quantile(&as_held, share))
            .peer("datalogic-rs, own data", quantile(&in_its_shape, share))
    };
    Ok(vec![of("p50", 0.5), of("p99", 0.99)])
}

/// Every rule at the top of the form.
fn rules(form: &FormDefinition) -> impl Iterator<Item = &Value> {
    let of = |field: &Field| !matches!(field.kind, FieldKind::Group { .. }) || field.visible_when.is_some();
    let fields = form.fields().filter(move |field| of(field));
    let rules = fields.flat_map(|field| [&field.visible_when, &field.required_when, &field.compute]);
    rules.flatten().chain(form.checks.iter().map(|check| &check.holds))
}
