//! The Android app: its binding, its tests on the JVM, and pictures of its screens.

use std::fs;
use std::path::PathBuf;

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, run};
use crate::{cargo, checks, system};

/// Where the pictures go.
const SCREENS: &str = "target/screens";

/// Builds the binding and the city, and runs every test of the app against them.
pub(crate) fn test(workshop: &Workshop) -> Outcome {
    prepare(workshop)?;
    maven(workshop, &[])
}

/// Walks through the app and keeps a picture of each screen in each language, light and size of text.
pub(crate) fn screens(workshop: &Workshop) -> Outcome {
    prepare(workshop)?;
    let folder = workshop.root.join(SCREENS);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Failure::while_doing(SCREENS))?;
    }
    maven(workshop, &["-Dscreens=on", "-Dtest=JourneyTest,FamilyTest,MineTest,StatesTest,PlatformTest"])?;
    index(workshop)
}

fn prepare(workshop: &Workshop) -> Outcome {
    system::install_for_android(workshop)?;
    checks::data(workshop)?;
    let packages = ["citizen-bindings", "citizen-bindings-generator", "city"];
    let build = packages.iter().flat_map(|package| ["--package", package]);
    cargo::run(workshop, &["build", "--locked"].into_iter().chain(build).collect::<Vec<_>>())?;
    generate(workshop, "kotlin", "target/android/gen-kotlin")
}

/// Writes one side of the binding anew, from the library that was just built.
pub(crate) fn generate(workshop: &Workshop, language: &str, folder: &str) -> Outcome {
    let out = workshop.root.join(folder);
    if out.exists() {
        fs::remove_dir_all(&out).map_err(Failure::while_doing(folder))?;
    }
    let mut generator = workshop.command(built(workshop).join("uniffi-bindgen"));
    generator.args(["generate", "--language", language, "--no-format", "--config", "bindings/uniffi.toml"]);
    generator.arg("--out-dir").arg(out).arg(built(workshop).join("libcitizen_bindings.so"));
    run(&mut generator)
}

fn maven(workshop: &Workshop, arguments: &[&str]) -> Outcome {
    let mut maven = workshop.command("mvn");
    maven.args(["-B", "-ntp", "--file", "android/pom.xml"]);
    maven.arg(format!("-Drust.debug={}", built(workshop).display()));
    run(maven.args(arguments).arg("test"))
}

/// The folder of what is built in the profile `dev`.
pub(crate) fn built(workshop: &Workshop) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| workshop.root.join("target")).join("debug")
}

/// A page with all pictures, a screen a row.
fn index(workshop: &Workshop) -> Outcome {
    let folder = workshop.root.join(SCREENS);
    let entries = fs::read_dir(&folder).map_err(Failure::while_doing(SCREENS))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".png"))
        .collect();
    names.sort();
    let figures: String = names
        .iter()
        .map(|name| format!("<figure><a href=\"{name}\"><img loading=\"lazy\" src=\"{name}\" alt=\"{name}\"></a><figcaption>{name}</figcaption></figure>\n"))
        .collect();
    let style = "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{width:240px;border:1px solid #888}";
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Screens</title><style>{style}</style>\n{figures}"
    );
    fs::write(folder.join("index.html"), page).map_err(Failure::while_doing(SCREENS))?;
    say(&format!("{} pictures: {SCREENS}/index.html", names.len()));
    Ok(())
}
