//! What went wrong on the way, in a sentence.

/// The result of a step.
pub type Outcome<T> = Result<T, Failure>;

/// A step that did not do what it should have.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The product did something else than it promises.
    #[error("{0}")]
    Promise(String),
    /// The machine did not let the test run.
    #[error("{what}: {source}")]
    Machine {
        /// What was being done.
        what: String,
        /// What the machine said.
        source: std::io::Error,
    },
    /// A process answered something that is not the JSON it promises.
    #[error("{what} is not the JSON that was promised: {source}")]
    Json {
        /// Whose answer.
        what: String,
        /// What does not fit.
        source: serde_json::Error,
    },
}

impl Failure {
    /// A broken promise.
    pub fn promise(reason: impl Into<String>) -> Self {
        Self::Promise(reason.into())
    }

    /// Says what was being done when the machine refused.
    pub fn machine(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Machine { what, source }
    }
}

/// Ends the step with a sentence where a promise does not hold.
pub fn ensure(holds: bool, reason: impl FnOnce() -> String) -> Outcome<()> {
    if holds { Ok(()) } else { Err(Failure::Promise(reason())) }
}

/// Ends the step where two values differ, naming both.
pub fn ensure_eq<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, promised: &T) -> Outcome<()> {
    ensure(found == promised, || format!("{what}: found {found:?}, promised {promised:?}"))
}
