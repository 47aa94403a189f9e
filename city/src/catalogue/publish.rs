//! Publishes documents: what is new or changed gets the catalogue's next version.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use citizen_api::ServiceId;
use citizen_api::catalogue::PublicService;
use jiff::civil::Date;

use super::audit::against_earlier;
use super::documents::DocumentError;
use super::fault::Fault;
use super::{Offer, Published, Withdrawal};
use crate::store::{StoreError, Tx, Value};

/// Why the catalogue cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A document is not sound.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A document says something else than when its version was published.
    #[error("the document {service_id} changed, but its version is still {version}")]
    VersionKept {
        /// The service.
        service_id: ServiceId,
        /// The version.
        version: u32,
    },
    /// A later version was published before.
    #[error("the document {service_id} has version {version}, but {published} is published")]
    OlderVersion {
        /// The service.
        service_id: ServiceId,
        /// The document's version.
        version: u32,
        /// What is published.
        published: u32,
    },
    /// A document does not fit those that were published before it.
    #[error("the document {service_id}: {}: {}", fault.pointer, fault.reason.en)]
    DoesNotFit {
        /// The service.
        service_id: ServiceId,
        /// What is wrong.
        fault: Box<Fault>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who published a service.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Publisher {
    /// The documents that the city is started with.
    Documents,
    /// An officer, while it ran.
    Officer,
}

impl Publisher {
    fn word(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Officer => "officer",
        }
    }
}

/// Where a service stands in the catalogue.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    version: u32,
    offered: bool,
    published: u64,
    publisher: Publisher,
}

/// Makes these services the catalogue's, beside those that officers published. Nothing is written where nothing
/// changed.
pub(super) fn publish(
    tx: &mut dyn Tx,
    services: Vec<PublicService>,
    today: Date,
) -> Result<Published, CatalogueError> {
    let before = standings(tx)?;
    let (services, by_officers) = beside_officers(tx, services, &before)?;
    let version = before.values().map(|standing| standing.published).max().unwrap_or(0);
    let next = version.saturating_add(1);
    let mut offered = by_officers;
    for service in services {
        let known = before.get(&service.service_id).copied();
        let published = put(tx, &service, known, next, Publisher::Documents, today)?;
        offered.push(Offer { published, service: Arc::new(service) });
    }
    let present: BTreeSet<&ServiceId> = offered.iter().map(|offer| &offer.service.service_id).collect();
    let mut withdrawn = Vec::new();
    for (service_id, known) in &before {
        if present.contains(service_id) {
            continue;
        }
        let published = if known.offered { next } else { known.published };
        if known.offered {
            stand(tx, service_id, Standing { offered: false, published, ..*known })?;
        }
        withdrawn.push(Withdrawal { published, service_id: service_id.clone() });
    }
    let changed = offered.iter().map(|offer| offer.published);
    let changed = changed.chain(withdrawn.iter().map(|withdrawal| withdrawal.published));
    Ok(Published { version: changed.max().unwrap_or(version), offered, withdrawn })
}

/// Publishes one service while the city runs; gives the version of the catalogue that has it.
pub(super) fn publish_one(
    tx: &mut dyn Tx,
    service: &PublicService,
    today: Date,
) -> Result<u64, CatalogueError> {
    let before = standings(tx)?;
    let next = before.values().map(|standing| standing.published).max().unwrap_or(0).saturating_add(1);
    put(tx, service, before.get(&service.service_id).copied(), next, Publisher::Officer, today)
}

/// Puts a service into the catalogue where it is new or changed; gives the version of the catalogue that has it.
fn put(
    tx: &mut dyn Tx,
    service: &PublicService,
    known: Option<Standing>,
    next: u64,
    publisher: Publisher,
    today: Date,
) -> Result<u64, CatalogueError> {
    let version = service.version;
    let published = match known {
        Some(known) if (known.version, known.offered) == (version, true) => {
            // What the documents have as well is theirs: without them it is withdrawn again.
            if known.publisher != publisher && publisher == Publisher::Documents {
                stand(tx, &service.service_id, Standing { publisher, ..known })?;
            }
            known.published
        }
        _ => {
            refuse_older(service, known)?;
            refuse_lost_migrations(tx, service)?;
            stand(tx, &service.service_id, Standing { version, offered: true, published: next, publisher })?;
            next
        }
    };
    keep_version(tx, service)?;
    supersede_earlier(tx, service, today)?;
    Ok(published)
}

