//! `city catalogue check` and `city catalogue schema`: for whoever writes documents. Needs no city.

use std::path::{Path, PathBuf};

use citizen_api::catalogue::PublicService;
use citizen_api::{Language, Text};
use serde::Serialize;

use super::{Failure, output};
use crate::catalogue::{Documents, Fault, LifeEvents, PlacedFault, SCHEMA, check};

/// Check documents of services: every fault is told with its line and how to mend it. Ends with 1 where there is one.
#[derive(clap::Args)]
pub(super) struct Check {
    /// The documents, one service a file, named after the service.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON document instead of lines.
    #[arg(long)]
    json: bool,
}

/// Print the JSON Schema of a document, for editors and other programs.
#[derive(clap::Args)]
pub(super) struct Schema {}

/// What a check found.
#[derive(Serialize)]
struct Report {
    /// Whether nothing is wrong.
    sound: bool,
    /// How many documents were checked.
    checked: usize,
    faults: Vec<Found>,
}

/// Something that is wrong.
#[derive(Serialize)]
struct Found {
    file: String,
    line: u32,
    pointer: String,
    reason: Text,
}

impl Check {
    pub(super) fn run(self, lang: Language) -> Result<(), Failure> {
        let mut events = built_in_events(&self.files);
        let mut faults = Vec::new();
        for file in &self.files {
            let name = file.display().to_string();
            let told = of_file(file, &mut events)?;
            faults.extend(told.into_iter().map(|placed| (name.clone(), placed)));
        }
        let (wrong, checked) = (faults.len(), self.files.len());
        match self.json {
            true => output::line(&report(checked, faults)?),
            false => {
                for (name, placed) in &faults {
                    output::line(placed.words(name).get(lang));
                }
            }
        }
        if wrong > 0 {
            return Err(Failure::failed(
                format!("{checked} 份文档里有 {wrong} 处错误，请照上面改正。"),
                format!("Documents checked: {checked}; faults: {wrong}. Mend them as told above."),
            ));
        }
        if !self.json {
            let sound = Text::new(
                format!("查了 {checked} 份文档，都没有错误。"),
                format!("Documents checked: {checked}; all are sound."),
            );
            output::line(sound.get(lang));
        }
        Ok(())
    }
}

impl Schema {
    pub(super) fn run(self) {
        output::line(SCHEMA.trim_end());
    }
}

/// Everything that is wrong with a file, and with it beside the others.
fn of_file(file: &Path, events: &mut LifeEvents) -> Result<Vec<PlacedFault>, Failure> {
    let bytes = std::fs::read(file).map_err(|reason| unreadable(file, &reason))?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(vec![no_text()]) };
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    match check(&name, &text) {
        Err(faults) => Ok(faults),
        Ok(service) => Ok(beside_others(&service, &text, events)),
    }
}

fn beside_others(service: &PublicService, text: &str, events: &mut LifeEvents) -> Vec<PlacedFault> {
    match events.add(service) {
        Ok(()) => Vec::new(),
        Err(fault) => {
            let line = text.lines().position(|line| line.contains("\"life_event\"")).unwrap_or(0);
            vec![PlacedFault { line: u32::try_from(line).unwrap_or(0).saturating_add(1), fault }]
        }
    }
}

/// The events that documents which are built in name; those that are checked take their places.
fn built_in_events(files: &[PathBuf]) -> LifeEvents {
    let mut events = LifeEvents::default();
    let stems: Vec<String> = files
        .iter()
        .map(|file| file.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    for service in Documents::BuiltIn.read().unwrap_or_default() {
        if !stems.iter().any(|stem| stem == service.service_id.as_str()) {
            // Documents that are built in agree: reading them has seen to it.
            drop(events.add(&service));
        }
    }
    events
}

fn report(checked: usize, faults: Vec<(String, PlacedFault)>) -> Result<String, Failure> {
    let found = |(file, PlacedFault { line, fault: Fault { pointer, reason } })| Found {
        file,
        line,
        pointer,
        reason,
    };
    let report =
        Report { sound: faults.is_empty(), checked, faults: faults.into_iter().map(found).collect() };
    serde_json::to_string_pretty(&report).map_err(|reason| {
        Failure::failed(
            format!("写不成 JSON:{reason}。请报告。"),
            format!("No JSON can be written: {reason}. Please report it."),
        )
    })
}

fn no_text() -> PlacedFault {
    let reason =
        Text::new("文件不是 UTF-8 文字。请另存为 UTF-8。", "The file is not UTF-8. Save it as UTF-8.");
    PlacedFault { line: 1, fault: Fault { pointer: String::new(), reason } }
}

fn unreadable(file: &Path, reason: &std::io::Error) -> Failure {
    let file = file.display();
    Failure::wrong_use(
        format!("读不到文件 {file}:{reason}。请核对路径。"),
        format!("The file {file} cannot be read: {reason}. Check the path."),
    )
}
