//! What an evaluation finds.

use citizen_api::FieldId;
use citizen_api::form::{Answers, Field};
use serde_json::Value;

use crate::answer::AnswerError;

/// A form with its answers, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct FormState<'a> {
    /// The questions, in the order of the form.
    pub fields: Vec<FieldState<'a>>,
}

/// A question with its answer, judged.
#[derive(Clone, PartialEq)]
pub struct FieldState<'a> {
    /// The question.
    pub field: &'a Field,
    /// The place of its page.
    pub page: usize,
    /// Whether it is asked at all.
    pub asked: bool,
    /// Whether it must be answered.
    pub required: bool,
    /// The answer that will be filed: the given one without what nobody asks, or the computed one. None where the
    /// question is not asked, not answered, or answered wrongly.
    pub value: Option<Value>,
    /// What is wrong with what was answered.
    pub finding: Option<AnswerError>,
    /// What is not there yet, and needed before it can be filed.
    pub lacking: Option<AnswerError>,
    /// The entries of a group.
    pub entries: Vec<Vec<FieldState<'a>>>,
}

/// What was answered is nobody's but the person's.
impl std::fmt::Debug for FieldState<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FieldState").field("field", &self.field.field_id).finish_non_exhaustive()
    }
}

/// Something that keeps a form from being filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub field_id: FieldId,
    /// What is wrong.
    pub error: AnswerError,
}

impl FormState<'_> {
    /// The answers that will be filed.
    pub fn answers(&self) -> Answers {
        let given = |state: &FieldState<'_>| Some((state.field.field_id.clone(), state.value.clone()?));
        self.fields.iter().filter_map(given).collect()
    }

    /// Everything that keeps the form from being filed, in the order it is asked.
    pub fn findings(&self) -> Vec<Finding> {
        let of = |state: &FieldState<'_>| {
            let error = state.finding.clone().or_else(|| state.lacking.clone())?;
            Some(Finding { field_id: state.field.field_id.clone(), error })
        };
        self.fields.iter().filter_map(of).collect()
    }
}
