//! The one error of the binding.

use citizen_api::{Language, Text};
use citizen_core::{Error, ErrorKind};

/// What kept the core from doing what it was asked, with what to do about it in both languages. Told apart by `code`,
/// never by its words. Where nothing else is said, nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
pub enum CitizenError {
    /// What was asked for cannot be: the person corrects it.
    #[error("wrong use: {code}")]
    WrongUse {
        /// A stable name.
        code: String,
        /// What is wrong.
        reason: Text,
        /// What to do about it; empty where the reason says it.
        action: Text,
    },
    /// It cannot be done now: it waits for a network, the city, time or a sign-in.
    #[error("waiting: {code}")]
    Waiting {
        /// A stable name.
        code: String,
        /// What is wrong.
        reason: Text,
        /// What to do about it; empty where the reason says it.
        action: Text,
    },
    /// The city refuses.
    #[error("refused: {code}")]
    Refused {
        /// A stable name.
        code: String,
        /// What is wrong.
        reason: Text,
        /// What to do about it; empty where the reason says it.
        action: Text,
    },
    /// This phone failed.
    #[error("failed: {code}")]
    Failed {
        /// A stable name.
        code: String,
        /// What is wrong.
        reason: Text,
        /// What to do about it; empty where the reason says it.
        action: Text,
    },
}

impl From<&Error> for CitizenError {
    fn from(error: &Error) -> Self {
        let code = error.code().to_owned();
        let reason = Text::new(error.reason(Language::Zh), error.reason(Language::En));
        let action = Text::new(error.action(Language::Zh), error.action(Language::En));
        match error.kind() {
            ErrorKind::WrongUse => Self::WrongUse { code, reason, action },
            ErrorKind::Waiting => Self::Waiting { code, reason, action },
            ErrorKind::Refused => Self::Refused { code, reason, action },
            ErrorKind::Failed => Self::Failed { code, reason, action },
        }
    }
}

impl From<Error> for CitizenError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl CitizenError {
    /// A text that fits into no code.
    pub(crate) fn no_code() -> Self {
        Error::Internal { reason: "a text does not fit into a code" }.into()
    }

    /// An address that a shell made up wrongly.
    pub(crate) fn no_address() -> Self {
        Error::Internal { reason: "an address does not parse" }.into()
    }
}
