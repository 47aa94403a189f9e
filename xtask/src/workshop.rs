//! Where everything is, and how a program is run there.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// How a step ends.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// What went wrong, in a sentence that says what to do.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    /// A function that turns an error of the system into a failure that says what was being done.
    pub(crate) fn while_doing<E: std::fmt::Display>(what: impl std::fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

/// The repository, and what was installed for it.
pub(crate) struct Workshop {
    /// The top of the repository.
    pub(crate) root: PathBuf,
    /// cargo-deny, where it is being built beside other work.
    pub(crate) installing: RefCell<Option<Child>>,
}

impl Workshop {
    /// Finds the repository that this program was built in.
    pub(crate) fn find() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let root = root.ok_or_else(|| Failure("the repository has no top folder".to_owned()))?;
        Ok(Self { root: root.to_owned(), installing: RefCell::new(None) })
    }

    /// The folder of tools that are installed for this repository alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// A command that runs at the top of the repository, without a standard input: nothing here asks.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }
}

impl Drop for Workshop {
    /// A check that failed must not leave a build running behind it.
    fn drop(&mut self) {
        if let Some(mut child) = self.installing.borrow_mut().take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Runs a command to its end; what it prints is seen as it prints it.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(Failure::while_doing(line(command)))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure(format!("`{}` ended with {status}", line(command))))
}

/// What a command prints, where it ends well.
pub(crate) fn output_of(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(Failure::while_doing(line(command)))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Failure(format!("`{}` ended with {}", line(command), output.status)))
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
