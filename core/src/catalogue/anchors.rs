//! Trust anchors: the city's public keys and the lists of revoked cards, kept for when there is no network.
//!
//! They have a schedule of their own: a pull fetches them where one is missing or older than a day, and where
//! something was signed by a key that is not known here. In between a pull asks for the catalogue alone.

use citizen_api::credential::{IssuerMetadata, StatusListClaims};
use citizen_api::jose::{JwkSet, typ};
use reqwest::{Method, Url};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::Error;
use crate::app::Device;
use crate::credential::TrustAnchors;
use crate::http::Http;
use crate::jws;
use crate::store::{now_ms, settings};

/// A row with an issuer's metadata.
const ISSUER: &str = "issuer";
/// A row with a list of revoked cards.
const STATUS_LIST: &str = "status-list";
/// The setting that says that something could not be judged by what is here.
const DOUBTED: &str = "anchors_doubted";

/// For how long what was fetched is good enough, in milliseconds: a card that was revoked today may be taken for
/// good until tomorrow, and whoever checks one is told how old the list is.
const FRESH_MS: i64 = 24 * 60 * 60 * 1000;

/// Fetches what [`pull_anchors`] does, unless all of it was fetched within a day and nothing spoke against it.
pub(super) async fn pull_old_anchors(device: &Device) -> Result<(), Error> {
    if device.database.read(|tx| are_due(tx, device.config.city.as_str(), now_ms()))? {
        pull_anchors(device).await?;
    }
    Ok(())
}

/// Whether an anchor is missing, old, or in doubt.
fn are_due(tx: &Transaction<'_>, city: &str, now: i64) -> Result<bool, Error> {
    if settings::get(tx, DOUBTED)?.is_some() {
        return Ok(true);
    }
    let Some((issuer, at)) = anchor(tx, city)? else { return Ok(true) };
    let Ok(issuer) = serde_json::from_str::<IssuerMetadata>(&issuer) else { return Ok(true) };
    let mut oldest = at;
    for list in &issuer.status_lists {
        let Some((_, at)) = anchor(tx, list)? else { return Ok(true) };
        oldest = oldest.min(at);
    }
    // A time that lies ahead was written by a clock that has since been set back, and says nothing.
    Ok(oldest > now || now - oldest >= FRESH_MS)
}

fn anchor(tx: &Transaction<'_>, address: &str) -> Result<Option<(String, i64)>, Error> {
    let sql = "SELECT document, fetched_at FROM anchors WHERE address = ?1";
    Ok(tx.query_row(sql, [address], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Notes that something could not be judged by the anchors here, so that the next pull fetches them.
pub(crate) fn doubt_anchors(tx: &Transaction<'_>) -> Result<(), Error> {
    settings::set(tx, DOUBTED, "yes")
}

/// Fetches the issuer's metadata and the status lists it names. A list that cannot be had now stays as it is.
pub(crate) async fn pull_anchors(device: &Device) -> Result<(), Error> {
    let (http, city) = (&device.http, &device.config.city);
    let url = device.city(".well-known/jwt-vc-issuer")?;
    let issuer: IssuerMetadata = http.send(http.request(Method::GET, url)?).await?.json()?;
    if issuer.issuer.trim_end_matches('/') != city.as_str().trim_end_matches('/') {
        return Err(Error::CityAnsweredNonsense);
    }
    let metadata = serde_json::to_string(&issuer).map_err(|_| Error::Internal { reason: "anchors" })?;
    device.database.write(|tx| {
        settings::unset(tx, DOUBTED)?;
        put(tx, city.as_str(), ISSUER, &metadata)
    })?;
    for address in &issuer.status_lists {
        match fetch_list(http, address, &issuer).await {
            Ok(list) => device.database.write(|tx| put(tx, address, STATUS_LIST, &list))?,
            Err(_) => tracing::debug!("a status list stays as old as it is"),
        }
    }
    Ok(())
}

/// A status list, if the issuer signed it for that very address.
async fn fetch_list(http: &Http, address: &str, issuer: &IssuerMetadata) -> Result<String, Error> {
    let url: Url = address.parse().map_err(|_| Error::CityAnsweredNonsense)?;
    let reply = http.send(http.request(Method::GET, url)?).await?;
    let list = reply.text()?.trim();
    let claims: StatusListClaims =
        jws::verify(list, typ::STATUS_LIST, &issuer.jwks).map_err(|_| Error::CityAnsweredNonsense)?;
    if claims.sub == address { Ok(list.to_owned()) } else { Err(Error::CityAnsweredNonsense) }
}

fn put(tx: &Transaction<'_>, address: &str, kind: &str, document: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO anchors (address, kind, fetched_at, document) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (address) DO UPDATE
         SET kind = excluded.kind, fetched_at = excluded.fetched_at, document = excluded.document",
        params![address, kind, now_ms(), document],
    )?;
    Ok(())
}

/// What this device believes signatures by; empty before the first pull.
pub(crate) fn anchors(tx: &Transaction<'_>) -> Result<TrustAnchors, Error> {
    let mut statement = tx.prepare_cached("SELECT kind, document FROM anchors ORDER BY address")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut anchors = TrustAnchors::default();
    for row in rows {
        let (kind, document) = row?;
        if kind == ISSUER {
            anchors.issuers.extend(serde_json::from_str::<IssuerMetadata>(&document).ok());
        } else {
            anchors.status_lists.push(document);
        }
    }
    Ok(anchors)
}

/// The keys by which the city's receipts are believed.
pub(crate) fn city_keys(tx: &Transaction<'_>) -> Result<JwkSet, Error> {
    let keys = anchors(tx)?.issuers.into_iter().flat_map(|issuer| issuer.jwks.keys).collect();
    Ok(JwkSet { keys })
}
