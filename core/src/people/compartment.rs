//! One unlocked person.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use citizen_api::jose::{Jwk, encode};
use citizen_api::{AttachmentId, DeviceId, Subject};
use ring::digest::{SHA256, digest};
use rusqlite::Transaction;
use tokio::sync::{Notify, watch};

use super::presence::Presence;
use super::{PersonId, PersonRecord, register};
use crate::Error;
use crate::app::Device;
use crate::http::BoundKey;
use crate::store::{Blobs, Database, PERSON, Sealer, create_folder, wiping_deep_after};
use crate::upload::Passes;

/// The person's store, in their folder.
pub(super) const STORE: &str = "store.db";
/// The person's sealed files, in their folder.
const BLOBS: &str = "blobs";

/// An unlocked person: every domain hangs on it. Cheap to clone. After it was locked, every call answers
/// [`Error::Locked`].
#[derive(Clone)]
pub struct Compartment {
    inner: Arc<Inner>,
}

struct Inner {
    person_id: PersonId,
    folder: PathBuf,
    database: Database,
    blobs: Blobs,
    opened: Mutex<Option<Arc<Opened>>>,
    device: Arc<Device>,
    /// Rung when there is more to send, or sooner.
    outbox_changed: Notify,
    /// What uploads go on with when the person locks.
    passes: Passes,
    /// Changes when files are held back, or no longer.
    outbox_held: watch::Sender<()>,
    /// Whether files go over Wi-Fi only, as it was when the person was there last.
    wifi_only: AtomicBool,
    /// Who acts for this person on this phone; none where they act for themselves.
    helper: Option<Compartment>,
    /// Those whom this person acts for and whose compartments are open.
    represented: Mutex<BTreeMap<PersonId, Weak<Inner>>>,
    /// Turns true when the person locks, for what is under way.
    locked: watch::Sender<bool>,
    /// Says, to every process, that somebody has the compartment open.
    _presence: Presence,
}

/// What goes when the person locks.
struct Opened {
    sealer: Sealer,
    record: PersonRecord,
}

impl Compartment {
    /// Makes a person's store in their folder.
    pub(crate) fn make(
        device: &Device,
        person_id: PersonId,
        record: &PersonRecord,
        data_key: &[u8; 32],
    ) -> Result<(), Error> {
        make_in(&device.person_folder(person_id), person_id, record, data_key)
    }

    /// Opens a person's folder with its data key.
    pub(crate) fn open(device: Arc<Device>, person_id: PersonId, data_key: &[u8; 32]) -> Result<Self, Error> {
        let folder = device.person_folder(person_id);
        Self::open_in(device, person_id, folder, data_key, None)
    }

