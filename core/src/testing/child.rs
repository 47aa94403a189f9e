//! A test that runs in a process of its own, so that it can be killed or looked into.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Says to a test that it is a child, and of which folder.
const FOLDER: &str = "CITIZEN_TEST_CHILD_FOLDER";

/// Before every line that a child says to its parent; the test harness says things of its own.
const SAYS: &str = "child: ";

/// A test of this executable, running as a process.
pub(crate) struct Process {
    pub(crate) child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Process {
    /// Starts the test of that name.
    pub(crate) fn start(test: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, to, from }
    }

    /// Waits for what the child says next; none where it has ended.
    pub(crate) fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.from.read_line(&mut line).unwrap() > 0 {
            if let Some((_, said)) = line.split_once(SAYS) {
                return Some(said.trim_end().to_owned());
            }
            line.clear();
        }
        None
    }

    /// Lets the child go on, with a word.
    pub(crate) fn tell(&mut self, word: &str) {
        // A child that is gone hears nothing, which its parent notices by its silence.
        let _ = writeln!(self.to, "{word}");
    }
}

/// The folder of a child; none where the test runs by itself, and has nothing to do.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Says something to the parent, and waits for a word.
pub(crate) fn say_and_wait(what: &str) -> String {
    say(what);
    let mut word = String::new();
    std::io::stdin().read_line(&mut word).unwrap();
    word.trim().to_owned()
}

/// Says something to the parent.
pub(crate) fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{SAYS}{what}").unwrap();
    out.flush().unwrap();
}
