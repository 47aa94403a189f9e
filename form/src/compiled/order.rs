//! The order in which questions are evaluated: whatever a question depends on comes before it.

use std::collections::BTreeMap;

use super::compile::{Names, known, name, reads};
use super::error::FormError;
use super::{Question, Rules};
use crate::logic::Expression;

/// The order of a form's questions. A question depends on what its own rules read, on what the rule of its page reads,
/// and, where it is a group, on what the rules of its entries read.
pub(super) fn of_form(
    questions: &[Question<'_>],
    pages: &[Option<Expression>],
    names: &Names<'_>,
) -> Result<Vec<usize>, FormError> {
    let mut needs = Vec::with_capacity(questions.len());
    for (own, question) in questions.iter().enumerate() {
        let page = pages.get(question.page).and_then(Option::as_ref);
        let mut places = Vec::new();
        for rule in question.rules.all().chain(page) {
            places.extend(places_read(question, rule, names)?);
        }
        for inner in question.entry.iter().flat_map(|inner| inner.rules.all().map(move |rule| (inner, rule)))
        {
            // A rule within a group may read the entry's own answers.
            let read = places_read(inner.0, inner.1, names)?;
            places.extend(read.into_iter().filter(|place| *place != own));
        }
        needs.push(places);
    }
    sorted(&needs, questions)
}

fn places_read(
    question: &Question<'_>,
    rule: &Expression,
    names: &Names<'_>,
) -> Result<Vec<usize>, FormError> {
    let place = question.field.field_id.as_str();
    let read = reads(place, rule)?.into_iter().map(|name| known(place, name, names));
    read.filter_map(Result::transpose).collect()
}

/// The order of the questions of a group's entry, by what they read of each other.
pub(super) fn of_entry(group: &Question<'_>) -> Result<Vec<usize>, FormError> {
    let inner: BTreeMap<&str, usize> =
        group.entry.iter().enumerate().map(|(place, inner)| (inner.field.field_id.as_str(), place)).collect();
    let mut needs = Vec::with_capacity(group.entry.len());
    for question in &group.entry {
        let mut places = Vec::new();
        for rule in question.rules.all() {
            let names = reads(question.field.field_id.as_str(), rule)?;
            places.extend(names.into_iter().filter_map(|name| inner.get(name).copied()));
        }
        needs.push(places);
    }
    sorted(&needs, &group.entry)
}

/// Places in an order in which each comes after all that it needs.
fn sorted(needs: &[Vec<usize>], questions: &[Question<'_>]) -> Result<Vec<usize>, FormError> {
    let mut order = Vec::with_capacity(needs.len());
    let mut placed = vec![false; needs.len()];
    while order.len() < needs.len() {
        let before = order.len();
        for (place, needed) in needs.iter().enumerate() {
            let is_placed = |place: &usize| placed.get(*place).copied().unwrap_or(false);
            if is_placed(&place) || !needed.iter().all(is_placed) {
                continue;
            }
            if let Some(done) = placed.get_mut(place) {
                *done = true;
                order.push(place);
            }
        }
        if order.len() == before {
            let stuck = placed.iter().position(|done| !done).and_then(|place| questions.get(place));
            return stuck.map_or(Ok(order), |question| Err(FormError::Cycle { field: name(question) }));
        }
    }
    Ok(order)
}

impl Rules {
    /// Every rule there is.
    fn all(&self) -> impl Iterator<Item = &Expression> {
        [&self.visible_when, &self.required_when, &self.compute].into_iter().flatten()
    }
}