    fn open_in(
        device: Arc<Device>,
        person_id: PersonId,
        folder: PathBuf,
        data_key: &[u8; 32],
        helper: Option<(Self, PersonRecord)>,
    ) -> Result<Self, Error> {
        let presence = Presence::announce(&folder)?;
        create_folder(&folder.join(BLOBS))?;
        let database = Database::open(&folder.join(STORE), PERSON)?;
        let blobs = Blobs::new(folder.join(BLOBS), data_key)?;
        let sealer = Sealer::new(&person_id.to_string(), data_key)?;
        let (helper, named) = helper.unzip();
        let record = match database.read(|tx| register::own(tx, &sealer))?.or(named) {
            Some(record) => record,
            // A store that was begun anew after damage may have lost it; the device's copy is as good.
            None => device.database.read(|tx| register::get(tx, &device.sealer, person_id))?,
        };
        if presence.alone {
            blobs.remove_all_but(&database.read(named_blobs)?)?;
        }
        let opened = Mutex::new(Some(Arc::new(Opened { sealer, record })));
        let presence = presence.share()?;
        let inner = Inner {
            person_id,
            folder,
            database,
            blobs,
            opened,
            device,
            outbox_changed: Notify::new(),
            outbox_held: watch::Sender::new(()),
            wifi_only: AtomicBool::default(),
            passes: Passes::default(),
            helper,
            represented: Mutex::default(),
            locked: watch::Sender::new(false),
            _presence: presence,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Which compartment it is.
    pub fn person_id(&self) -> PersonId {
        self.inner.person_id
    }

    /// Who the person is.
    pub(crate) fn record(&self) -> Result<PersonRecord, Error> {
        Ok(self.opened()?.record.clone())
    }

    /// What the person is called.
    pub fn label(&self) -> Result<String, Error> {
        Ok(self.record()?.label)
    }

    /// The person, as the identity provider names them.
    pub(crate) fn subject(&self) -> Result<Subject, Error> {
        Ok(self.record()?.subject)
    }

    /// Where everything of this person stands.
    pub(crate) fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// What all people on this phone share.
    pub(crate) fn device(&self) -> &Arc<Device> {
        &self.inner.device
    }

    /// Changes when files are held back, or no longer.
    pub(crate) fn outbox_held(&self) -> &watch::Sender<()> {
        &self.inner.outbox_held
    }

    /// Whether files go over Wi-Fi only, for the time in which the choice cannot be read.
    pub(super) fn wifi_only_flag(&self) -> &AtomicBool {
        &self.inner.wifi_only
    }

    /// Rung when there is more to send, or sooner. One ring is kept for whoever listens next.
    pub(crate) fn outbox_changed(&self) -> &Notify {
        &self.inner.outbox_changed
    }

    /// What uploads go on with when the person locks, where they have allowed it.
    pub(crate) fn passes(&self) -> &Passes {
        &self.inner.passes
    }

    /// The person's sealed files.
    pub(crate) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// Reads in one transaction.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Sealer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let opened = self.opened()?;
        self.inner.database.read(|tx| work(tx, &opened.sealer))
    }

    /// Writes in one transaction: all of it is on disk when this returns, or none of it happened.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Sealer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let opened = self.opened()?;
        self.inner.database.write(|tx| work(tx, &opened.sealer))
    }

