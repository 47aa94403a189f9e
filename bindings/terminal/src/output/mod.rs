//! The one door to standard output and standard error.
//!
//! Standard output carries the answer: a page for people, or exactly one JSON document. Everything beside it
//! (prompts, progress, logs, hints) goes to standard error, so that a pipe gets nothing but the answer.

mod moment;
mod page;
mod progress;
pub(crate) mod qr;
pub(crate) mod words;

use std::io::{IsTerminal, Write};

use citizen_api::Language;
use serde_json::Value;

use crate::failure::Failure;
pub(crate) use moment::{age, date, time};
pub(crate) use page::{Page, Side};
pub(crate) use progress::Bars;

/// What a command answers, in both forms.
pub(crate) struct Report {
    /// For programs.
    pub(crate) document: Value,
    /// For people.
    pub(crate) page: Page,
    /// How the process ends.
    pub(crate) status: Status,
}

impl Report {
    /// A report of something that is done.
    pub(crate) fn done(document: Value, page: Page) -> Self {
        Self { document, page, status: Status::Done }
    }

    /// The same report with another exit status.
    pub(crate) fn with_status(self, status: Status) -> Self {
        Self { status, ..self }
    }
}

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// 0.
    Done,
    /// 1: anything that has no status of its own.
    Failed,
    /// 2: the command cannot be carried out as it was given.
    WrongUse,
    /// 3: queued, offline, or a sign-in is needed.
    Waiting,
    /// 4: the city, or its sign-in page, said no.
    Refused,
}

impl Status {
    /// The exit status.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::WrongUse => 2,
            Self::Waiting => 3,
            Self::Refused => 4,
        }
    }
}

/// Where a command speaks to.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    /// The language of every sentence.
    pub(crate) language: Language,
    /// Whether the answer is one JSON document.
    pub(crate) json: bool,
}

impl Output {
    /// Prints what a command answered.
    pub(crate) fn report(self, report: &Report) -> std::io::Result<()> {
        match self.json {
            true => self.document(&report.document),
            false => self.answer(report.page.as_str()),
        }
    }

    /// Prints what went wrong: as the document for programs, on standard error for people.
    pub(crate) fn failure(self, failure: &Failure) -> std::io::Result<()> {
        let (language, command) = (self.language, failure.command());
        let (reason, action) = (failure.reason(language), failure.action(language));
        if self.json {
            let error = serde_json::json!({
                "code": failure.code(),
                "reason": reason,
                "action": action,
                "command": command,
                "field": failure.field(),
                "details": failure.details(language),
            });
            return self.document(&serde_json::json!({ "error": error }));
        }
        let gap = if action.is_empty() || language == Language::Zh { "" } else { " " };
        let mut lines = format!("{reason}{gap}{action}\n");
        for detail in failure.details(language) {
            lines.push_str(&format!("  · {detail}\n"));
        }
        if let Some(command) = command {
            lines.push_str(&format!("  → {command}\n"));
        }
        std::io::stderr().write_all(lines.as_bytes())
    }

    /// Prints a line of the answer while a command is still running. For people only: a program gets one document.
    pub(crate) fn line(self, line: &str) -> std::io::Result<()> {
        match self.json {
            true => Ok(()),
            false => self.answer(&format!("{line}\n")),
        }
    }

    /// Says something beside the answer.
    pub(crate) fn aside(self, line: &str) {
        // Where standard error is closed, nobody is there to be told.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Asks a yes-or-no question; no where nobody is there to answer.
    pub(crate) fn asks(self, question: &str) -> std::io::Result<bool> {
        if !std::io::stdin().is_terminal() {
            return Ok(false);
        }
        // Where standard error is closed, nobody is there to be asked.
        let _ = write!(std::io::stderr(), "{question}");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes" | "是"))
    }

    /// Whether a person watches the answer.
    pub(crate) fn is_watched(self) -> bool {
        !self.json && std::io::stdout().is_terminal()
    }

    fn document(self, document: &Value) -> std::io::Result<()> {
        self.answer(&format!("{document:#}\n"))
    }

    fn answer(self, text: &str) -> std::io::Result<()> {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }
}
