//! Rules about the questions.

use std::collections::BTreeSet;

use citizen_api::catalogue::PublicService;
use citizen_api::form::{ChoiceOption, Field, FieldKind};
use citizen_api::{DeclarationId, RequirementId};
use citizen_form::compiled::MAX_FIELDS;

use crate::catalogue::fault::Fault;

/// The name under which rules see the day.
const TODAY: &str = "today";

/// Every field with its pointer: those of the pages, each followed by those of its group.
pub(super) fn fields(service: &PublicService) -> Vec<(String, &Field)> {
    let mut found = Vec::new();
    for (page, fields) in service.form.pages.iter().map(|page| &page.fields).enumerate() {
        for (place, field) in fields.iter().enumerate() {
            let pointer = format!("/form/pages/{page}/fields/{place}");
            let inner: Vec<_> = inner(field, &pointer).collect();
            found.push((pointer, field));
            found.extend(inner);
        }
    }
    found
}

fn inner<'a>(field: &'a Field, pointer: &str) -> impl Iterator<Item = (String, &'a Field)> {
    let fields = match &field.kind {
        FieldKind::Group { fields, .. } => fields.as_slice(),
        _ => &[],
    };
    fields.iter().enumerate().map(move |(place, field)| (format!("{pointer}/kind/fields/{place}"), field))
}

/// A name stands for one field in the whole form, those of groups counted.
pub(super) fn names_once(service: &PublicService, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for (pointer, field) in fields(service) {
        let name = field.field_id.as_str();
        if !seen.insert(name) || name == TODAY {
            faults.push(Fault::new(
                format!("{pointer}/field_id"),
                format!("“{name}”这个名字已经用过了，请换一个。"),
                format!("The name “{name}” is taken. Choose another."),
            ));
        }
    }
}

/// Every question has an answer that can be right.
pub(super) fn answers_are_possible(service: &PublicService, faults: &mut Vec<Fault>) {
    for (pointer, field) in fields(service) {
        let bounds = match &field.kind {
            FieldKind::Number { min, max } | FieldKind::Money { min, max } => min <= max,
            FieldKind::Choices { options, min, max } => {
                min <= max && usize::try_from(*min).is_ok_and(|min| min <= options.len())
            }
            FieldKind::Group { min, max, .. } => min <= max,
            _ => true,
        };
        if !bounds {
            faults.push(Fault::new(
                format!("{pointer}/kind"),
                "没有答案能同时满足最小和最大。请改 min 或 max。",
                "No answer lies within these bounds. Change min or max.",
            ));
        }
        if let FieldKind::Choice { options } | FieldKind::Choices { options, .. } = &field.kind {
            options_once(&pointer, options, faults);
        }
    }
}

fn options_once(pointer: &str, options: &[ChoiceOption], faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for (place, option) in options.iter().enumerate() {
        if !seen.insert(option.value.as_str()) {
            faults.push(Fault::new(
                format!("{pointer}/kind/options/{place}/value"),
                "这个选项前面已经有了，请换一个 value。",
                "An option before this one has the same value. Choose another.",
            ));
        }
    }
}

/// A group holds questions, and nothing that asks for files or is no question at all.
pub(super) fn groups_hold_questions_only(service: &PublicService, faults: &mut Vec<Fault>) {
    let groups = fields(service).into_iter().filter(|(pointer, _)| pointer.contains("/kind/fields/"));
    for (pointer, field) in groups {
        if let FieldKind::Group { .. }
        | FieldKind::Attachment { .. }
        | FieldKind::Declaration { .. }
        | FieldKind::Note = field.kind
        {
            faults.push(Fault::new(
                format!("{pointer}/kind/type"),
                "组里面只能放问题，不能再放组、材料、承诺书或说明。请移到组外面。",
                "A group holds questions only: no group, attachment, declaration or note. Move it out of the group.",
            ));
        }
        if field.prefill.is_some() {
            faults.push(Fault::new(
                format!("{pointer}/prefill"),
                "组里面的问题登记库填不了。请去掉 prefill。",
                "No register answers a question within a group. Remove prefill.",
            ));
        }
    }
}

/// The place of a paper or a declaration names one that the service has.
pub(super) fn places_name_something(service: &PublicService, faults: &mut Vec<Fault>) {
    let requirement =
        |name: &RequirementId| service.requirements.iter().any(|known| known.requirement_id == *name);
    let declaration =
        |name: &DeclarationId| service.declarations.iter().any(|known| known.declaration_id == *name);
    for (pointer, field) in fields(service) {
        match &field.kind {
            FieldKind::Attachment { requirement: name } if !requirement(name) => {
                faults.push(unknown(format!("{pointer}/kind/requirement"), name.as_str()));
            }
            FieldKind::Declaration { declaration: name } if !declaration(name) => {
                faults.push(unknown(format!("{pointer}/kind/declaration"), name.as_str()));
            }
            _ => {}
        }
    }
}

pub(super) fn unknown(pointer: String, name: &str) -> Fault {
    Fault::new(
        pointer,
        format!("没有叫“{name}”的。请核对名字，或补上它。"),
        format!("Nothing is named “{name}”. Check the name, or add it."),
    )
}

/// What is computed is never typed: it is not demanded, and no register answers it.
pub(super) fn computed_is_not_typed(service: &PublicService, faults: &mut Vec<Fault>) {
    for (pointer, field) in fields(service) {
        let demanded = field.required || field.required_when.is_some() || field.prefill.is_some();
        if field.compute.is_some() && demanded {
            faults.push(Fault::new(
                format!("{pointer}/compute"),
                "算出来的一项不能是必填，也不能由登记库填。请去掉 required、required_when 和 prefill。",
                "What is computed is not required and has no prefill. Remove required, required_when and prefill.",
            ));
        }
    }
}

/// A form asks no more than can be evaluated.
pub(super) fn within_bounds(service: &PublicService, faults: &mut Vec<Fault>) {
    let count = fields(service).len();
    if count > MAX_FIELDS {
        faults.push(Fault::new(
            "/form",
            format!("一张表单最多 {MAX_FIELDS} 项，这里有 {count} 项。请拆成几个事项。"),
            format!("A form has at most {MAX_FIELDS} fields; this one has {count}. Split the service."),
        ));
    }
}