/// Parts the services that the city is started with from those that stay as an officer published them: whatever
/// version is the later one holds.
fn beside_officers(
    tx: &mut dyn Tx,
    services: Vec<PublicService>,
    before: &BTreeMap<ServiceId, Standing>,
) -> Result<(Vec<PublicService>, Vec<Offer>), CatalogueError> {
    let mut services: BTreeMap<ServiceId, PublicService> =
        services.into_iter().map(|service| (service.service_id.clone(), service)).collect();
    let mut by_officers = Vec::new();
    for (service_id, standing) in before {
        let later = services.get(service_id).is_some_and(|service| service.version >= standing.version);
        if standing.publisher != Publisher::Officer || !standing.offered || later {
            continue;
        }
        services.remove(service_id);
        let row = tx.query_one(
            "SELECT document FROM service_versions WHERE service_id = $1 AND version = $2",
            &[service_id.as_str().into(), standing.version.into()],
        )?;
        if let Some(row) = row {
            by_officers.push(Offer { published: standing.published, service: Arc::new(row.json(0)?) });
        }
    }
    Ok((services.into_values().collect(), by_officers))
}

/// Notes on which day this version took the place of earlier ones, from which their time of grace runs.
fn supersede_earlier(tx: &mut dyn Tx, service: &PublicService, today: Date) -> Result<(), StoreError> {
    if service.version > 1 {
        tx.execute(
            "UPDATE service_versions SET superseded_on = $3, grace_days = $4
             WHERE service_id = $1 AND version < $2 AND superseded_on = ''",
            &[
                service.service_id.as_str().into(),
                service.version.into(),
                today.into(),
                service.grace_days.into(),
            ],
        )?;
    }
    Ok(())
}

fn standings(tx: &mut dyn Tx) -> Result<BTreeMap<ServiceId, Standing>, StoreError> {
    let rows = tx.query(
        "SELECT service_id, version, status = 'offered', published, publisher = 'officer' FROM services",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let standing = Standing {
                version: row.number(1)?,
                offered: row.integer(2)? != 0,
                published: row.number(3)?,
                publisher: if row.integer(4)? != 0 { Publisher::Officer } else { Publisher::Documents },
            };
            Ok((ServiceId(row.text(0)?), standing))
        })
        .collect()
}

fn refuse_older(service: &PublicService, known: Option<Standing>) -> Result<(), CatalogueError> {
    match known {
        Some(known) if known.version > service.version => Err(CatalogueError::OlderVersion {
            service_id: service.service_id.clone(),
            version: service.version,
            published: known.version,
        }),
        _ => Ok(()),
    }
}

/// Refuses a document whose migrations name what earlier versions, as far as this city knows them, do not have.
fn refuse_lost_migrations(tx: &mut dyn Tx, service: &PublicService) -> Result<(), CatalogueError> {
    if service.migrations.is_empty() {
        return Ok(());
    }
    let rows = tx.query(
        "SELECT version, document FROM service_versions WHERE service_id = $1 AND version < $2",
        &[service.service_id.as_str().into(), service.version.into()],
    )?;
    let earlier = rows.iter().map(|row| Ok((row.number(0)?, row.json(1)?)));
    let earlier: BTreeMap<u32, PublicService> = earlier.collect::<Result<_, StoreError>>()?;
    match against_earlier(service, &earlier).into_iter().next() {
        Some(fault) => {
            Err(CatalogueError::DoesNotFit { service_id: service.service_id.clone(), fault: Box::new(fault) })
        }
        None => Ok(()),
    }
}

fn stand(tx: &mut dyn Tx, service_id: &ServiceId, standing: Standing) -> Result<(), StoreError> {
    let status = if standing.offered { "offered" } else { "withdrawn" };
    tx.execute(
        "INSERT INTO services (service_id, version, status, published, publisher) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (service_id) DO UPDATE
         SET version = excluded.version, status = excluded.status, published = excluded.published,
             publisher = excluded.publisher",
        &[
            service_id.as_str().into(),
            standing.version.into(),
            status.into(),
            standing.published.into(),
            standing.publisher.word().into(),
        ],
    )?;
    Ok(())
}

