//! Providers that others have made, which the phone signs in at.

use std::path::PathBuf;
use std::process::Stdio;

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, run};
use crate::{cargo, system};

/// Where oidc-provider is set up.
const FOLDER: &str = "tests/peers/oidc-provider";

/// Installs the providers, and has the phone sign in at them.
pub(crate) fn test(workshop: &Workshop) -> Outcome {
    install(workshop)?;
    cargo::run(workshop, &["test", "--package", "citizen-tests", "--locked", "--test", "peers"])
}

/// Installs oidc-provider and starts it for an issuer, until it is interrupted.
pub(crate) fn start(workshop: &Workshop, issuer: &str, account: &str) -> Outcome {
    install(workshop)?;
    say(&format!("oidc-provider for {issuer}; the first line is its port, Ctrl-C ends it"));
    let mut node = workshop.command("node");
    // It ends when its standard input does.
    node.current_dir(folder(workshop)).stdin(Stdio::inherit());
    run(node.args(["provider.mjs", issuer, account]))
}

/// Brings its packages to exactly what the lock file says. The note of what is there is written last.
fn install(workshop: &Workshop) -> Outcome {
    system::install_for_peers(workshop)?;
    let (lock, note) = (folder(workshop).join("package-lock.json"), workshop.tools().join("oidc-provider"));
    let wanted = std::fs::read_to_string(&lock).map_err(Failure::while_doing(lock.display()))?;
    let there = folder(workshop).join("node_modules").is_dir();
    if there && std::fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    say("installing oidc-provider");
    let mut npm = workshop.command("npm");
    run(npm.current_dir(folder(workshop)).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
    std::fs::create_dir_all(workshop.tools()).map_err(Failure::while_doing(".tools"))?;
    std::fs::write(&note, wanted).map_err(Failure::while_doing(note.display()))
}

fn folder(workshop: &Workshop) -> PathBuf {
    workshop.root.join(FOLDER)
}
