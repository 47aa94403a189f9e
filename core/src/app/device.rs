//! What all people on a phone share: the device's store, the vault, the network, the runtime.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::watch;
use url::Url;

use super::after_lock::AfterLock;
use super::idle::Idle;
use crate::Error;
use crate::catalogue::Cache;
use crate::consent;
use crate::http::{BoundKey, Gate, Http, TrustedRoots};
use crate::outbox::NetworkKind;
use crate::people::{PersonId, register};
use crate::store::{DEVICE, Database, Sealer, create_folder, hkdf, settings};
use crate::vault::{self, BootClock, Cost, DeviceKeys, KeyVault, Lock, PinCost, SystemBootClock};

/// The vault's secret of the device.
pub(super) const SECRET: &str = "device";

/// Where the app keeps its data, and which city it talks to.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that holds everything. It is made where there is none.
    pub data_dir: PathBuf,
    /// The city's address.
    pub city: Url,
    /// What a person would recognise this device by, in the list of their devices.
    pub device_name: String,
}

/// What the platform's hardware does.
#[derive(Clone)]
pub struct Platform {
    /// Keeps secrets.
    pub vault: Arc<dyn KeyVault>,
    /// Signs.
    pub device_keys: Arc<dyn DeviceKeys>,
    /// Measures the waits between tries at a PIN.
    pub boot_clock: Arc<dyn BootClock>,
    /// How dear a try is made where a PIN is chosen.
    pub pin_cost: PinCost,
    /// Names the certificates that are trusted; without it the operating system does.
    pub trusted_roots: Option<Arc<dyn TrustedRoots>>,
}

impl Platform {
    /// A platform with the operating system's clock, where a try at a PIN takes as long as a person hardly notices.
    pub fn new(vault: Arc<dyn KeyVault>, device_keys: Arc<dyn DeviceKeys>) -> Self {
        let boot_clock = Arc::new(SystemBootClock);
        Self { vault, device_keys, boot_clock, pin_cost: PinCost::default(), trusted_roots: None }
    }
}

/// What all people on a phone share.
pub(crate) struct Device {
    pub(crate) config: Config,
    pub(crate) platform: Platform,
    pub(crate) database: Database,
    /// Seals what must be readable before anyone has unlocked: names.
    pub(crate) sealer: Sealer,
    pub(crate) http: Http,
    /// Whether anything may leave this device.
    pub(crate) gate: Gate,
    /// The network that the device is on, as its shell sees it.
    pub(crate) network: watch::Sender<NetworkKind>,
    /// For how long nobody has been there.
    pub(super) idle: Idle,
    /// What goes on for people who have locked.
    pub(super) after_lock: AfterLock,
    /// The catalogue in memory.
    pub(crate) catalogue: Cache,
    /// For work that no caller owns. None only while the device is being dropped.
    runtime: Option<Runtime>,
}

impl Device {
    pub(crate) fn open(config: Config, platform: Platform) -> Result<Self, Error> {
        create_folder(&config.data_dir.join("people"))?;
        let database = open_database(&config)?;
        let secret = device_secret(platform.vault.as_ref())?;
        let key = hkdf(&secret, &[b"device"])?;
        let sealer = Sealer::new("device", &key)?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("citizen-core")
            .enable_all()
            .build()
            .map_err(|_| Error::internal("the runtime cannot be started"))?;
        let gate = Gate::new(database.read(consent::is_anybodys)?);
        let http = Http::through(gate.clone(), platform.trusted_roots.clone());
        let device = Self {
            config,
            platform,
            database,
            sealer,
            http,
            gate,
            network: watch::Sender::default(),
            idle: Idle::default(),
            after_lock: AfterLock::default(),
            catalogue: Cache::default(),
            runtime: Some(runtime),
        };
        device.idle.allow(device.chosen_lock_after()?);
        Ok(device)
    }

    /// Where a person's compartment stands.
    pub(crate) fn person_folder(&self, person_id: PersonId) -> PathBuf {
        self.config.data_dir.join("people").join(person_id.to_string())
    }

    /// What opens a person's key.
    pub(crate) fn lock<'a>(&'a self, folder: &'a Path, person_id: PersonId) -> Lock<'a> {
        let Platform { vault, boot_clock, .. } = &self.platform;
        Lock { folder, person_id, vault: vault.as_ref(), clock: boot_clock.as_ref() }
    }

    /// What a try at a new PIN costs. It is measured once, when the device is asked for the first time.
    pub(crate) fn pin_cost(&self) -> Result<Cost, Error> {
        const MEASURED: &str = "pin-cost";
        if self.platform.pin_cost == PinCost::Least {
            return Ok(vault::LEAST);
        }
        let kept = self.database.read(|tx| settings::get(tx, MEASURED))?;
        if let Some(cost) = kept.and_then(|kept| serde_json::from_str(&kept).ok()) {
            return Ok(cost);
        }
        let cost = vault::measure()?;
        let kept = serde_json::to_string(&cost).map_err(|_| Error::internal("a cost cannot be written"))?;
        self.database.write(|tx| settings::set(tx, MEASURED, &kept))?;
        Ok(cost)
    }

    /// An address of the city.
    pub(crate) fn city(&self, path: &str) -> Result<Url, Error> {
        self.config.city.join(path).map_err(|_| Error::internal("an address of the city does not parse"))
    }

    /// The key that tokens are bound to which the platform keeps under that name.
    pub(crate) fn bound_key(&self, slot: PersonId) -> BoundKey {
        BoundKey::new(Arc::clone(&self.platform.device_keys), slot)
    }

    /// The core's own runtime.
    pub(crate) fn runtime(&self) -> Result<&Handle, Error> {
        self.runtime.as_ref().map(Runtime::handle).ok_or(Error::internal("the app is shut down"))
    }
}

/// A runtime must not be waited for where its owner may itself be on one.
impl Drop for Device {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Opens the device's store. Where it had to be begun anew, the people whose folders are there are named in it again.
fn open_database(config: &Config) -> Result<Database, Error> {
    let path = config.data_dir.join("device.db");
    Database::open(&path, DEVICE).inspect_err(|error| {
        if let Error::StoreUnreadable { set_aside: Some(_) } = error {
            let people = config.data_dir.join("people");
            let adopted = Database::open(&path, DEVICE)
                .and_then(|fresh| fresh.write(|tx| register::adopt(tx, &people)));
            if adopted.is_err() {
                tracing::warn!("the people on this device could not be named again");
            }
        }
    })
}

/// The vault's secret for the device, made at the first start.
fn device_secret(vault: &dyn KeyVault) -> Result<zeroize::Zeroizing<Vec<u8>>, Error> {
    if let Some(secret) = vault.load(SECRET)? {
        return Ok(secret);
    }
    let secret = crate::vault::random::<32>()?;
    vault.store(SECRET, secret.as_ref())?;
    Ok(zeroize::Zeroizing::new(secret.to_vec()))
}
