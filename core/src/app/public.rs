//! What needs no login: the catalogue, and the anchors by which a stranger's card is checked.

use super::CitizenApp;
use crate::Error;
use crate::catalogue::{self, CatalogueState, Services};
use crate::counter;

impl CitizenApp {
    /// The catalogue of public services on this device.
    pub fn services(&self) -> Services {
        Services::new(self.device().clone())
    }

    /// Takes in a catalogue of that version that came with the app, one document each, so that services can be found
    /// before there ever was a network. Where the city's is here already, nothing changes.
    pub fn install_catalogue(
        &self,
        version: u64,
        documents: impl IntoIterator<Item = String>,
    ) -> Result<CatalogueState, Error> {
        catalogue::install(self.device(), version, documents)
    }

    /// Brings the catalogue up to date, and with it the city's keys and its lists of revoked cards where they are
    /// older than a day or something could not be judged by them, and the list of counters once a day.
    pub async fn pull_catalogue(&self) -> Result<CatalogueState, Error> {
        let state = catalogue::pull(self.device()).await?;
        if let Err(error) = counter::pull_old(self.device()).await {
            tracing::debug!(code = error.code(), "the list of counters stays as old as it is");
        }
        Ok(state)
    }
}
