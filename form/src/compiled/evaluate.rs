//! Evaluating a form over its answers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use citizen_api::form::{Answers, Field, FieldKind};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::compile::TODAY;
use super::state::{FieldState, FormState};
use super::{CompiledForm, Question};
use crate::answer::{self, AnswerError, in_entry};
use crate::logic::{Budget, EvaluationError, Expression, truthy};

/// What one evaluation of a whole form may take. A form of 400 fields with a rule each takes a tenth of it.
pub const FORM_BUDGET: Budget = Budget { steps: 200_000, made: 4 * 1_024 * 1_024 };

/// The data that rules see so far, and what is left of the budget.
struct Sight {
    data: Value,
    budget: Budget,
}

impl<'a> CompiledForm<'a> {
    /// Judges the answers as of a day.
    pub fn evaluate(&self, answers: &Answers, today: Date) -> FormState<'a> {
        let mut sight = Sight::new(today);
        let mut judged: Vec<Option<FieldState<'a>>> = self.questions.iter().map(|_| None).collect();
        for place in &self.order {
            let Some(question) = self.questions.get(*place) else { continue };
            let page = self.pages.get(question.page).and_then(Option::as_ref);
            let asked = sight.holds(page, true) && sight.holds(question.rules.visible_when.as_ref(), true);
            let state = question.judge(answers.get(&question.field.field_id), asked, &mut sight);
            sight.show(&state);
            if let Some(slot) = judged.get_mut(*place) {
                *slot = Some(state);
            }
        }
        let mut state = FormState { fields: judged.into_iter().flatten().collect() };
        self.check(&mut state, &mut sight);
        state
    }

    /// Notes what does not agree at the last field of each check. A check waits until all it names is answered; one
    /// that gives no value is the document's fault and keeps nobody from filing.
    fn check(&self, state: &mut FormState<'a>, sight: &mut Sight) {
        for (check, holds) in self.definition.checks.iter().zip(&self.checks) {
            let answered = check.fields.iter().all(|field| sight.data.get(field.as_str()).is_some());
            if !answered || sight.holds(Some(holds), true) {
                continue;
            }
            let last = check.fields.last();
            let place = state.fields.iter_mut().find(|state| Some(&state.field.field_id) == last);
            if let Some(place) = place.filter(|place| place.finding.is_none()) {
                place.finding = Some(AnswerError::Disagrees { reason: check.reason.clone() });
            }
        }
    }
}

