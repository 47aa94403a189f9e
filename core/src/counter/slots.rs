//! Which seats are free.

use citizen_api::CounterId;
use citizen_api::counter::Slots;
use jiff::civil::Date;
use reqwest::Method;
use serde::Serialize;

use super::Counters;
use super::pull::counters;
use crate::Error;

/// The seats of a day as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlotsView {
    /// The day, with its half hours and how many seats were free a moment ago.
    #[serde(flatten)]
    pub slots: Slots,
}

impl Counters {
    /// Asks the city which seats are free on a day. The one thing about counters that needs a network: without one, a
    /// place is asked for by time alone.
    pub async fn slots(&self, counter_id: &CounterId, day: Date) -> Result<SlotsView, Error> {
        let device = self.compartment.device();
        let known = device.database.read(counters)?.iter().any(|known| known.counter_id == *counter_id);
        if !known {
            return Err(Error::UnknownCounter);
        }
        let mut url = device.city(&format!("v1/counters/{counter_id}/slots"))?;
        url.query_pairs_mut().append_pair("day", &day.to_string());
        let http = self.compartment.http();
        let slots: Slots = http.send(http.request(Method::GET, url)?).await?.json()?;
        Ok(SlotsView { slots })
    }
}
