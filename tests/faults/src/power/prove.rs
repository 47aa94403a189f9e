//! The harness bites: with one sync left out, or one promise given too early, it finds what is lost.
//!
//! The faults are planted into the record of what a phone did, as if the product had done it that way.

use std::path::Path;
use std::sync::Mutex;

use super::phone::Crashes;
use super::trace::Event;
use crate::Options;
use crate::report::{Report, say};

/// A fault that is planted.
struct Planted {
    name: &'static str,
    plant: fn(Vec<Event>) -> Vec<Event>,
}

const PLANTED: [Planted; 7] = [
    Planted { name: "the database's log is never synced", plant: |events| without(events, is_log) },
    Planted { name: "every second sync of the database's log is left out", plant: every_second },
    Planted { name: "a sync of the database's log that failed is believed", plant: failed },
    Planted { name: "an answer is promised before its sync", plant: early },
    Planted {
        name: "a sealed file is not synced",
        plant: |events| without(events, |event| matches!(event, Event::Sync(path) if is_unfinished(path))),
    },
    Planted {
        name: "the folder of the sealed files is not synced",
        plant: |events| {
            without(events, |event| matches!(event, Event::SyncFolder(path) if path.ends_with("blobs")))
        },
    },
    Planted { name: "a sealed file is synced before its last bytes are written", plant: late_bytes },
];

fn is_log(event: &Event) -> bool {
    matches!(event, Event::Sync(path) if path.ends_with("store.db-wal"))
}

fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "part")
}

fn without(events: Vec<Event>, left_out: impl Fn(&Event) -> bool) -> Vec<Event> {
    events.into_iter().filter(|event| !left_out(event)).collect()
}

fn every_second(events: Vec<Event>) -> Vec<Event> {
    let mut number = 0;
    let mut left_out = |event: &Event| {
        number += u32::from(is_log(event));
        is_log(event) && number % 2 == 0
    };
    events.into_iter().filter(|event| !left_out(event)).collect()
}

fn failed(events: Vec<Event>) -> Vec<Event> {
    let fail = |event| match event {
        Event::Sync(path) if path.ends_with("store.db-wal") => Event::SyncFailed(path),
        other => other,
    };
    events.into_iter().map(fail).collect()
}

/// Every promise stands before the sync that it waited for.
fn early(mut events: Vec<Event>) -> Vec<Event> {
    for at in 1..events.len() {
        if matches!(events[at], Event::Promise(_))
            && let Some(sync) = (0..at).rev().find(|before| is_log(&events[*before]))
        {
            let promise = events.remove(at);
            events.insert(sync, promise);
        }
    }
    events
}

/// What is written last to a sealed file comes after its sync.
fn late_bytes(mut events: Vec<Event>) -> Vec<Event> {
    for at in 1..events.len() {
        let last = matches!((&events[at - 1], &events[at]), (Event::Write { path, .. }, Event::Sync(synced)) if path == synced && is_unfinished(path));
        if last {
            events.swap(at - 1, at);
        }
    }
    events
}

/// Plants each fault in turn, and says which were found. Ends with a failure where one was not.
pub(crate) fn run(options: &Options) -> bool {
    let mut unnoticed = Vec::new();
    for Planted { name, plant } in &PLANTED {
        let report = Mutex::new(Report::quiet("power", options.seed));
        Crashes { each: options.count(2_000), seed: options.seed, plant: *plant, report: &report }
            .of_walk(0, None);
        let broken = report.into_inner().unwrap().broken();
        say(&format!("{} {name}: {broken} crashes show it", if broken > 0 { "✓" } else { "✗" }));
        if broken == 0 {
            unnoticed.push(*name);
        }
    }
    say(&format!("{} of {} planted faults were noticed", PLANTED.len() - unnoticed.len(), PLANTED.len()));
    unnoticed.is_empty()
}
