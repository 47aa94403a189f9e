//! The readings as they were last told.

use citizen_api::register::RegisterRead;
use jiff::Timestamp;
use serde::Serialize;

use super::RegisterLog;
use crate::Error;
use crate::mirror::{self, Kind};

/// The register log as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterLogView {
    /// Who read what and why, the newest first.
    pub entries: Vec<RegisterRead>,
    /// When the city was last asked, by this device's clock; none where it never was.
    pub fetched_at: Option<Timestamp>,
}

impl RegisterLog {
    /// The log on this device. Needs no network.
    pub fn list(&self) -> Result<RegisterLogView, Error> {
        self.compartment.read(|tx, sealer| {
            let entries = mirror::all::<RegisterRead>(tx, sealer, Kind::RegisterRead)?;
            let asked = mirror::get::<u64>(tx, sealer, Kind::RegisterLog, mirror::ONLY)?;
            Ok(RegisterLogView {
                entries: entries.into_iter().map(|kept| kept.document).collect(),
                fetched_at: asked.map(|asked| asked.fetched_at),
            })
        })
    }
}
