//! A Python environment of this repository's own, with pinned packages: nothing of the machine's is changed.

use std::path::PathBuf;
use std::process::Command;

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, run};

/// The lists of pinned packages.
const REQUIREMENTS: [&str; 2] = ["xtask/requirements.txt", "tests/data/requirements.txt"];

/// Makes the environment, or brings it up to the lists. The note of what is in it is written last.
pub(crate) fn install(workshop: &Workshop) -> Outcome {
    let mut wanted = String::new();
    for list in REQUIREMENTS {
        let text = std::fs::read_to_string(workshop.root.join(list));
        wanted.push_str(&text.map_err(Failure::while_doing(list))?);
    }
    let note = folder(workshop).join("installed");
    if std::fs::read_to_string(&note).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    say("installing Python packages into .tools/venv");
    run(workshop.command("python3").args(["-m", "venv"]).arg(folder(workshop)))?;
    let mut pip = program(workshop, "python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]);
    for list in REQUIREMENTS {
        pip.args(["--requirement", list]);
    }
    run(&mut pip)?;
    std::fs::write(&note, wanted).map_err(Failure::while_doing(note.display()))
}

/// A program of the environment.
pub(crate) fn program(workshop: &Workshop, name: &str) -> Command {
    workshop.command(folder(workshop).join("bin").join(name))
}

fn folder(workshop: &Workshop) -> PathBuf {
    workshop.tools().join("venv")
}
