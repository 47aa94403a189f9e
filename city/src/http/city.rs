//! What every handler is given.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::ServeError;
use crate::catalogue::{Catalogue, Documents};
use crate::clock::CivilClock;
use crate::data_folder::DataFolder;
use crate::keys::{self, Keys};
use crate::seed;
use crate::store::Store;
use crate::uploads::{Limits, Uploads};

/// The city, as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct City {
    /// The database.
    pub store: Store,
    /// The civil clock.
    pub clock: CivilClock,
    /// The public services on offer.
    pub catalogue: Catalogue,
    /// The city's keys.
    pub keys: Keys,
    /// Files on their way from phones.
    pub(crate) uploads: Uploads,
    /// Where files are kept.
    pub data: DataFolder,
    /// Ends when the city shuts down, so that event streams end with it.
    pub shutdown: CancellationToken,
    base_url: Arc<str>,
    officer_token_sha256: Arc<str>,
}

impl City {
    /// Opens the city in a data folder that is locked by the caller, seeding it where that is asked for and
    /// has not been done.
    pub(super) async fn open(
        data: DataFolder,
        base_url: &str,
        seed: Option<seed::Seed>,
        documents: &Documents,
    ) -> Result<Self, ServeError> {
        let store = Store::open(&data.database())?;
        let keys = Keys::open(&data.keys())?;
        let officer_token =
            keys::read_or_make_secret(&data.officer_token(), || Ok(keys::random_token()?.into_bytes()))?;
        if let Some(seed) = seed {
            seed::sow(&store, seed).await?;
        }
        let clock = CivilClock::load(&store).await?;
        let shutdown = CancellationToken::new();
        let uploads = Uploads::open(store.clone(), &data.uploads(), Limits::default(), shutdown.clone())
            .map_err(ServeError::Uploads)?;
        Ok(Self {
            catalogue: Catalogue::open(&store, documents, clock.today()).await?,
            clock,
            store,
            keys,
            data,
            shutdown,
            uploads,
            base_url: base_url.trim_end_matches('/').into(),
            officer_token_sha256: keys::sha256(officer_token.trim_ascii()).into(),
        })
    }

    /// The city's public address without a slash at the end. The issuer of ID tokens and of cards.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether a bearer token is the officers'. Digests are compared, so the time it takes tells nothing.
    pub(super) fn is_officer_token(&self, token: &str) -> bool {
        keys::sha256(token.as_bytes()) == *self.officer_token_sha256
    }
}
