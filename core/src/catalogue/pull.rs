//! Asking the city what is new in the catalogue, and whose signatures are to be believed.

use citizen_api::ServiceId;
use reqwest::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::anchors::pull_old_anchors;
use super::store;
use crate::Error;
use crate::app::Device;

/// The catalogue after a pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CatalogueState {
    /// Its version.
    pub version: u64,
    /// How many services are new, changed or withdrawn since the pull before.
    pub changed: usize,
}

/// What the city says is new, with each document as it came: one that this version cannot read is kept for
/// the version that can.
#[derive(Deserialize)]
struct Delta {
    version: u64,
    changed: Vec<Box<RawValue>>,
    withdrawn: Vec<ServiceId>,
}

impl Delta {
    fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.withdrawn.is_empty()
    }
}

#[derive(Deserialize)]
struct Named {
    service_id: ServiceId,
}

/// Brings the catalogue up to date, and the trust anchors where they are a day old. Each is replaced in one
/// transaction, or stays as it is. Where nothing is new and the anchors are fresh, this is one small request.
pub(crate) async fn pull(device: &Device) -> Result<CatalogueState, Error> {
    pull_old_anchors(device).await?;
    let after = device.database.read(store::version)?;
    let Some(delta) = fetch(device, after).await? else {
        device.database.write(|tx| store::confirm(tx, after))?;
        return Ok(CatalogueState { version: after, changed: 0 });
    };
    if delta.version == after && delta.is_empty() && after != 0 {
        device.database.write(|tx| store::confirm(tx, after))?;
        return Ok(CatalogueState { version: after, changed: 0 });
    }
    if delta.version >= after {
        return apply(device, &delta, after);
    }
    // A city that was set up anew counts from the beginning.
    let whole = fetch(device, 0).await?.ok_or(Error::CityAnsweredNonsense)?;
    apply(device, &whole, 0)
}

async fn fetch(device: &Device, after: u64) -> Result<Option<Delta>, Error> {
    let mut url = device.city("v1/catalogue")?;
    url.query_pairs_mut().append_pair("after", &after.to_string());
    let reply = device.http.send(device.http.request(Method::GET, url)?).await?;
    if reply.status == StatusCode::NOT_MODIFIED { Ok(None) } else { reply.json().map(Some) }
}

/// Applies what is new since `after`; after 0 it is everything, and what it does not name is gone.
fn apply(device: &Device, delta: &Delta, after: u64) -> Result<CatalogueState, Error> {
    let mut named = Vec::new();
    for document in &delta.changed {
        let Named { service_id } =
            serde_json::from_str(document.get()).map_err(|_| Error::CityAnsweredNonsense)?;
        named.push((service_id, document.get()));
    }
    device.database.write(|tx| {
        // Another process may have pulled meanwhile; then its word is at least as new.
        if store::version(tx)? != after && after != 0 {
            return Ok(CatalogueState { version: store::version(tx)?, changed: 0 });
        }
        if after == 0 {
            store::clear(tx)?;
        }
        for (service_id, document) in &named {
            store::put(tx, service_id, document)?;
        }
        for service_id in &delta.withdrawn {
            store::withdraw(tx, service_id)?;
        }
        store::repack(tx, delta.version)?;
        store::confirm(tx, delta.version)?;
        Ok(CatalogueState { version: delta.version, changed: named.len() + delta.withdrawn.len() })
    })
}
