//! The questions of a form with their answers: what is asked of this person, who answered it, and what is wrong.

use std::collections::BTreeMap;

use citizen_api::FieldId;
use citizen_api::form::{Answers, Field, FieldKind, FormDefinition};
use citizen_api::register::{PrefilledAnswer, ServicePrefill};
use citizen_form::compiled::{FieldState, FormState};
use citizen_form::migrate::{EarlierAnswer, Fate};
use citizen_form::{AnswerError, CompiledForm, answer};
use jiff::civil::Date;

use super::in_words::in_words;
use super::papers::{DeclarationView, RequirementView};
use super::view::{FieldView, FormView, Needed, Origin, PageView, Progress, RegisterAnswer};
use crate::Error;
use crate::draft::FieldPath;

/// What the fields of a form are filled with.
pub(super) struct Written<'a> {
    pub answers: &'a Answers,
    pub typed: &'a BTreeMap<String, String>,
    pub earlier: &'a [EarlierAnswer],
    pub prefill: Option<&'a ServicePrefill>,
    pub disputes: &'a BTreeMap<FieldId, String>,
    pub requirements: &'a [RequirementView],
    pub declarations: &'a [DeclarationView],
}

/// The form as it is shown, and the answers that are still needed.
pub(super) fn form(
    definition: &FormDefinition,
    written: &Written<'_>,
    today: Date,
) -> Result<(FormView, Vec<Needed>), Error> {
    let compiled = CompiledForm::compile(definition).map_err(|_| Error::NeedsNewerApp)?;
    let registers = registers(definition, written.prefill);
    let mut answers = written.answers.clone();
    for (field_id, prefilled) in &registers {
        // What a person has begun to type is theirs, though it is no answer yet.
        if !written.typed.contains_key(field_id.as_str()) {
            answers.entry((*field_id).clone()).or_insert_with(|| prefilled.value.clone());
        }
    }
    let state = compiled.evaluate(&answers, today);
    let shown = Shown { written, registers };
    let needed = needed(&state, written);
    Ok((shown.form(definition, &state), needed))
}

/// What registers answer. One that the form does not take is not offered: a person cannot be asked to mend a
/// register's record in a form.
fn registers<'a>(
    definition: &'a FormDefinition,
    prefill: Option<&'a ServicePrefill>,
) -> BTreeMap<&'a FieldId, &'a PrefilledAnswer> {
    let taken = |prefilled: &&PrefilledAnswer| {
        let field = definition.field(&prefilled.field_id);
        field.is_some_and(|field| answer::check(field, &prefilled.value).is_ok())
    };
    let answers = prefill.into_iter().flat_map(|prefill| &prefill.answers).filter(taken);
    answers.map(|prefilled| (&prefilled.field_id, prefilled)).collect()
}

/// The answers that are missing or wrong, in the order they are asked.
fn needed(state: &FormState<'_>, written: &Written<'_>) -> Vec<Needed> {
    let of = |state: &FieldState<'_>| {
        let field_id = &state.field.field_id;
        let own = FieldPath::of(field_id.clone());
        let typed = written.typed.iter().find(|(path, _)| own.holds(path));
        let error = state.finding.clone().or_else(|| state.lacking.clone());
        let typed = typed.filter(|_| state.asked).map(|(path, typed)| typed_fault(state.field, path, typed));
        let error = typed.or(error)?;
        Some(Needed::Answer {
            field_id: field_id.clone(),
            label: state.field.label.clone(),
            reason: error.reason(),
        })
    };
    state.fields.iter().filter_map(of).collect()
}

/// What is wrong with what was typed at a field or within its entries. It was no answer when it was typed, so
/// something is.
fn typed_fault(field: &Field, path: &str, typed: &str) -> AnswerError {
    let inner = path.rsplit('/').next().unwrap_or(path);
    let field = match &field.kind {
        FieldKind::Group { fields, .. } => {
            fields.iter().find(|field| field.field_id.as_str() == inner).unwrap_or(field)
        }
        _ => field,
    };
    answer::read(field, typed).err().unwrap_or(AnswerError::Missing)
}

/// What turns states into views.
struct Shown<'a> {
    written: &'a Written<'a>,
    registers: BTreeMap<&'a FieldId, &'a PrefilledAnswer>,
}