impl<'a> Question<'a> {
    /// Judges the answer to this question.
    fn judge(&self, given: Option<&Value>, asked: bool, sight: &mut Sight) -> FieldState<'a> {
        let mut state = FieldState {
            field: self.field,
            page: self.page,
            asked,
            required: false,
            value: None,
            finding: None,
            lacking: None,
            entries: Vec::new(),
        };
        if !asked || has_no_answer(self.field) {
            return state;
        }
        let demanded = self.rules.required_when.as_ref();
        state.required = self.field.required || (demanded.is_some() && sight.holds(demanded, false));
        match (&self.rules.compute, given) {
            (Some(rule), _) => self.compute(rule, sight, &mut state),
            (None, Some(given)) => match answer::check(self.field, &self.without_computed(given)) {
                Ok(value) => self.accept(value, sight, &mut state),
                Err(AnswerError::Missing) => state.lacking = Some(AnswerError::Missing),
                Err(error) => state.finding = Some(error),
            },
            (None, None) if state.required => state.lacking = Some(AnswerError::Missing),
            (None, None) => {
                let none = Value::Array(Vec::new());
                let counted = matches!(self.field.kind, FieldKind::Group { .. });
                state.lacking = if counted { answer::incomplete(self.field, &none) } else { None };
            }
        }
        state
    }

    /// What was given, without what the form itself computes in the entries of a group: it travels with a submission
    /// and is computed anew wherever it is judged.
    fn without_computed<'v>(&self, given: &'v Value) -> Cow<'v, Value> {
        let computed = self.entry.iter().filter(|inner| inner.rules.compute.is_some());
        let computed: BTreeSet<&str> = computed.map(|inner| inner.field.field_id.as_str()).collect();
        if computed.is_empty() {
            return Cow::Borrowed(given);
        }
        let mut given = given.clone();
        for entry in given.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            entry.retain(|name, _| !computed.contains(name.as_str()));
        }
        Cow::Owned(given)
    }

    /// Takes over what was answered, entry by entry where it is a group.
    fn accept(&self, value: Value, sight: &mut Sight, state: &mut FieldState<'a>) {
        let empty = |value: &Value| value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        state.lacking = match state.required && empty(&value) {
            true => Some(AnswerError::Missing),
            false => answer::incomplete(self.field, &value),
        };
        if self.entry.is_empty() {
            state.value = Some(value);
            return;
        }
        let mut filed = Vec::new();
        for (at, given) in value.as_array().into_iter().flatten().enumerate() {
            let entry = self.judge_entry(given, sight);
            let at_fault = |pick: fn(&FieldState<'a>) -> Option<AnswerError>| {
                let faults = entry.iter().filter_map(|inner| Some((inner.field, pick(inner)?)));
                faults.map(|(field, error)| in_entry(at, field, error)).next()
            };
            state.finding = state.finding.take().or_else(|| at_fault(|inner| inner.finding.clone()));
            state.lacking = state.lacking.take().or_else(|| at_fault(|inner| inner.lacking.clone()));
            let answers = entry
                .iter()
                .filter_map(|inner| Some((inner.field.field_id.as_str().to_owned(), inner.value.clone()?)));
            filed.push(Value::Object(answers.collect()));
            state.entries.push(entry);
        }
        state.value = Some(Value::Array(filed));
    }

    /// Judges one entry of a group: its own answers are in sight beside those of the form.
    fn judge_entry(&self, given: &Value, sight: &mut Sight) -> Vec<FieldState<'a>> {
        let mut judged: Vec<Option<FieldState<'a>>> = self.entry.iter().map(|_| None).collect();
        for place in &self.order {
            let Some(question) = self.entry.get(*place) else { continue };
            let asked = sight.holds(question.rules.visible_when.as_ref(), true);
            let state = question.judge(given.get(question.field.field_id.as_str()), asked, sight);
            sight.show(&state);
            if let Some(slot) = judged.get_mut(*place) {
                *slot = Some(state);
            }
        }
        for question in &self.entry {
            sight.hide(question.field);
        }
        judged.into_iter().flatten().collect()
    }

    /// Computes the answer. While something that it is computed from is missing it has none; that is no fault.
    fn compute(&self, rule: &Expression, sight: &mut Sight, state: &mut FieldState<'a>) {
        match sight.value(rule) {
            Ok(Value::Null) => {}
            Ok(value) => match answer::check_computed(self.field, &value) {
                Ok(value) => state.value = Some(value),
                Err(error) => state.finding = Some(error),
            },
            Err(error) if sight.has_all(&self.rules.computed_from) => {
                state.finding = Some(AnswerError::Rule(error))
            }
            Err(_) => {}
        }
        if state.required && state.value.is_none() && state.finding.is_none() {
            state.lacking = Some(AnswerError::Missing);
        }
    }
}

impl Sight {
    fn new(today: Date) -> Self {
        let day = (TODAY.to_owned(), Value::from(today.to_string()));
        Self { data: Value::Object(Map::from_iter([day])), budget: FORM_BUDGET }
    }

    fn value(&mut self, rule: &Expression) -> Result<Value, EvaluationError> {
        rule.evaluate_within(&self.data, &mut self.budget)
    }

    /// Whether a rule holds; `otherwise` where there is none or it gives no value, so that a faulty document hides
    /// nothing and demands nothing.
    fn holds(&mut self, rule: Option<&Expression>, otherwise: bool) -> bool {
        rule.map_or(otherwise, |rule| self.value(rule).map_or(otherwise, |value| truthy(&value)))
    }

    /// Whether all of these are there.
    fn has_all(&self, names: &[String]) -> bool {
        names.iter().all(|name| self.data.get(name).is_some())
    }

    fn show(&mut self, state: &FieldState<'_>) {
        if let (Some(data), Some(value)) = (self.data.as_object_mut(), &state.value) {
            data.insert(state.field.field_id.as_str().to_owned(), value.clone());
        }
    }

    fn hide(&mut self, field: &Field) {
        if let Some(data) = self.data.as_object_mut() {
            data.remove(field.field_id.as_str());
        }
    }
}

fn has_no_answer(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Attachment { .. } | FieldKind::Declaration { .. } | FieldKind::Note)
}