    /// Notes in one transaction what needs no key to be noted: also of somebody who has locked.
    pub(crate) fn note<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.inner.database.write(work)
    }

    /// Where what is written for somebody else stands.
    pub(crate) fn folder_of_represented(&self, person_id: PersonId) -> PathBuf {
        self.inner.folder.join("for").join(person_id.to_string())
    }

    /// Makes the store of somebody whom this person acts for.
    pub(crate) fn make_represented(
        &self,
        person_id: PersonId,
        record: &PersonRecord,
        data_key: &[u8; 32],
    ) -> Result<(), Error> {
        make_in(&self.folder_of_represented(person_id), person_id, record, data_key)
    }

    /// Opens the compartment of somebody whom this person acts for. Of two that were opened, everyone gets the first.
    pub(crate) fn open_represented(
        &self,
        person_id: PersonId,
        record: PersonRecord,
        data_key: &[u8; 32],
    ) -> Result<Self, Error> {
        let mut open = self.inner.represented.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inner) = open.get(&person_id).and_then(Weak::upgrade) {
            return Ok(Self { inner });
        }
        let (device, folder) = (Arc::clone(&self.inner.device), self.folder_of_represented(person_id));
        let opened = Self::open_in(device, person_id, folder, data_key, Some((self.clone(), record)))?;
        open.insert(person_id, Arc::downgrade(&opened.inner));
        Ok(opened)
    }

    /// Locks somebody whom this person acts for.
    pub(crate) fn lock_represented(&self, person_id: PersonId) {
        let open = self.inner.represented.lock().unwrap_or_else(PoisonError::into_inner).remove(&person_id);
        if let Some(inner) = open.and_then(|inner| inner.upgrade()) {
            Self { inner }.lock();
        }
    }

    /// Who acts for this person on this phone; none where they act for themselves.
    pub(crate) fn helper(&self) -> Option<&Self> {
        self.inner.helper.as_ref()
    }

    /// Whose key on this phone signs: the person's own, or that of who acts for them.
    fn signer(&self) -> PersonId {
        self.helper().map_or(self.inner.person_id, Self::person_id)
    }

    /// The name of this phone's key for this person: the thumbprint of RFC 7638.
    pub(crate) fn device_id(&self) -> Result<DeviceId, Error> {
        let thumbprint = digest(&SHA256, self.public_key()?.thumbprint_input().as_bytes());
        Ok(DeviceId(encode(thumbprint.as_ref())))
    }

    /// This phone's public key for this person.
    pub(crate) fn public_key(&self) -> Result<Jwk, Error> {
        Ok(self.inner.device.platform.device_keys.public(self.signer())?)
    }

    /// Signs with this phone's key for this person (ES256, 64 bytes).
    pub(crate) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.opened()?;
        let sign = || self.inner.device.platform.device_keys.sign(self.signer(), bytes);
        Ok(wiping_deep_after(sign)?)
    }

    /// The key that tokens are bound to which the platform keeps under that name.
    pub(crate) fn bound_key(&self, slot: PersonId) -> BoundKey {
        self.inner.device.bound_key(slot)
    }

    /// Wipes the keys from memory. Files that the person has allowed to go on do, each with a key that opens nothing else.
    pub(crate) fn lock(&self) {
        let going_on = self.inner.passes.take(self);
        wiping_deep_after(|| {
            *self.inner.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
            self.inner.blobs.lock();
        });
        self.inner.locked.send_replace(true);
        let represented =
            std::mem::take(&mut *self.inner.represented.lock().unwrap_or_else(PoisonError::into_inner));
        for inner in represented.into_values().filter_map(|inner| inner.upgrade()) {
            Self { inner }.lock();
        }
        if !going_on.is_empty() {
            self.inner.device.go_on(self.signer(), self.clone(), going_on);
        }
    }

    /// Forgets what uploads would go on with, also those of whom the person acts for.
    pub(crate) fn forget_passes(&self) {
        self.inner.passes.forget_all();
        let represented = self.inner.represented.lock().unwrap_or_else(PoisonError::into_inner);
        represented.values().filter_map(Weak::upgrade).for_each(|inner| inner.passes.forget_all());
    }

    /// Completes when the person locks: whatever is under way for them ends with it.
    pub(crate) async fn locked(&self) {
        let mut locked = self.inner.locked.subscribe();
        // A sender that is gone is a compartment that nobody holds any more.
        let _ = locked.wait_for(|locked| *locked).await;
    }

    /// Whether the keys are in memory.
    pub fn is_unlocked(&self) -> bool {
        self.opened().is_ok()
    }

    fn opened(&self) -> Result<Arc<Opened>, Error> {
        // The watch over idle time may come late, as after a sleep; what is asked meanwhile must not.
        if self.inner.device.left_open().is_zero() {
            self.lock();
        }
        let opened = self.inner.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.clone().ok_or(Error::Locked)
    }
}

fn make_in(
    folder: &Path,
    person_id: PersonId,
    record: &PersonRecord,
    data_key: &[u8; 32],
) -> Result<(), Error> {
    create_folder(&folder.join(BLOBS))?;
    let sealer = Sealer::new(&person_id.to_string(), data_key)?;
    Database::open(&folder.join(STORE), PERSON)?.write(|tx| register::keep_own(tx, &sealer, record))
}

/// The sealed files that rows name. Others are left from a process that died between file and row.
fn named_blobs(tx: &Transaction<'_>) -> Result<BTreeSet<AttachmentId>, Error> {
    let mut statement = tx.prepare("SELECT attachment_id FROM attachments")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    names.iter().map(|name| name.parse().map_err(|_| Error::RecordAltered)).collect()
}
