//! A running city, and its officers.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use citizen_api::officer::{DeliveryList, Ledger, OneTimeCode, ProactiveRun};
use citizen_api::{CaseId, DeliveryId};
use serde::de::DeserializeOwned;

use crate::binaries::Binaries;
use crate::{Failure, Outcome};

/// A city process on a free loopback port. It is stopped when this is dropped.
pub struct CityProcess {
    binary: PathBuf,
    data: PathBuf,
    address: SocketAddr,
    process: Child,
}

impl CityProcess {
    /// Starts the demo city over `data`, known to phones as `public_url`, and waits until it listens.
    pub fn start(data: &Path, public_url: &str) -> Outcome<Self> {
        let binary = Binaries::build()?.city.clone();
        let log = std::fs::File::create(data.with_extension("log"))
            .map_err(Failure::machine("the city's log cannot be made"))?;
        let mut process = Command::new(&binary)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--seed",
                "demo",
                "--public-url",
                public_url,
                "--data",
            ])
            .arg(data)
            .env("RUST_LOG", "trace,hyper=info,h2=info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(Failure::machine("the city cannot be started"))?;
        let address = ready_address(&mut process, data)?;
        Ok(Self { binary, data: data.to_owned(), address, process })
    }

    /// Where it really listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder with everything it knows.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The most memory that it has had so far, in kilobytes; none where this machine does not say.
    pub fn most_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }

    /// The text message that a person who signs in would get.
    pub fn code(&self, id_number: &str) -> Outcome<String> {
        self.officer::<OneTimeCode>(&["code", id_number]).map(|code| code.code)
    }

    /// Takes a case on.
    pub fn accept(&self, case_id: CaseId) -> Outcome<()> {
        self.act(&["review", "accept", &case_id.to_string()])
    }

    /// Asks the citizen for evidence.
    pub fn request(&self, case_id: CaseId, requirement_id: &str, zh: &str, en: &str) -> Outcome<()> {
        let case_id = case_id.to_string();
        self.act(&["review", "request", &case_id, requirement_id, "--reason", zh, "--reason-en", en])
    }

    /// Ends the review.
    pub fn finish(&self, case_id: CaseId) -> Outcome<()> {
        self.act(&["review", "finish", &case_id.to_string()])
    }

    /// Settles the bill from the register of medical bills.
    pub fn settle(&self, case_id: CaseId) -> Outcome<()> {
        self.act(&["review", "settle", &case_id.to_string()])
    }

    /// Pays.
    pub fn pay(&self, case_id: CaseId) -> Outcome<()> {
        self.act(&["pay", &case_id.to_string()])
    }

    /// Moves the city's day.
    pub fn set_day(&self, day: &str) -> Outcome<()> {
        self.act(&["clock", "set", day])
    }

    /// Runs the rules over the registers.
    pub fn run_proactive(&self) -> Outcome<ProactiveRun> {
        self.officer(&["proactive", "run"])
    }

    /// The parcels that are not at the door yet.
    pub fn deliveries(&self) -> Outcome<DeliveryList> {
        self.officer(&["courier", "list"])
    }

    /// Moves a parcel one step on.
    pub fn advance(&self, delivery_id: DeliveryId) -> Outcome<()> {
        self.act(&["courier", "advance", &delivery_id.to_string()])
    }

    /// What the city did for a person.
    pub fn ledger(&self, id_number: &str) -> Outcome<Ledger> {
        self.officer(&["ledger", id_number])
    }

    fn act(&self, arguments: &[&str]) -> Outcome<()> {
        self.officer::<serde_json::Value>(arguments).map(drop)
    }

    /// Runs an officer's command and reads its answer.
    pub fn officer<T: DeserializeOwned>(&self, arguments: &[&str]) -> Outcome<T> {
        let output = Command::new(&self.binary)
            .args(arguments)
            .args(["--json", "--data"])
            .arg(&self.data)
            .stdin(Stdio::null())
            .output()
            .map_err(Failure::machine("the officer's command cannot be started"))?;
        if !output.status.success() {
            return Err(Failure::promise(format!(
                "city {} ended with {}: {}{}",
                arguments.join(" "),
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr),
            )));
        }
        serde_json::from_slice(&output.stdout)
            .map_err(|source| Failure::Json { what: format!("city {}", arguments.join(" ")), source })
    }
}

impl Drop for CityProcess {
    fn drop(&mut self) {
        // The process may have ended already; then there is nothing to stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits for the line by which the city says that it is ready. Where it really listens stands in its data
/// folder; the line names the address that phones know.
fn ready_address(process: &mut Child, data: &Path) -> Outcome<SocketAddr> {
    let stdout = process.stdout.take().ok_or_else(|| Failure::promise("the city has no output"))?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).map_err(Failure::machine("the city says nothing"))?;
    if line.is_empty() {
        return Err(Failure::promise("the city ended before it was ready; its log says why"));
    }
    let noted = std::fs::read(data.join("city.json"))
        .map_err(Failure::machine("the city did not note where it listens"))?;
    let noted: serde_json::Value = serde_json::from_slice(&noted)
        .map_err(|source| Failure::Json { what: "city.json".to_owned(), source })?;
    let url = noted["url"].as_str().unwrap_or_default();
    url.trim_start_matches("http://")
        .parse()
        .map_err(|_| Failure::promise(format!("the city noted no address: {noted}")))
}
