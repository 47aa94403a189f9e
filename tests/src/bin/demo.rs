//! `cargo xtask demo`: the main job, told as it happens.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use citizen_api::Language;
use citizen_tests::journey::{ID_NUMBER, PIN, Setting, Stage, Tally, walk};
use citizen_tests::{Failure, Outcome, table};
use clap::{Parser, ValueEnum};

/// Takes a citizen through the whole main job, with real processes on this machine.
#[derive(Parser)]
struct Arguments {
    /// Leave the city and the phones in this folder, and say how to go on by hand.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// The language to tell it in.
    #[arg(long, value_enum, default_value = "zh")]
    lang: Told,
}

#[derive(Clone, Copy, ValueEnum)]
enum Told {
    Zh,
    En,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = match arguments.lang {
        Told::Zh => Language::Zh,
        Told::En => Language::En,
    };
    match tell(arguments.keep.as_deref(), language) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where even standard error is closed, the exit status is all that is left to say it with.
            let _ = writeln!(std::io::stderr(), "\n✗ {failure}");
            ExitCode::FAILURE
        }
    }
}

fn tell(keep: Option<&Path>, language: Language) -> Outcome<()> {
    let scratch = tempfile::tempdir().map_err(Failure::machine("no scratch folder"))?;
    let folder = match keep {
        Some(folder) => empty_folder(folder)?,
        None => scratch.path().to_owned(),
    };
    let mut stage = Stage::set(&Setting { folder: &folder, tell: Some(language) })?;
    let tally = walk(&mut stage)?;
    say(&closing(&tally, language))?;
    drop(stage);
    match keep {
        Some(_) => say(&how_to_go_on(&folder, language)?),
        None => Ok(()),
    }
}

fn empty_folder(folder: &Path) -> Outcome<PathBuf> {
    std::fs::create_dir_all(folder).map_err(Failure::machine("the folder cannot be made"))?;
    let mut entries = folder.read_dir().map_err(Failure::machine("the folder cannot be read"))?;
    if entries.next().is_some() {
        return Err(Failure::promise(format!("{} is not empty; name a new folder", folder.display())));
    }
    folder.canonicalize().map_err(Failure::machine("the folder cannot be found"))
}

fn closing(tally: &Tally, language: Language) -> String {
    let heading = match language {
        Language::Zh => "办完了。市里的账和手机对得上：",
        Language::En => "Done. The city's ledger and the phone agree:",
    };
    format!("\n{heading}\n\n{}", table::draw(&table::lines(tally, language)))
}

/// The commands by which a person goes on with what the demo left behind. The phone knows the city under the
/// address it was installed with, so the city is started there again.
fn how_to_go_on(folder: &Path, language: Language) -> Outcome<String> {
    let binaries = citizen_tests::binaries::Binaries::build()?;
    let (city, citizen, folder) = (binaries.city.display(), binaries.citizen.display(), folder.display());
    let address = std::fs::read_to_string(format!("{folder}/address"))
        .map_err(Failure::machine("the city's address was not kept"))?;
    let listen = address.trim().trim_start_matches("http://");
    let heading = match language {
        Language::Zh => format!("都留在 {folder}（身份证号 {ID_NUMBER},PIN {PIN}）。接着玩："),
        Language::En => {
            format!("All of it is left in {folder} (ID number {ID_NUMBER}, PIN {PIN}). To go on:")
        }
    };
    Ok(format!(
        "\n{heading}\n\n  {city} serve --listen {listen} --data {folder}/city &\n  {citizen} --data {folder}/phone --pin-file {folder}/phone.pin cases\n  {citizen} --data {folder}/phone --pin-file {folder}/phone.pin balance\n  {city} review list --data {folder}/city\n"
    ))
}

fn say(text: &str) -> Outcome<()> {
    std::io::stdout().write_all(text.as_bytes()).map_err(Failure::machine("the table cannot be printed"))
}
