//! Rules about the expressions of a form.

use std::collections::BTreeSet;

use citizen_api::FieldId;
use citizen_api::catalogue::PublicService;
use citizen_api::form::Rule;
use citizen_form::CompiledForm;
use citizen_form::compiled::FormError;
use citizen_form::logic::{Expression, ExpressionError};

use super::form::{fields, unknown};
use crate::catalogue::fault::Fault;

/// Every expression of a form with its pointer.
fn expressions(service: &PublicService) -> Vec<(String, &Rule)> {
    let pages = service.form.pages.iter().enumerate();
    let of_pages = pages.filter_map(|(place, page)| {
        Some((format!("/form/pages/{place}/visible_when"), page.visible_when.as_ref()?))
    });
    let of_fields = fields(service).into_iter().flat_map(|(pointer, field)| {
        let rules = [
            ("visible_when", &field.visible_when),
            ("required_when", &field.required_when),
            ("compute", &field.compute),
        ];
        rules
            .into_iter()
            .filter_map(|(name, rule)| Some((format!("{pointer}/{name}"), rule.as_ref()?)))
            .collect::<Vec<_>>()
    });
    let checks = service.form.checks.iter().enumerate();
    let of_checks = checks.map(|(place, check)| (format!("/form/checks/{place}/holds"), &check.holds));
    let migrations = service.migrations.iter().enumerate().flat_map(|(at, migration)| {
        migration.steps.iter().enumerate().filter_map(move |(place, step)| match step {
            citizen_api::migration::MigrationStep::Converted { rule, .. } => {
                Some((format!("/migrations/{at}/steps/{place}/rule"), rule))
            }
            _ => None,
        })
    });
    of_pages.chain(of_fields).chain(of_checks).chain(migrations).collect()
}

/// Every expression is one, and within its bounds.
pub(super) fn are_rules(service: &PublicService, faults: &mut Vec<Fault>) {
    for (pointer, rule) in expressions(service) {
        let read = Expression::parse(rule).and_then(|parsed| parsed.reads().map(drop));
        if let Err(error) = read {
            faults.push(no_rule(pointer, &error));
        }
    }
}

/// Checks are about fields that are there.
pub(super) fn checks_name_fields(service: &PublicService, faults: &mut Vec<Fault>) {
    let known: BTreeSet<&FieldId> = fields(service).iter().map(|(_, field)| &field.field_id).collect();
    for (at, check) in service.form.checks.iter().enumerate() {
        for (place, name) in check.fields.iter().enumerate() {
            if !known.contains(name) {
                faults.push(unknown(format!("/form/checks/{at}/fields/{place}"), name.as_str()));
            }
        }
    }
}

/// The form as a whole can be evaluated: no rule reads what is not there, and nothing depends on itself.
pub(super) fn form_compiles(service: &PublicService, faults: &mut Vec<Fault>) {
    if let Err(error) = CompiledForm::compile(&service.form) {
        faults.push(no_form(service, &error));
    }
}

/// What is wrong with an expression, for its author; a citizen is told otherwise.
fn no_rule(pointer: String, error: &ExpressionError) -> Fault {
    let zh = match error {
        ExpressionError::Nodes => "规则太大了。请拆成几项来算。",
        ExpressionError::Depth => "规则套得太深了。请拆成几项来算。",
        ExpressionError::Text => "规则里的文字太长了。请缩短。",
        ExpressionError::Keys => "一个运算只能有一个名字。请把对象拆开。",
        ExpressionError::Unknown { .. } => "没有这种运算。请用 citizen_form::logic 里列出的运算。",
        ExpressionError::Computed { .. } => "规则里要查的名字是算出来的，看不出它取决于什么。请直接写名字。",
        ExpressionError::Arguments { .. } => "运算的参数个数或种类不对，请核对。",
    };
    Fault::new(pointer, format!("{zh}({error})"), format!("{error}. Mend the rule."))
}

/// What is wrong with a form as a whole, at the field that it is told of.
fn no_form(service: &PublicService, error: &FormError) -> Fault {
    let named = match error {
        FormError::UnknownKind { field }
        | FormError::Cycle { field }
        | FormError::NameTwice { field }
        | FormError::NotInGroup { field }
        | FormError::PlacedTwice { field } => field.as_str(),
        FormError::Rule { place, .. } | FormError::UnknownName { place, .. } => place.as_str(),
        FormError::TooMany { .. } => "",
    };
    let of_field = fields(service).into_iter().find(|(_, field)| field.field_id.as_str() == named);
    let pointer = match (of_field, named) {
        (Some((pointer, _)), _) => pointer,
        (None, "checks") => "/form/checks".to_owned(),
        (None, "pages") => "/form/pages".to_owned(),
        (None, _) => "/form".to_owned(),
    };
    let zh = match error {
        FormError::UnknownName { name, .. } => format!("规则里用到“{name}”，表单里没有这一项。请核对名字。"),
        FormError::Cycle { .. } => "这一项绕了一圈又取决于自己。请去掉其中一条规则。".to_owned(),
        FormError::PlacedTwice { .. } => "同一份材料或承诺书在表单里放了两处。请去掉一处。".to_owned(),
        FormError::TooMany { most, .. } => format!("超过了表单的上限 {most}。请删减或拆开。"),
        _ => "表单不能用，请核对。".to_owned(),
    };
    Fault::new(pointer, format!("{zh}({error})"), format!("{error}. Mend the form."))
}
