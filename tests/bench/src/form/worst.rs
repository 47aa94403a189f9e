//! The dearest documents that are taken: read, compiled and evaluated once.

use citizen_api::form::Answers;
use citizen_form::CompiledForm;
use citizen_form::compiled::read_service;

use super::{BENCH, TODAY, timed};
use crate::Outcome;
use crate::report::Row;
use crate::search::quantile;

#[path = "../../../../form/tests/worst/mod.rs"]
mod documents;

/// What the dearest document may cost, in microseconds.
const BOUND: f64 = 50_000.0;

/// Measures each; one that is refused costs what it takes to refuse it.
pub fn measure() -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    for document in documents::all() {
        let answers: Answers = serde_json::from_value(document.answers)?;
        let times = timed(20, || {
            let service = read_service(&document.document)?;
            if let Ok(form) = CompiledForm::compile(&service.form) {
                drop(form.evaluate(&answers, TODAY));
            }
            Ok(())
        })?;
        rows.push(
            Row::new(BENCH, format!("worst: {}", document.what), "µs", quantile(&times, 0.5)).at_most(BOUND),
        );
    }
    Ok(rows)
}
