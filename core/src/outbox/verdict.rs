//! What a failed attempt means for its row.

use std::time::Duration;

use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{Language, Text};

use super::queue::Waits;
use crate::Error;

/// What becomes of a row after an attempt that failed.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// Sent again after a pause.
    Later {
        /// What it waits for.
        waits: Waits,
        /// How long the city asked to wait.
        retry_after: Option<Duration>,
    },
    /// The city has lost a file that it once had: the files go again, then this.
    FilesAgain,
    /// A person must look.
    Final(Problem),
    /// The phone itself cannot go on; the row stays as it is.
    Stop(Error),
}

impl Verdict {
    /// Judges by type alone.
    pub(super) fn of(error: Error) -> Self {
        let later = |waits| Self::Later { waits, retry_after: None };
        match error {
            Error::Offline | Error::CityUnreachable => later(Waits::Network),
            Error::CityBusy { retry_after } => {
                let asked = retry_after.is_some_and(|wait| !wait.is_zero());
                Self::Later { waits: if asked { Waits::Asked } else { Waits::City }, retry_after }
            }
            Error::CityAnsweredNonsense => later(Waits::City),
            Error::SignInRequired | Error::SignInAgain(_) | Error::NotSignedIn | Error::ConsentNeeded => {
                later(Waits::SignIn)
            }
            Error::NoMandate => Self::Final(no_mandate()),
            Error::Refused(problem) => match problem.kind {
                ProblemType::EvidenceIncomplete => Self::FilesAgain,
                ProblemType::InProgress
                | ProblemType::TooManyRequests
                | ProblemType::Internal
                | ProblemType::Unavailable
                // Bytes that were damaged on their way, or a file that another process was still sending.
                | ProblemType::ChecksumMismatch => later(Waits::City),
                ProblemType::SignInRequired => later(Waits::SignIn),
                _ => Self::Final(*problem),
            },
            other => Self::Stop(other),
        }
    }
}

/// What is the matter with an item for which there is no mandate any more, as the city would say it.
fn no_mandate() -> Problem {
    let sentence = |language| Error::NoMandate.sentence(language);
    let title = Text::new(sentence(Language::Zh), sentence(Language::En));
    Problem { kind: ProblemType::NoMandate, status: 403, title, pointer: None }
}
