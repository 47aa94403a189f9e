//! The iOS app, as far as it can be built and tested here: its Swift on Linux, with the real core and a real city.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::android::{built, generate};
use crate::workshop::{Failure, Outcome, Workshop, run};
use crate::{cargo, checks, parity, system};

/// The package that is built and tested, and where what is made of it goes.
const PACKAGE: &str = "ios/linux";
const MADE: &str = "target/ios";

/// What is linted: everything that is written by hand.
const SOURCES: [&str; 5] =
    ["ios/CitizenCore", "ios/CitizenKit", "ios/CitizenApp", "ios/linux/Package.swift", "ios/linux/SwiftUI"];

/// What the thread sanitizer takes for a race and is none, each with its reason.
const RACES: &str = "ios/linux/races.txt";

/// Compares with Android, lints, type-checks and tests; then tests once more under the thread sanitizer.
pub(crate) fn test(workshop: &Workshop) -> Outcome {
    parity::check(workshop)?;
    system::install_for_ios(workshop)?;
    toolchain(workshop)?;
    lint(workshop)?;
    checks::data(workshop)?;
    binding(workshop)?;
    swift_test(workshop, "build-threads", &["--sanitize=thread"])?;
    swift_test(workshop, "build", &[])
}

/// Unpacks Swift where the machine has none.
fn toolchain(workshop: &Workshop) -> Outcome {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    run(workshop.command("ios/swift-linux.sh").arg("setup").arg(unpacked(workshop)))
}

fn unpacked(workshop: &Workshop) -> PathBuf {
    workshop.tools().join("swift")
}

/// A command of the toolchain, at the top of the repository.
fn swift(workshop: &Workshop) -> Command {
    if cfg!(target_os = "macos") {
        return workshop.command("swift");
    }
    let mut command = workshop.command("ios/swift-linux.sh");
    command.arg("run").arg(unpacked(workshop)).arg(&workshop.root).arg(built(workshop)).args(["--", "swift"]);
    command
}

fn lint(workshop: &Workshop) -> Outcome {
    let mut lint = swift(workshop);
    lint.args(["format", "lint", "--strict", "--parallel", "--recursive"]);
    run(lint.args(["--configuration", "ios/.swift-format"]).args(SOURCES))
}

/// Builds the core and the city, and writes the Swift side of the binding as a package of its own.
fn binding(workshop: &Workshop) -> Outcome {
    let packages = ["citizen-bindings", "citizen-bindings-generator", "city"];
    let build = packages.iter().flat_map(|package| ["--package", package]);
    cargo::run(workshop, &["build", "--locked"].into_iter().chain(build).collect::<Vec<_>>())?;
    generate(workshop, "swift", &format!("{MADE}/generated"))?;
    let package = workshop.root.join(MADE).join("CitizenCore");
    let generated = workshop.root.join(MADE).join("generated");
    let (swift, c) = (package.join("Sources/CitizenCore"), package.join("Sources/CitizenCoreFFI"));
    copy(&workshop.root.join("ios/CitizenCore/Package.swift"), &package.join("Package.swift"))?;
    copy(&generated.join("CitizenCore.swift"), &swift.join("CitizenCore.swift"))?;
    copy(&generated.join("CitizenCoreFFI.h"), &c.join("CitizenCoreFFI.h"))?;
    copy(&generated.join("CitizenCoreFFI.modulemap"), &c.join("module.modulemap"))
}

/// Copies a file where it differs, so that nothing is built again that did not change.
fn copy(from: &Path, to: &Path) -> Outcome {
    let failed = |error| Failure(format!("{}: {error}", to.display()));
    let new = fs::read(from).map_err(failed)?;
    if fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    let folder = to.parent().ok_or_else(|| Failure(format!("{} has no folder", to.display())))?;
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(to, new).map_err(failed)
}

fn swift_test(workshop: &Workshop, folder: &str, arguments: &[&str]) -> Outcome {
    let mut test = swift(workshop);
    test.env("CITIZEN_LIBRARY", built(workshop));
    test.env("CITIZEN_CITY", built(workshop).join("city"));
    test.env("CITIZEN_PAPERS", workshop.root.join("target/test-data"));
    test.env("CITIZEN_ROOT", &workshop.root);
    test.args(["test", "--package-path", PACKAGE, "--disable-xctest", "--scratch-path"]);
    test.arg(workshop.root.join(MADE).join(folder));
    test.env("TSAN_OPTIONS", format!("suppressions={}", workshop.root.join(RACES).display()));
    // Debian's libraries of Swift leave a function of the C++ library open, which nothing here calls.
    test.args(["-Xlinker", "--allow-shlib-undefined"]);
    run(test.args(arguments))
}