/// Keeps this version of the document for ever; refuses it where another text was published as this version.
fn keep_version(tx: &mut dyn Tx, service: &PublicService) -> Result<(), CatalogueError> {
    let key: [Value; 2] = [service.service_id.as_str().into(), service.version.into()];
    let sql = "SELECT document FROM service_versions WHERE service_id = $1 AND version = $2";
    if let Some(row) = tx.query_one(sql, &key)? {
        return if row.json::<PublicService>(0)? == *service {
            Ok(())
        } else {
            Err(CatalogueError::VersionKept {
                service_id: service.service_id.clone(),
                version: service.version,
            })
        };
    }
    let [service_id, version] = key;
    tx.execute(
        "INSERT INTO service_versions (service_id, version, document) VALUES ($1, $2, $3)",
        &[service_id, version, Value::json(service)?],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::catalogue::PublicService;
    use jiff::civil::{Date, date};

    use super::{CatalogueError, publish};
    use crate::catalogue::Catalogue;
    use crate::catalogue::documents::embedded;
    use crate::store::Store;

    fn open() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        (folder, store)
    }

    const TODAY: Date = date(2026, 11, 24);

    async fn publish_all(store: &Store, services: Vec<PublicService>) -> Result<Catalogue, CatalogueError> {
        let published = store.write(move |tx| publish(tx, services, TODAY)).await?;
        Ok(Catalogue::of(published))
    }

    fn changed(catalogue: &Catalogue, after: u64) -> Vec<String> {
        catalogue.delta(after).changed.iter().map(|service| service.service_id.to_string()).collect()
    }

    #[tokio::test]
    async fn what_is_unchanged_is_not_published_again() {
        let (_folder, store) = open();
        let all = embedded().unwrap();
        for _ in 0..2 {
            let catalogue = publish_all(&store, all.clone()).await.unwrap();
            assert_eq!(catalogue.delta(0).version, 1);
            assert_eq!(changed(&catalogue, 0).len(), all.len());
            assert_eq!(changed(&catalogue, 1).len(), 0);
        }
    }

    #[tokio::test]
    async fn a_changed_document_is_the_whole_delta() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        publish_all(&store, services.clone()).await.unwrap();
        services[1].title = Text::new("余额", "Balance");
        services[1].version = 2;
        let catalogue = publish_all(&store, services.clone()).await.unwrap();
        assert_eq!(changed(&catalogue, 1), [services[1].service_id.to_string()]);
        assert_eq!(catalogue.delta(1).version, 2);
        assert_eq!(changed(&catalogue, 99).len(), services.len());
    }

    #[tokio::test]
    async fn a_withdrawn_service_is_told_and_can_come_back() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        publish_all(&store, services.clone()).await.unwrap();
        let gone = services.remove(0);
        let catalogue = publish_all(&store, services.clone()).await.unwrap();
        assert_eq!(catalogue.delta(1).withdrawn, std::slice::from_ref(&gone.service_id));
        assert!(catalogue.service(&gone.service_id).is_none());
        services.push(gone.clone());
        let catalogue = publish_all(&store, services).await.unwrap();
        assert_eq!(changed(&catalogue, 2), [gone.service_id.to_string()]);
        assert_eq!(catalogue.delta(2).withdrawn, []);
    }

    #[tokio::test]
    async fn a_published_version_never_changes_and_never_goes_back() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        services[0].version = 2;
        publish_all(&store, services.clone()).await.unwrap();
        let mut reworded = services.clone();
        reworded[0].fee.0 += 1;
        let kept = publish_all(&store, reworded).await;
        assert!(matches!(kept, Err(CatalogueError::VersionKept { version: 2, .. })));
        services[0].version = 1;
        let older = publish_all(&store, services).await;
        assert!(matches!(older, Err(CatalogueError::OlderVersion { version: 1, published: 2, .. })));
    }

    #[tokio::test]
    async fn what_an_officer_published_stays_when_the_city_starts_again() {
        let (_folder, store) = open();
        let services = embedded().unwrap();
        let catalogue = publish_all(&store, services.clone()).await.unwrap();
        let (mut newer, mut added) = (services[0].clone(), services[1].clone());
        newer.version = 2;
        added.service_id = "added".into();
        for service in [&newer, &added] {
            catalogue.add(&store, service.clone(), TODAY).await.unwrap();
        }
        let again = publish_all(&store, services.clone()).await.unwrap();
        assert_eq!(*again.service(&newer.service_id).unwrap(), newer);
        assert_eq!(*again.service(&added.service_id).unwrap(), added);
        assert_eq!((again.delta(0).version, changed(&again, 3).len()), (3, 0));
        let mut newest = services;
        newest[0].version = 3;
        let third = publish_all(&store, newest.clone()).await.unwrap();
        assert_eq!(*third.service(&newer.service_id).unwrap(), newest[0], "a later document takes its place");
        newest.push(added.clone());
        publish_all(&store, newest.clone()).await.unwrap();
        newest.pop();
        let last = publish_all(&store, newest).await.unwrap();
        assert!(last.service(&added.service_id).is_none(), "documents took it over and withdrew it");
    }
}
