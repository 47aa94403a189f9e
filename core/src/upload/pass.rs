//! Passes: what an upload goes on with when its person locks, where they have allowed that.
//!
//! A pass is asked for while the person is there, for each file that waits, and is bound to a key that was made for it alone.
//! Both live in memory only. A process that dies loses them, and nothing else: the row of the outbox says what is to be sent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use citizen_api::TransactionId;
use citizen_api::submission::SubmittedAttachment;
use citizen_api::upload::{UploadPass, UploadPassRequest};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use url::Url;
use zeroize::Zeroizing;

use super::on_its_own::OnItsOwn;
use super::run::begin;
use super::state;
use crate::Error;
use crate::http::{BoundKey, Credentials};
use crate::people::{Compartment, PersonId};
use crate::vault::OneKey;

/// A pass that is older than this part of its life is asked for anew.
const RENEWED_AFTER: u32 = 2;

/// A pass for one upload.
pub(super) struct Pass {
    pub(super) location: Url,
    pub(super) file: SubmittedAttachment,
    pass: Zeroizing<String>,
    key: BoundKey,
    renew_at: Timestamp,
}

impl Pass {
    pub(super) fn credentials(&self) -> Credentials<'_> {
        Credentials { token: Some(self.pass.as_str()), key: Some(&self.key) }
    }
}

/// The passes of a person, by what they are sent under.
#[derive(Default)]
pub(crate) struct Passes(Mutex<BTreeMap<TransactionId, Pass>>);

impl Passes {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<TransactionId, Pass>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn holds(&self, transaction_id: TransactionId, now: Timestamp) -> bool {
        self.lock().get(&transaction_id).is_some_and(|pass| now < pass.renew_at)
    }

    /// Forgets one: the city has the file, or it is not to be sent.
    pub(crate) fn forget(&self, transaction_id: TransactionId) {
        self.lock().remove(&transaction_id);
    }

    /// Forgets all.
    pub(crate) fn forget_all(&self) {
        self.lock().clear();
    }

    /// Takes them for the time in which the person is locked, each with the key of its file, which is still to be had.
    pub(crate) fn take(&self, compartment: &Compartment) -> Vec<OnItsOwn> {
        let passes = std::mem::take(&mut *self.lock());
        let alone = |(transaction_id, pass): (TransactionId, Pass)| {
            let blob = compartment.blobs().apart(pass.file.attachment_id).ok()?;
            Some(OnItsOwn::new(compartment.http().apart(), transaction_id, pass, blob))
        };
        passes.into_iter().filter_map(alone).collect()
    }
}

/// Has the city make an upload and give a pass for it, so that the file can go on when the person locks.
pub(crate) async fn prepare(
    compartment: &Compartment,
    transaction_id: TransactionId,
    file: &SubmittedAttachment,
) -> Result<(), Error> {
    if compartment.passes().holds(transaction_id, Timestamp::now()) {
        return Ok(());
    }
    let mut known = compartment.read(|tx, sealer| state::load(tx, sealer, transaction_id))?;
    let location = match &known.location {
        Some(location) => location.clone(),
        None => begin(compartment, transaction_id, &mut known, file, None).await?.0,
    };
    let key = BoundKey::new(Arc::new(OneKey::make()?), PersonId::generate());
    let request = UploadPassRequest { jkt: key.thumbprint()? };
    let mut url = location.clone();
    url.path_segments_mut().map_err(|()| Error::CityAnsweredNonsense)?.push("pass");
    let session = compartment.session();
    let reply =
        session.authorized(|http| Ok(http.request(Method::POST, url.clone())?.json(&request))).await?;
    let UploadPass { pass, expires_in } = reply.json()?;
    let good_for = SignedDuration::from_secs(i64::from(expires_in / RENEWED_AFTER));
    let renew_at = Timestamp::now().checked_add(good_for).map_err(|_| Error::CityAnsweredNonsense)?;
    let pass = Pass { location, file: file.clone(), pass: Zeroizing::new(pass), key, renew_at };
    compartment.passes().lock().insert(transaction_id, pass);
    Ok(())
}
