//! What a run came to.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

/// What was broken, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Broken {
    /// Something acknowledged is not there.
    Lost,
    /// Something happened twice.
    Duplicate,
    /// Bytes are not what was written.
    BytesWrong,
    /// The product panicked.
    Panic,
    /// A state that no further step leads out of.
    DeadEnd,
}

/// A broken promise, with how to see it again.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) broken: Broken,
    pub(crate) what: String,
}

impl Finding {
    pub(crate) fn new(broken: Broken, what: impl Into<String>) -> Self {
        Self { broken, what: what.into() }
    }
}

/// The figures of a run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    kind: &'static str,
    runs: u64,
    seed: u64,
    lost: u64,
    duplicates: u64,
    bytes_wrong: u64,
    panics: u64,
    dead_ends: u64,
    seconds: f64,
    #[serde(skip)]
    begun: Instant,
    #[serde(skip)]
    told: Instant,
    #[serde(skip)]
    quiet: bool,
}

impl Report {
    pub(crate) fn begin(kind: &'static str, seed: u64) -> Self {
        let begun = Instant::now();
        Self {
            kind,
            runs: 0,
            seed,
            lost: 0,
            duplicates: 0,
            bytes_wrong: 0,
            panics: 0,
            dead_ends: 0,
            seconds: 0.0,
            begun,
            told: begun,
            quiet: false,
        }
    }

    /// Figures of which only the sum is of interest.
    pub(crate) fn quiet(kind: &'static str, seed: u64) -> Self {
        Self { quiet: true, ..Self::begin(kind, seed) }
    }

    /// Counts runs, and what they found; `replay` is the command that shows it again.
    pub(crate) fn count(&mut self, runs: u64, findings: &[Finding], replay: &str) {
        self.runs += runs;
        for Finding { broken, what } in findings {
            match broken {
                Broken::Lost => self.lost += 1,
                Broken::Duplicate => self.duplicates += 1,
                Broken::BytesWrong => self.bytes_wrong += 1,
                Broken::Panic => self.panics += 1,
                Broken::DeadEnd => self.dead_ends += 1,
            }
            if !self.quiet {
                say(&format!("✗ {broken:?}: {what}\n  again: cargo xtask faults {replay}"));
            }
        }
        if !self.quiet && self.told.elapsed().as_secs() >= 20 {
            self.told = Instant::now();
            say(&self.line());
        }
    }

    /// How many promises were broken.
    pub(crate) fn broken(&self) -> u64 {
        self.lost + self.duplicates + self.bytes_wrong + self.panics + self.dead_ends
    }

    /// Says the figures, keeps them where that is asked for, and gives whether every promise held.
    pub(crate) fn end(mut self, json: Option<&Path>) -> bool {
        self.seconds = self.begun.elapsed().as_secs_f64();
        say(&self.line());
        if let Some(path) = json {
            std::fs::write(path, serde_json::to_string_pretty(&self).unwrap()).unwrap();
        }
        self.broken() == 0
    }

    fn line(&self) -> String {
        let seconds = self.begun.elapsed().as_secs_f64();
        format!(
            "{} · seed {} · {} runs in {seconds:.1} s ({:.0}/s) · lost {} · duplicates {} · bytes wrong {} · panics {} · dead ends {}",
            self.kind,
            self.seed,
            self.runs,
            self.runs as f64 / seconds.max(0.001),
            self.lost,
            self.duplicates,
            self.bytes_wrong,
            self.panics,
            self.dead_ends
        )
    }
}

/// Says a line to whoever started the run.
pub(crate) fn say(line: &str) {
    // Nobody reads the terminal any more: the figures are in the file.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