impl Shown<'_> {
    fn form(&self, definition: &FormDefinition, state: &FormState<'_>) -> FormView {
        let mut pages = Vec::with_capacity(definition.pages.len());
        let mut whole = Progress::default();
        for (place, page) in definition.pages.iter().enumerate() {
            let asked = state.fields.iter().filter(|state| state.page == place && state.asked);
            let progress = progress(asked.clone());
            let fields: Vec<FieldView> =
                asked.map(|state| self.field(state, FieldPath::of(state.field.field_id.clone()))).collect();
            whole.answered += progress.answered;
            whole.required += progress.required;
            if !fields.is_empty() {
                pages.push(PageView { title: page.title.clone(), fields, progress });
            }
        }
        FormView { pages, progress: whole }
    }

    fn field(&self, state: &FieldState<'_>, path: FieldPath) -> FieldView {
        let (field, written) = (state.field, self.written);
        let field_id = &field.field_id;
        let typed = written.typed.get(&path.to_string()).cloned();
        // Within a group, the person alone answers.
        let at_top = path.entry.is_none();
        let own = written.answers.get(field_id).filter(|_| at_top);
        let register = self.registers.get(field_id).filter(|_| at_top);
        let value = state.value.clone().or_else(|| own.cloned());
        let origin = match (own, register) {
            _ if field.compute.is_some() => Origin::Computed,
            _ if typed.is_some() => Origin::Person,
            (Some(_), _) => Origin::Person,
            (None, Some(prefilled)) => Origin::Register { source: prefilled.source.clone() },
            (None, None) if !at_top && value.is_some() => Origin::Person,
            (None, None) => Origin::Nobody,
        };
        let typed_finding = typed.as_ref().and_then(|typed| answer::read(field, typed).err());
        FieldView {
            label: field.label.clone(),
            help: field.help.clone(),
            field: field.kind.clone(),
            required: state.required,
            words: value.as_ref().map(|value| in_words(&field.kind, value)),
            value: value.filter(|_| typed.is_none()),
            typed,
            origin,
            register: register.map(|prefilled| self.register(field, prefilled)),
            dispute: written.disputes.get(field_id).filter(|_| at_top).cloned(),
            finding: typed_finding.as_ref().or(state.finding.as_ref()).map(AnswerError::reason),
            earlier: self.earlier(state, at_top),
            entries: self.entries(state),
            paper: self.paper(&field.kind),
            declaration: self.declaration(&field.kind),
            field_id: field_id.clone(),
            path,
        }
    }

    fn register(&self, field: &Field, prefilled: &PrefilledAnswer) -> RegisterAnswer {
        RegisterAnswer {
            value: prefilled.value.clone(),
            words: in_words(&field.kind, &prefilled.value),
            source: prefilled.source.clone(),
            purpose: self.written.prefill.map(|prefill| prefill.purpose.clone()).unwrap_or_default(),
        }
    }

    /// What has to be answered again, until it is.
    fn earlier(&self, state: &FieldState<'_>, at_top: bool) -> Vec<EarlierAnswer> {
        let open = at_top && (state.value.is_none() || !state.entries.is_empty());
        let again = |earlier: &&EarlierAnswer| {
            earlier.fate == Fate::AskAgain && earlier.field_id == state.field.field_id
        };
        self.written.earlier.iter().filter(|_| open).filter(again).cloned().collect()
    }

    fn entries(&self, state: &FieldState<'_>) -> Vec<Vec<FieldView>> {
        let group = &state.field.field_id;
        let entry = |(at, fields): (usize, &Vec<FieldState<'_>>)| {
            let asked = fields.iter().filter(|inner| inner.asked);
            asked
                .map(|inner| self.field(inner, FieldPath::in_entry(group, at, &inner.field.field_id)))
                .collect()
        };
        state.entries.iter().enumerate().map(entry).collect()
    }

    fn paper(&self, kind: &FieldKind) -> Option<RequirementView> {
        let FieldKind::Attachment { requirement } = kind else { return None };
        let mut papers = self.written.requirements.iter();
        papers.find(|paper| paper.requirement_id == *requirement).cloned()
    }

    fn declaration(&self, kind: &FieldKind) -> Option<DeclarationView> {
        let FieldKind::Declaration { declaration } = kind else { return None };
        let mut declarations = self.written.declarations.iter();
        declarations.find(|view| view.declaration.declaration_id == *declaration).cloned()
    }
}

fn progress<'s>(states: impl Iterator<Item = &'s FieldState<'s>>) -> Progress {
    let mut progress = Progress::default();
    for state in states.filter(|state| state.required) {
        progress.required += 1;
        progress.answered += u32::from(state.finding.is_none() && state.lacking.is_none());
    }
    progress
}
