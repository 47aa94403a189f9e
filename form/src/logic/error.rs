//! Why an expression is refused, and why it gives no value. No error holds anything of the data.

use citizen_api::Text;

/// Why a JSON value is not an expression. The service's document is at fault, not the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// It has more nodes than [`super::MAX_NODES`].
    #[error("the expression has more than {} nodes", super::MAX_NODES)]
    Nodes,
    /// It is nested deeper than [`super::MAX_DEPTH`].
    #[error("the expression is nested deeper than {}", super::MAX_DEPTH)]
    Depth,
    /// Its texts are longer than [`super::MAX_TEXT`].
    #[error("the texts of the expression are longer than {} bytes", super::MAX_TEXT)]
    Text,
    /// An object has several keys: an operation has one.
    #[error("an operation is an object of one key")]
    Keys,
    /// No operation has this name.
    #[error("there is no operation {operation}")]
    Unknown {
        /// The beginning of the name.
        operation: String,
    },
    /// An operation has too few arguments, too many, or the wrong kind.
    #[error("the arguments of {operation} do not fit")]
    Arguments {
        /// The operation.
        operation: &'static str,
    },
    /// It looks up a name that it computes, so that nobody can tell what it depends on.
    #[error("{operation} looks up a name that is computed")]
    Computed {
        /// The operation.
        operation: &'static str,
    },
}

/// Why an expression gives no value for these answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// It took more than [`super::MAX_STEPS`].
    #[error("the evaluation took more than {} steps", super::MAX_STEPS)]
    Steps,
    /// It made more than [`super::MAX_MADE`] bytes.
    #[error("the evaluation made more than {} bytes", super::MAX_MADE)]
    Made,
    /// A value is nested deeper than [`super::MAX_VALUE_DEPTH`].
    #[error("a value is nested deeper than {}", super::MAX_VALUE_DEPTH)]
    Depth,
    /// The arguments of an operation do not fit.
    #[error("the arguments of {operation} do not fit")]
    Arguments {
        /// The operation.
        operation: &'static str,
    },
    /// Something that had to be a number is none, or no number is the result.
    #[error("a number is needed, or the result is none")]
    Number,
    /// Something that had to be a date is none, or lies out of the calendar.
    #[error("a date is needed, or the result is none")]
    Date,
}

impl ExpressionError {
    /// What is wrong and what to do.
    pub fn reason(&self) -> Text {
        match self {
            Self::Nodes | Self::Depth | Self::Text => Text::new(
                "这张表单的一条规则过长，应用不会执行。请更新应用后再试，或到窗口办理。",
                "A rule of this form is too large, so the app does not run it. Please update the app and try again, or go to a counter.",
            ),
            Self::Unknown { operation } => Text::new(
                format!("这张表单需要更新版本的应用（规则“{operation}”)。请更新应用后再试。"),
                format!(
                    "This form needs a newer app (rule “{operation}”). Please update the app and try again."
                ),
            ),
            Self::Keys | Self::Arguments { .. } | Self::Computed { .. } => Text::new(
                "这张表单的一条规则有误，不是您的问题。请稍后再试，或到窗口办理。",
                "A rule of this form is faulty, through no fault of yours. Please try again later, or go to a counter.",
            ),
        }
    }
}

impl EvaluationError {
    /// What is wrong and what to do.
    pub fn reason(&self) -> Text {
        match self {
            Self::Steps | Self::Made | Self::Depth => Text::new(
                "填写的内容过多，无法自动计算。请减少条目后再试，或到窗口办理。",
                "There is too much here to compute with. Please give fewer entries and try again, or go to a counter.",
            ),
            Self::Number => Text::new(
                "有一处需要数字才能计算。请核对填写的数字后再试。",
                "A number is needed to compute this. Please check the numbers you gave and try again.",
            ),
            Self::Date => Text::new(
                "有一处需要有效的日期才能计算。请核对填写的日期后再试。",
                "A valid date is needed to compute this. Please check the dates you gave and try again.",
            ),
            Self::Arguments { .. } => Text::new(
                "这张表单的一条规则与填写的内容不符。请核对填写的内容后再试，或到窗口办理。",
                "A rule of this form does not fit what you gave. Please check your answers and try again, or go to a counter.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EvaluationError, ExpressionError};

    #[test]
    fn a_newer_operation_asks_for_a_newer_app() {
        let reason = ExpressionError::Unknown { operation: "throw".to_owned() }.reason();
        assert!(reason.zh.contains("throw") && reason.zh.contains("更新应用"), "{reason:?}");
        assert!(reason.en.contains("throw") && reason.en.contains("update the app"), "{reason:?}");
    }

    #[test]
    fn what_the_person_can_mend_is_named() {
        assert!(EvaluationError::Number.reason().zh.contains("数字"));
        assert!(EvaluationError::Date.reason().zh.contains("日期"));
    }
}
