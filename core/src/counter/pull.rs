//! The list of counters: fetched once a day with the catalogue, and only where it has changed.

use citizen_api::counter::{Counter, CounterList};
use reqwest::Method;
use rusqlite::Transaction;

use crate::Error;
use crate::app::Device;
use crate::store::{now_ms, settings};

const LIST: &str = "counters";
const VERSION: &str = "counters_version";
const FETCHED_AT: &str = "counters_fetched_at";

/// For how long a list is good enough, in milliseconds: counters move seldom.
const FRESH_MS: i64 = 24 * 60 * 60 * 1000;

/// Fetches the list where it is missing or a day old. One that cannot be had now stays as it is.
pub(crate) async fn pull_old(device: &Device) -> Result<(), Error> {
    let (version, fetched_at) =
        device.database.read(|tx| Ok((settings::get(tx, VERSION)?, settings::get(tx, FETCHED_AT)?)))?;
    let fetched_at: i64 = fetched_at.and_then(|text| text.parse().ok()).unwrap_or_default();
    // A time that lies ahead was written by a clock that has since been set back, and says nothing.
    if fetched_at <= now_ms() && now_ms() - fetched_at < FRESH_MS {
        return Ok(());
    }
    let mut url = device.city("v1/counters")?;
    if let Some(version) = version {
        url.query_pairs_mut().append_pair("after", &version);
    }
    let list: CounterList = device.http.send(device.http.request(Method::GET, url)?).await?.json()?;
    device.database.write(|tx| {
        if let Some(counters) = &list.counters {
            let text = serde_json::to_string(counters).map_err(|_| Error::internal("counters"))?;
            settings::set(tx, LIST, &text)?;
            settings::set(tx, VERSION, &list.version)?;
        }
        settings::set(tx, FETCHED_AT, &now_ms().to_string())
    })
}

/// Every counter on this device.
pub(super) fn counters(tx: &Transaction<'_>) -> Result<Vec<Counter>, Error> {
    let text = settings::get(tx, LIST)?.ok_or(Error::NoCounters)?;
    // A list of another version of the app that this one cannot read is as good as none.
    serde_json::from_str(&text).map_err(|_| Error::NoCounters)
}
