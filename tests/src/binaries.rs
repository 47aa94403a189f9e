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
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let status = Command::new(cargo)
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

/// The folder that this executable was built into: of a test, the one above `deps`.
fn target_folder() -> Outcome<PathBuf> {
    let mut folder = std::env::current_exe().map_err(Failure::machine("this executable cannot be found"))?;
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    Ok(folder)
}
