//! What needs no login: the catalogue, and the anchors by which a stranger's card is checked.

use super::CitizenApp;
use crate::Error;
use crate::catalogue::{self, CatalogueState, Services};

impl CitizenApp {
    /// The catalogue of public services on this device.
    pub fn services(&self) -> Services {
        Services::new(self.device().clone())
    }

    /// Brings the catalogue, the city's keys and its lists of revoked cards up to date.
    pub async fn pull_catalogue(&self) -> Result<CatalogueState, Error> {
        catalogue::pull(self.device()).await
    }
}
