//! The core as a shell uses it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use citizen_api::Language;
use citizen_api::catalogue::PublicService;
use citizen_core::catalogue::Services;
use citizen_core::{CitizenApp, Config, Platform, SoftwareVault};
use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::{milliseconds, quantile};
use crate::{HELD, Outcome};

/// An installed app.
pub struct Ours {
    folder: PathBuf,
    services: Services,
    _app: CitizenApp,
}

fn open(folder: &Path) -> Outcome<CitizenApp> {
    let vault =
        Arc::new(SoftwareVault::open(folder.join("vault")).map_err(|_| "the vault cannot be opened")?);
    // Nobody is asked for anything: what is measured works without a network.
    let city = "http://127.0.0.1:9/".parse()?;
    let config = Config { data_dir: folder.join("data"), city, device_name: "bench".to_owned() };
    Ok(CitizenApp::open(config, Platform::new(vault.clone(), vault))?)
}

impl Ours {
    /// Takes the services in as a pull does, and says how long packing them takes alone: once more, from the store.
    pub fn build(folder: &Path, services: &[PublicService]) -> Outcome<(Self, Duration)> {
        std::fs::create_dir_all(folder)?;
        let app = open(folder)?;
        app.install_catalogue(1, services.iter().filter_map(|service| serde_json::to_string(service).ok()))?;
        let connection = rusqlite::Connection::open(folder.join("data/device.db"))?;
        connection.execute("DELETE FROM packed_catalogue", [])?;
        let begun = Instant::now();
        app.services().search("", Language::Zh, 1)?;
        let took = begun.elapsed();
        Ok((Self { folder: folder.to_owned(), services: app.services(), _app: app }, took))
    }

    /// How large what is packed is.
    pub fn index_kb(&self) -> Outcome<f64> {
        let connection = rusqlite::Connection::open(self.folder.join("data/device.db"))?;
        let bytes: i64 =
            connection.query_row("SELECT length(packed) FROM packed_catalogue", [], |row| row.get(0))?;
        Ok(bytes as f64 / 1e3)
    }
}

impl Engine for Ours {
    fn find(&self, typed: &str, limit: usize) -> Outcome<Vec<String>> {
        let found = self.services.search(typed, Language::Zh, limit)?;
        Ok(found.into_iter().map(|found| found.service_id.to_string()).collect())
    }
}

/// Opens an app in a process of its own.
#[derive(clap::Args)]
pub struct Probe {
    folder: PathBuf,
}

/// What one opening costs.
#[derive(Serialize, Deserialize)]
pub struct Cost {
    /// From the opened store to the first answer.
    pub ready_ms: f64,
    /// Opening the app before that.
    pub open_ms: f64,
    /// What Rust holds for it.
    pub heap_kb: f64,
    /// By how much the memory grew that is the process's own: with what SQLite holds and the allocator keeps.
    pub own_kb: f64,
    /// The same, and with the pages of the program's file that were read meanwhile, which the system shares and takes
    /// back as it likes.
    pub resident_kb: f64,
}

impl Probe {
    /// Measures one opening, and prints it.
    pub fn run(&self) -> Outcome {
        let begun = Instant::now();
        let app = open(&self.folder)?;
        let open_ms = milliseconds(begun.elapsed());
        let (heap, own, resident) = (HELD.allocated(), status_kb("RssAnon:")?, status_kb("VmRSS:")?);
        let begun = Instant::now();
        let services = app.services();
        let answers = services.search("报销", Language::Zh, super::LIMIT)?;
        let ready_ms = milliseconds(begun.elapsed());
        drop(answers);
        // Whatever is only built when pinyin is typed belongs to what stays.
        services.search("yibaoka", Language::Zh, super::LIMIT)?;
        services.search("家里困难怎么办", Language::Zh, super::LIMIT)?;
        let heap_kb = (HELD.allocated() - heap) as f64 / 1e3;
        let own_kb = status_kb("RssAnon:")? - own;
        let cost = Cost { ready_ms, open_ms, heap_kb, own_kb, resident_kb: status_kb("VmRSS:")? - resident };
        println!("{}", serde_json::to_string(&cost)?);
        Ok(())
    }
}

/// The median of several openings, each in a fresh process.
pub fn probe(folder: &Path, rounds: usize) -> Outcome<Cost> {
    let mut costs = Vec::new();
    for _ in 0..rounds.max(1) {
        let output = Command::new(std::env::current_exe()?).arg("probe").arg(folder).output()?;
        costs.push(serde_json::from_slice::<Cost>(&output.stdout)?);
    }
    let median = |of: fn(&Cost) -> f64| quantile(&costs.iter().map(of).collect::<Vec<_>>(), 0.5);
    Ok(Cost {
        ready_ms: median(|cost| cost.ready_ms),
        open_ms: median(|cost| cost.open_ms),
        heap_kb: median(|cost| cost.heap_kb),
        own_kb: median(|cost| cost.own_kb),
        resident_kb: median(|cost| cost.resident_kb),
    })
}

/// What the system says of this process, in kB of 1,000 bytes.
fn status_kb(name: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("the system does not say")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<f64>()? * 1.024)
}
