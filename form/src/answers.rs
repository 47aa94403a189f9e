//! What was submitted, against the form: the city's judgement, by the same evaluation as on the phone.

use citizen_api::form::Answers;
use jiff::civil::Date;

use crate::answer::AnswerError;
use crate::compiled::{CompiledForm, Finding};

/// Everything that keeps these answers from being taken: first what the form asks, in its order, then what it does not
/// ask of this person, or computes otherwise. Empty where all is well.
pub fn check_all(form: &CompiledForm<'_>, answers: &Answers, today: Date) -> Vec<Finding> {
    let state = form.evaluate(answers, today);
    let mut findings = state.findings();
    let filed = state.answers();
    for (field_id, value) in answers {
        let same = filed.get(field_id) == Some(value);
        if !same && !findings.iter().any(|finding| finding.field_id == *field_id) {
            findings.push(Finding { field_id: field_id.clone(), error: AnswerError::UnknownField });
        }
    }
    findings
}
