//! Why a form cannot be shown. The document is at fault, never the person.

use citizen_api::{FieldId, Text};

use crate::logic::ExpressionError;

/// Why a form cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A field of a kind that this version does not know.
    #[error("the field {field} is of a kind that is not known")]
    UnknownKind {
        /// The field.
        field: FieldId,
    },
    /// A rule is none.
    #[error("a rule of {place}: {error}")]
    Rule {
        /// The field, or `checks` or `pages`.
        place: String,
        /// What is wrong with it.
        error: ExpressionError,
    },
    /// A rule, or a check, reads a field that the form does not have.
    #[error("{place} reads {name}, which is no field of the form")]
    UnknownName {
        /// The field, or `checks` or `pages`.
        place: String,
        /// The name.
        name: String,
    },
    /// A field depends on itself.
    #[error("the field {field} depends on itself")]
    Cycle {
        /// One of the fields in the circle.
        field: FieldId,
    },
    /// Two fields have one name.
    #[error("two fields are named {field}")]
    NameTwice {
        /// The name.
        field: FieldId,
    },
    /// A group holds something that a group cannot hold.
    #[error("the field {field} cannot stand in a group")]
    NotInGroup {
        /// The field.
        field: FieldId,
    },
    /// Another field is the place of the same requirement or declaration.
    #[error("what the field {field} shows is shown by another field")]
    PlacedTwice {
        /// The second of them.
        field: FieldId,
    },
    /// There is more of something than a form may have.
    #[error("more than {most} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The most.
        most: usize,
    },
}

impl FormError {
    /// Whether a newer version of the app may understand it.
    pub fn needs_newer_app(&self) -> bool {
        matches!(self, Self::UnknownKind { .. } | Self::Rule { error: ExpressionError::Unknown { .. }, .. })
    }

    /// What is wrong and what to do.
    pub fn reason(&self) -> Text {
        if self.needs_newer_app() {
            Text::new(
                "这张表单要用新版应用才能填写。请更新应用；急用的话可以到窗口办理。",
                "This form needs a newer version of the app. Please update it; if it is urgent, go to a counter.",
            )
        } else {
            Text::new(
                "这张表单有误，暂时不能填写，不是您的问题。请稍后更新事项目录再试，或到窗口办理。",
                "This form is faulty and cannot be filled in, through no fault of yours. Please update the catalogue later, or go to a counter.",
            )
        }
    }
}
