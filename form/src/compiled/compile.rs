//! Compiling a form: every rule is read and every bound checked once.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::FieldId;
use citizen_api::form::{Field, FieldKind, FormDefinition, Rule};

use super::error::FormError;
use super::{CompiledForm, Question, Rules, order};
use crate::logic::Expression;

/// How many pages a form may have.
pub const MAX_PAGES: usize = 100;
/// How many fields a form may have, those of groups counted.
pub const MAX_FIELDS: usize = 400;
/// How many options a field may offer.
pub const MAX_OPTIONS: usize = 1_000;
/// How many entries a group may take.
pub const MAX_ENTRIES: usize = 100;
/// How many bytes a group may show with all its entries: what it asks, as it is written, times the most entries. Every
/// entry shows its questions with their options anew.
pub const MAX_SHOWN: usize = 1_024 * 1_024;
/// How many checks a form may have.
pub const MAX_CHECKS: usize = 200;

/// The name under which rules see the day.
pub(super) const TODAY: &str = "today";

impl<'a> CompiledForm<'a> {
    /// Compiles a form, or says what is wrong with the document.
    pub fn compile(definition: &'a FormDefinition) -> Result<Self, FormError> {
        check_bounds(definition)?;
        let pages = definition.pages.iter().map(|page| expression("pages", page.visible_when.as_ref()));
        let pages = pages.collect::<Result<Vec<_>, _>>()?;
        let mut questions = Vec::new();
        for (page, fields) in definition.pages.iter().map(|page| &page.fields).enumerate() {
            for field in fields {
                questions.push(question(field, page)?);
            }
        }
        let names = names(&questions)?;
        let order = order::of_form(&questions, &pages, &names)?;
        for group in &mut questions {
            group.order = order::of_entry(group)?;
        }
        let checks = checks(definition, &names)?;
        Ok(Self { definition, pages, questions, order, checks })
    }
}

/// Where each name of the form stands among its questions; the names of a group's fields stand for the group.
pub(super) type Names<'n> = BTreeMap<&'n str, usize>;

fn names<'a>(questions: &[Question<'a>]) -> Result<Names<'a>, FormError> {
    let mut names = Names::new();
    for (place, question) in questions.iter().enumerate() {
        let inner = question.entry.iter().map(|inner| inner.field);
        for field in std::iter::once(question.field).chain(inner) {
            let twice = names.insert(field.field_id.as_str(), place).is_some();
            if twice || field.field_id.as_str() == TODAY {
                return Err(FormError::NameTwice { field: field.field_id.clone() });
            }
        }
    }
    Ok(names)
}

fn question(field: &Field, page: usize) -> Result<Question<'_>, FormError> {
    let place = field.field_id.as_str();
    let compute = expression(place, field.compute.as_ref())?;
    let names = compute.as_ref().map(|rule| reads(place, rule)).transpose()?.unwrap_or_default();
    let computed_from = names.into_iter().map(str::to_owned).collect();
    let rules = Rules {
        visible_when: expression(place, field.visible_when.as_ref())?,
        required_when: expression(place, field.required_when.as_ref())?,
        compute,
        computed_from,
    };
    let entry = match &field.kind {
        FieldKind::Group { fields, .. } => {
            fields.iter().map(|inner| question(inner, page)).collect::<Result<Vec<_>, _>>()?
        }
        _ => Vec::new(),
    };
    Ok(Question { field, page, rules, entry, order: Vec::new() })
}

fn expression(place: &str, rule: Option<&Rule>) -> Result<Option<Expression>, FormError> {
    let parsed =
        rule.map(|rule| Expression::parse(rule).and_then(|parsed| parsed.reads().map(drop).map(|()| parsed)));
    parsed.transpose().map_err(|error| FormError::Rule { place: place.to_owned(), error })
}

fn checks(definition: &FormDefinition, names: &Names<'_>) -> Result<Vec<Expression>, FormError> {
    let place = "checks";
    let mut checks = Vec::with_capacity(definition.checks.len());
    for check in &definition.checks {
        for field in &check.fields {
            known(place, field.as_str(), names)?;
        }
        let holds = Expression::parse(&check.holds);
        let holds = holds.map_err(|error| FormError::Rule { place: place.to_owned(), error })?;
        for name in reads(place, &holds)? {
            known(place, name, names)?;
        }
        checks.push(holds);
    }
    Ok(checks)
}

/// The names that a rule reads.
pub(super) fn reads<'e>(place: &str, rule: &'e Expression) -> Result<BTreeSet<&'e str>, FormError> {
    rule.reads().map_err(|error| FormError::Rule { place: place.to_owned(), error })
}

/// Where a name stands; none for the day.
pub(super) fn known(place: &str, name: &str, names: &Names<'_>) -> Result<Option<usize>, FormError> {
    match names.get(name) {
        Some(place) => Ok(Some(*place)),
        None if name == TODAY => Ok(None),
        None => Err(FormError::UnknownName { place: place.to_owned(), name: name.to_owned() }),
    }
}

fn check_bounds(definition: &FormDefinition) -> Result<(), FormError> {
    let mut fields = 0;
    let mut placed = BTreeSet::new();
    for field in definition.fields() {
        fields += 1 + check_field(field)?;
        let name = match &field.kind {
            FieldKind::Attachment { requirement } => ("requirement", requirement.as_str()),
            FieldKind::Declaration { declaration } => ("declaration", declaration.as_str()),
            _ => continue,
        };
        if !placed.insert(name) {
            return Err(FormError::PlacedTwice { field: field.field_id.clone() });
        }
    }
    within("pages", definition.pages.len(), MAX_PAGES)?;
    within("fields", fields, MAX_FIELDS)?;
    within("checks", definition.checks.len(), MAX_CHECKS)
}

/// Checks a field's own bounds, and gives how many fields stand in it.
fn check_field(field: &Field) -> Result<usize, FormError> {
    match &field.kind {
        FieldKind::Choice { options } | FieldKind::Choices { options, .. } => {
            within("options", options.len(), MAX_OPTIONS)?;
            Ok(0)
        }
        FieldKind::Address { areas } => {
            within("options", areas.iter().map(|area| area.towns.len().max(1)).sum(), MAX_OPTIONS)?;
            Ok(0)
        }
        FieldKind::Group { fields, max, .. } => {
            within("entries", usize::try_from(*max).unwrap_or(usize::MAX), MAX_ENTRIES)?;
            within("fields", fields.len(), MAX_FIELDS)?;
            let size = serde_json::to_string(fields).map_or(usize::MAX, |written| written.len());
            let entries = usize::try_from(*max).unwrap_or(usize::MAX);
            within("bytes in the entries of a group", size.saturating_mul(entries), MAX_SHOWN)?;
            for inner in fields {
                if let FieldKind::Group { .. }
                | FieldKind::Attachment { .. }
                | FieldKind::Declaration { .. }
                | FieldKind::Note = inner.kind
                {
                    return Err(FormError::NotInGroup { field: inner.field_id.clone() });
                }
                check_field(inner)?;
            }
            Ok(fields.len())
        }
        FieldKind::Unknown => Err(FormError::UnknownKind { field: field.field_id.clone() }),
        _ => Ok(0),
    }
}

fn within(what: &'static str, found: usize, most: usize) -> Result<(), FormError> {
    if found > most { Err(FormError::TooMany { what, most }) } else { Ok(()) }
}

/// The name of a field, for an error.
pub(super) fn name(question: &Question<'_>) -> FieldId {
    question.field.field_id.clone()
}
