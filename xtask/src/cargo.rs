//! Runs cargo from within cargo.

use std::process::{Command, Stdio};

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, output_of, run as run_to_end};

/// The version that judges `deny.toml`.
const CARGO_DENY: &str = "0.20.2";

/// The version that builds and runs the fuzz target.
const CARGO_FUZZ: &str = "0.13.2";

/// Runs cargo with these arguments.
pub(crate) fn run(workshop: &Workshop, arguments: &[&str]) -> Outcome {
    run_to_end(cargo(workshop).args(arguments))
}

/// Cargo as the person would start it. `cargo xtask` has set variables about the package xtask; build scripts
/// that look at them would build their crates again each time someone changes between the two.
pub(crate) fn cargo(workshop: &Workshop) -> Command {
    let mut command = workshop.command("cargo");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "LD_LIBRARY_PATH"
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Starts to build cargo-deny where it is missing. It takes minutes on two cores, so it runs beside other
/// work; [`deny`] waits for it.
pub(crate) fn start_deny(workshop: &Workshop) -> Outcome {
    if has(workshop, "cargo-deny", CARGO_DENY) || workshop.installing.borrow().is_some() {
        return Ok(());
    }
    say("building cargo-deny beside the other work (once)");
    let version = format!("cargo-deny@{CARGO_DENY}");
    let child = cargo(workshop)
        .env_remove("CARGO_TARGET_DIR")
        .args(["install", "--quiet", "--locked", "--debug", "--root"])
        .arg(workshop.tools())
        .arg(version)
        .stdout(Stdio::null())
        .spawn()
        .map_err(Failure::while_doing("cargo install cannot be started"))?;
    *workshop.installing.borrow_mut() = Some(child);
    Ok(())
}

/// Runs cargo-deny with these arguments.
pub(crate) fn deny(workshop: &Workshop, arguments: &[&str]) -> Outcome {
    start_deny(workshop)?;
    let installing = workshop.installing.borrow_mut().take();
    if let Some(mut child) = installing {
        let status = child.wait().map_err(Failure::while_doing("waiting for cargo-deny to be built"))?;
        if !status.success() {
            return Err(Failure(format!("cargo-deny does not build ({status}); cargo said why above")));
        }
    }
    run_to_end(with_tools(workshop)?.arg("deny").args(arguments))
}

/// Builds cargo-fuzz where it is missing.
pub(crate) fn install_fuzz(workshop: &Workshop) -> Outcome {
    if has(workshop, "cargo-fuzz", CARGO_FUZZ) {
        return Ok(());
    }
    say("building cargo-fuzz (once)");
    let mut install = cargo(workshop);
    install.env_remove("CARGO_TARGET_DIR").args(["install", "--quiet", "--locked", "--debug", "--root"]);
    run_to_end(install.arg(workshop.tools()).arg(format!("cargo-fuzz@{CARGO_FUZZ}")))
}

/// Cargo, with the tools of this repository as its commands.
pub(crate) fn with_tools(workshop: &Workshop) -> Outcome<Command> {
    let mut command = cargo(workshop);
    command.env("PATH", path_with_tools(workshop)?);
    Ok(command)
}

fn has(workshop: &Workshop, tool: &str, version: &str) -> bool {
    let program = workshop.tools().join("bin").join(tool);
    output_of(workshop.command(program).arg("--version")).is_ok_and(|said| said.trim().ends_with(version))
}

fn path_with_tools(workshop: &Workshop) -> Outcome<std::ffi::OsString> {
    let known = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(workshop.tools().join("bin")).chain(std::env::split_paths(&known));
    std::env::join_paths(folders).map_err(Failure::while_doing("this folder cannot stand in PATH"))
}
