//! All answers against a form.

use citizen_api::FieldId;
use citizen_api::form::{Answers, FormDefinition};

use crate::answer::{self, AnswerError};

/// Something that keeps a form from being filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub field_id: FieldId,
    /// What is wrong.
    pub error: AnswerError,
}

/// Everything that keeps these answers from being filed: first what the form asks, in its order, then what it
/// does not ask. Empty where all is well.
pub fn check_all(definition: &FormDefinition, answers: &Answers) -> Vec<Finding> {
    let asked = definition.fields().filter_map(|field| {
        let error = match answers.get(&field.field_id) {
            Some(value) => answer::check(field, value).err(),
            None => field.required.then_some(AnswerError::Missing),
        };
        error.map(|error| Finding { field_id: field.field_id.clone(), error })
    });
    let not_asked = answers
        .keys()
        .filter(|field_id| definition.field(field_id).is_none())
        .map(|field_id| Finding { field_id: field_id.clone(), error: AnswerError::UnknownField });
    asked.chain(not_asked).collect()
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::form::{Answers, Field, FieldKind, FormDefinition, Page};
    use serde_json::json;

    use super::{Finding, check_all};
    use crate::answer::{AnswerError, AnswerType};

    fn field(field_id: &str, kind: FieldKind, required: bool) -> Field {
        Field { required, ..Field::new(field_id, Text::default(), kind) }
    }

    fn form() -> FormDefinition {
        let fields = vec![
            field("visit_date", FieldKind::Date, true),
            field("amount", FieldKind::Money { min: 1, max: 9 }, true),
            field("note", FieldKind::LongText { max_length: 9 }, false),
        ];
        FormDefinition {
            checks: Vec::new(),
            pages: vec![Page { title: Text::default(), fields, visible_when: None }],
        }
    }

    #[test]
    fn a_complete_form_has_no_findings() {
        let answers =
            Answers::from([("visit_date".into(), json!("2026-11-23")), ("amount".into(), json!(9))]);
        assert_eq!(check_all(&form(), &answers), []);
    }

    #[test]
    fn missing_wrong_and_unknown_are_all_found_in_the_order_of_the_form() {
        let answers = Answers::from([
            ("amount".into(), json!("9")),
            ("note".into(), json!("")),
            ("favourite_colour".into(), json!("red")),
        ]);
        let finding = |field_id: &str, error| Finding { field_id: field_id.into(), error };
        assert_eq!(
            check_all(&form(), &answers),
            [
                finding("visit_date", AnswerError::Missing),
                finding("amount", AnswerError::WrongType { expected: AnswerType::Amount }),
                finding("favourite_colour", AnswerError::UnknownField),
            ]
        );
    }
}
