//! What must be on the machine: Debian packages that the photographs are made with, the apps, and Node.

use std::process::{Command, Stdio};

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, output_of, run};

/// A package, and how to see that it is there: a command, and what it prints then.
struct Package {
    name: &'static str,
    command: &'static [&'static str],
    prints: &'static str,
}

const PACKAGES: [Package; 3] = [
    Package { name: "chromium", command: &["chromium", "--version"], prints: "Chromium" },
    Package {
        name: "fonts-noto-cjk",
        command: &["fc-match", "Noto Serif CJK SC:bold"],
        prints: "NotoSerifCJK-Bold",
    },
    Package {
        name: "python3-venv",
        command: &["python3", "-c", "import ensurepip; print('yes')"],
        prints: "yes",
    },
];

/// What the Android app is built and tested with; all else of it comes through Maven.
const ANDROID: [Package; 2] = [
    Package { name: "openjdk-17-jdk-headless", command: &["javac", "-version"], prints: "javac" },
    Package { name: "maven", command: &["mvn", "-v"], prints: "Apache Maven" },
];

/// What the providers by others run on.
const PEERS: [Package; 2] = [
    Package { name: "nodejs", command: &["node", "--version"], prints: "v2" },
    Package { name: "npm", command: &["npm", "--version"], prints: "." },
];

/// Installs what the providers by others need and is missing.
pub(crate) fn install_for_peers(workshop: &Workshop) -> Outcome {
    install_all(workshop, &PEERS)
}

/// What Swift is unpacked with. Of a machine that has apt and no Swift only these may be missing.
const IOS: [Package; 2] = [
    Package { name: "util-linux", command: &["unshare", "--version"], prints: "unshare" },
    Package { name: "xz-utils", command: &["xz", "--version"], prints: "xz" },
];

/// Installs what is missing.
pub(crate) fn install(workshop: &Workshop) -> Outcome {
    install_all(workshop, &PACKAGES)
}

/// Installs what the Android app needs and is missing.
pub(crate) fn install_for_android(workshop: &Workshop) -> Outcome {
    install_all(workshop, &ANDROID)
}

/// Installs what Swift is unpacked with and is missing.
pub(crate) fn install_for_ios(workshop: &Workshop) -> Outcome {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    install_all(workshop, &IOS)
}

fn install_all(workshop: &Workshop, packages: &[Package]) -> Outcome {
    let missing: Vec<&str> =
        packages.iter().filter(|package| !is_there(workshop, package)).map(|package| package.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !is_root(workshop) {
        return Err(Failure(format!("install these first: sudo apt-get install {names}")));
    }
    say(&format!("installing {names}"));
    run(apt(workshop).arg("update"))?;
    run(apt(workshop).args(["install", "--yes", "--no-install-recommends"]).args(&missing))
}

fn is_there(workshop: &Workshop, package: &Package) -> bool {
    let Some((program, arguments)) = package.command.split_first() else {
        return false;
    };
    let mut command = workshop.command(program);
    output_of(command.args(arguments).stderr(Stdio::null())).is_ok_and(|said| said.contains(package.prints))
}

fn is_root(workshop: &Workshop) -> bool {
    output_of(workshop.command("id").arg("-u")).is_ok_and(|said| said.trim() == "0")
}

fn apt(workshop: &Workshop) -> Command {
    let mut command = workshop.command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    command
}
