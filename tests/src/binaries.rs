//! The real binaries, built before they are run so that a test can never pass on yesterday's.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::{Failure, Outcome};

/// Where the binaries are.
#[derive(Debug, Clone)]
pub struct Binaries {
    /// The reference city.
    pub city: PathBuf,
    /// The citizen app from a shell prompt.
    pub citizen: PathBuf,
}

impl Binaries {
    /// Builds them, once a process, and says where they are.
    pub fn build() -> Outcome<&'static Self> {
        static BUILT: OnceLock<Result<Binaries, String>> = OnceLock::new();
        let built = BUILT.get_or_init(|| Self::build_now().map_err(|failure| failure.to_string()));
        built.as_ref().map_err(|reason| Failure::promise(reason.clone()))
    }

    fn build_now() -> Outcome<Self> {
        let status = cargo()
            .args(["build", "--quiet", "--package", "city", "--package", "citizen-terminal", "--bins"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .map_err(Failure::machine("cargo cannot be started"))?;
        if !status.success() {
            return Err(Failure::promise("city and citizen do not build; the compiler said why above"));
        }
        let folder = target_folder()?;
        Ok(Self { city: folder.join("city"), citizen: folder.join("citizen") })
    }
}

/// Cargo as a person would start it. Within a test the variables about the test's own package are set; build
/// scripts that look at them would build their crates again in each run.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "LD_LIBRARY_PATH"
        {
            command.env_remove(&name);
        }
    }
    command
}

/// The folder that this executable was built into: of a test, the one above `deps`.
fn target_folder() -> Outcome<PathBuf> {
    let mut folder = std::env::current_exe().map_err(Failure::machine("this executable cannot be found"))?;
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    Ok(folder)
}
