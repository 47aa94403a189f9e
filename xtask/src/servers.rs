//! Servers of uploads that others have made, and the cases that they and the city are tried with.

use std::path::PathBuf;

use crate::cargo;
use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, output_of, run};

/// tusd, the reference server of tus by its makers.
const TUSD: &str = "github.com/tus/tusd/v2/cmd/tusd";
const TUSD_VERSION: &str = "v2.9.1";

/// Installs tusd, and tries every clause at it and at the city.
pub(crate) fn conformance(workshop: &Workshop) -> Outcome {
    install_tusd(workshop)?;
    cargo::run(workshop, &["test", "--package", "citizen-tests", "--locked", "--test", "conformance"])
}

/// Builds tusd into the folder of tools, where it is not there in this version.
pub(crate) fn install_tusd(workshop: &Workshop) -> Outcome {
    let folder = folder(workshop);
    let program = folder.join("tusd");
    if program.is_file() {
        let built_of = output_of(workshop.command("go").args(["version", "-m"]).arg(&program))?;
        if built_of.split_whitespace().any(|word| word == TUSD_VERSION) {
            return Ok(());
        }
    }
    if output_of(workshop.command("go").arg("version")).is_err() {
        return Err(Failure("install Go 1.24 or newer first: tusd is built with it".to_owned()));
    }
    say(&format!("installing tusd {TUSD_VERSION} into .tools/go"));
    let mut go = workshop.command("go");
    run(go.env("GOBIN", folder).args(["install", &format!("{TUSD}@{TUSD_VERSION}")]))
}

fn folder(workshop: &Workshop) -> PathBuf {
    workshop.tools().join("go/bin")
}
