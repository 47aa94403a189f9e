//! Who asked for this person's data.

use std::sync::Arc;

use citizen_core::Compartment;
use citizen_core::register_log::RegisterLogView;

use crate::CitizenError;
use crate::page::page;

/// The register log of an unlocked person.
#[derive(uniffi::Object)]
pub struct RegisterLog(Compartment);

impl RegisterLog {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl RegisterLog {
    /// A page of the log on this device, the newest first. Needs no network.
    pub fn page(&self, offset: u32, limit: u32) -> Result<RegisterLogView, CitizenError> {
        let view = self.0.register_log().list()?;
        Ok(RegisterLogView { entries: page(view.entries, offset, limit), ..view })
    }

    /// Fetches what is new, and keeps it only where it continues what is here: else the error's code is
    /// `register-log-altered`.
    pub async fn refresh(&self) -> Result<(), CitizenError> {
        Ok(self.0.register_log().refresh().await.map(drop)?)
    }
}
