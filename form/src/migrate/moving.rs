//! Answers on their way from one version to another.

use std::collections::BTreeMap;

use citizen_api::FieldId;
use citizen_api::catalogue::PublicService;
use citizen_api::form::{Answers, Field, FieldKind, FormDefinition, Rule};
use citizen_api::migration::MigrationStep;
use serde_json::{Map, Value};

use super::{EarlierAnswer, Fate, Written};
use crate::answer;
use crate::compiled::FORM_BUDGET;
use crate::logic::{Budget, Expression};

/// Answers on their way: under the names that the steps so far gave them.
pub(super) struct Moving<'a> {
    from: &'a PublicService,
    under_way: BTreeMap<FieldId, Answer>,
    earlier: Vec<EarlierAnswer>,
    /// What all rules together may still take.
    budget: Budget,
}

/// An answer with the field it was given to; none where a step made it.
struct Answer {
    given_to: Option<FieldId>,
    value: Value,
}

impl<'a> Moving<'a> {
    /// What was written, where it was.
    pub(super) fn new(from: &'a PublicService, written: Written) -> Self {
        let answer = |(field_id, value): (FieldId, Value)| {
            (field_id.clone(), Answer { given_to: Some(field_id), value })
        };
        let under_way = written.answers.into_iter().map(answer).collect();
        Self { from, under_way, earlier: written.earlier, budget: FORM_BUDGET }
    }

    /// Carries out a step.
    pub(super) fn take(&mut self, step: &MigrationStep) {
        match step {
            MigrationStep::Renamed { from, to } => self.rename(from, to),
            MigrationStep::Converted { from, to, rule } => self.convert(from, to, rule),
            MigrationStep::AskAgain { field } => {
                if let Some(answer) = self.under_way.remove(field) {
                    self.set_aside(field, answer, Fate::AskAgain);
                }
            }
            MigrationStep::RequirementRenamed { .. } | MigrationStep::Unknown => {}
        }
    }

    fn rename(&mut self, from: &FieldId, to: &FieldId) {
        for earlier in self.earlier.iter_mut().filter(|earlier| earlier.field_id == *from) {
            earlier.field_id = to.clone();
        }
        if let Some(answer) = self.under_way.remove(from) {
            self.put(to, answer);
        }
    }

    fn convert(&mut self, from: &[FieldId], to: &FieldId, rule: &Rule) {
        let made = Expression::parse(rule).ok().and_then(|rule| self.made(&rule));
        let fate = if made.is_some() { Fate::Converted } else { Fate::AskAgain };
        for field in from {
            if let Some(answer) = self.under_way.remove(field) {
                // What could not be written over is shown where the new question stands.
                let place = if made.is_some() { field } else { to };
                self.set_aside(place, answer, fate);
            }
        }
        if let Some(value) = made {
            self.put(to, Answer { given_to: None, value });
        }
    }

    /// What a rule makes of the answers that it reads; none where it makes nothing.
    fn made(&mut self, rule: &Expression) -> Option<Value> {
        let read = rule.reads().ok()?;
        let answers = read.into_iter().filter_map(|name| {
            let answer = self.under_way.get(&FieldId::from(name))?;
            Some((name.to_owned(), answer.value.clone()))
        });
        let data = Value::Object(answers.collect::<Map<_, _>>());
        rule.evaluate_within(&data, &mut self.budget).ok().filter(|value| !value.is_null())
    }

    /// Puts an answer under a name; one that stood there is set aside, never overwritten.
    fn put(&mut self, field: &FieldId, answer: Answer) {
        if let Some(before) = self.under_way.insert(field.clone(), answer) {
            self.set_aside(field, before, Fate::NoLongerAsked);
        }
    }

    /// Keeps an answer beside the form. One that a step made from others needs no keeping: those are kept.
    fn set_aside(&mut self, place: &FieldId, answer: Answer, fate: Fate) {
        let Some(given_to) = answer.given_to else { return };
        let field = self.from.form.field(&given_to);
        self.earlier.push(EarlierAnswer {
            field_id: if fate == Fate::NoLongerAsked { given_to } else { place.clone() },
            label: field.map(|field| field.label.clone()).unwrap_or_default(),
            kind: field.map_or(FieldKind::Unknown, |field| field.kind.clone()),
            value: answer.value,
            version: self.from.version,
            fate,
        });
    }

    /// Fits what is under way to the form: what it takes is answered, all else is kept beside it.
    pub(super) fn arrive(mut self, form: &FormDefinition) -> Written {
        let mut answers = Answers::new();
        for (field_id, answer) in std::mem::take(&mut self.under_way) {
            let Some(field) = form.field(&field_id) else {
                self.set_aside(&field_id, answer, Fate::NoLongerAsked);
                continue;
            };
            if let Ok(value) = answer::check(field, &answer.value) {
                answers.insert(field_id, value);
                continue;
            }
            answers.extend(taken(field, &answer.value).map(|value| (field_id.clone(), value)));
            self.set_aside(&field_id, answer, Fate::AskAgain);
        }
        let mut earlier = Vec::with_capacity(self.earlier.len());
        for mut answer in self.earlier {
            let field = form.field(&answer.field_id).filter(|field| !answers.contains_key(&field.field_id));
            let back = field.and_then(|field| answer::check(field, &answer.value).ok());
            match (answer.fate, field, back) {
                // A question that was taken out and came back is answered as it was before.
                (Fate::NoLongerAsked, Some(_), Some(value)) => {
                    answers.insert(answer.field_id, value);
                    continue;
                }
                (Fate::NoLongerAsked, Some(_), None) => answer.fate = Fate::AskAgain,
                (Fate::AskAgain, None, _) if form.field(&answer.field_id).is_none() => {
                    answer.fate = Fate::NoLongerAsked;
                }
                _ => {}
            }
            earlier.push(answer);
        }
        Written { answers, earlier }
    }
}

/// What a field takes of an answer that it does not take whole: the parts and entries that are right.
fn taken(field: &Field, value: &Value) -> Option<Value> {
    match (&field.kind, value) {
        (FieldKind::Group { fields, max, .. }, Value::Array(entries)) => {
            let fit = |entry: &Value| entry.as_object().map(|entry| taken_of_entry(fields, entry));
            let most = usize::try_from(*max).unwrap_or(usize::MAX);
            let entries: Vec<Value> = entries.iter().filter_map(fit).take(most).collect();
            Some(entries).filter(|entries| !entries.is_empty()).map(Value::from)
        }
        (FieldKind::Address { .. } | FieldKind::Person | FieldKind::DateRange, Value::Object(parts)) => {
            let mut fit = Map::new();
            for (name, part) in parts {
                let mut with = fit.clone();
                with.insert(name.clone(), part.clone());
                if answer::check(field, &Value::Object(with.clone())).is_ok() {
                    fit = with;
                }
            }
            Some(fit).filter(|fit| !fit.is_empty()).map(Value::from)
        }
        _ => None,
    }
}

fn taken_of_entry(fields: &[Field], entry: &Map<String, Value>) -> Value {
    let fit = |field: &Field| {
        let name = field.field_id.as_str();
        Some((name.to_owned(), answer::check(field, entry.get(name)?).ok()?))
    };
    Value::Object(fields.iter().filter_map(fit).collect())
}
