//! At most one request at a time writes to an upload.
//!
//! A phone that changes from Wi-Fi to mobile data leaves a connection behind that the city still believes in.
//! So a newcomer does not wait for it to time out: the request that holds the upload is asked to stop, stores
//! what it has, and lets go.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use citizen_api::UploadId;
use tokio_util::sync::CancellationToken;

/// How long a newcomer waits for the holder to let go.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who writes to which upload.
#[derive(Clone, Default)]
pub(super) struct Writers(Arc<Mutex<HashMap<UploadId, Holder>>>);

#[derive(Clone, Default)]
struct Holder {
    stop: CancellationToken,
    released: CancellationToken,
}

/// The right to write to one upload, for as long as it lives.
pub(super) struct Writer {
    writers: Writers,
    upload_id: UploadId,
    holder: Holder,
}

impl Writers {
    /// Takes the upload over; none where the holder does not let go in time.
    pub(super) async fn acquire(&self, upload_id: UploadId) -> Option<Writer> {
        tokio::time::timeout(PATIENCE, async {
            loop {
                match self.claim(upload_id) {
                    Ok(writer) => return writer,
                    Err(other) => {
                        other.stop.cancel();
                        other.released.cancelled().await;
                    }
                }
            }
        })
        .await
        .ok()
    }

    /// Takes the upload where nobody holds it.
    pub(super) fn acquire_idle(&self, upload_id: UploadId) -> Option<Writer> {
        self.claim(upload_id).ok()
    }

    /// Takes the upload where nobody holds it, or says who does.
    fn claim(&self, upload_id: UploadId) -> Result<Writer, Holder> {
        let mut holders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match holders.get(&upload_id) {
            Some(other) => Err(other.clone()),
            None => {
                let holder = Holder::default();
                holders.insert(upload_id, holder.clone());
                Ok(Writer { writers: self.clone(), upload_id, holder })
            }
        }
    }
}

impl Writer {
    /// Returns when another request wants the upload.
    pub(super) async fn stopped(&self) {
        self.holder.stop.cancelled().await;
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.writers.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.upload_id);
        self.holder.released.cancel();
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::UploadId;

    use super::Writers;

    #[tokio::test]
    async fn a_newcomer_stops_the_holder_and_follows_it() {
        let (writers, upload_id) = (Writers::default(), UploadId::generate());
        let first = writers.acquire(upload_id).await.unwrap();
        let newcomer = tokio::spawn({
            let writers = writers.clone();
            async move { writers.acquire(upload_id).await.is_some() }
        });
        first.stopped().await;
        assert!(!newcomer.is_finished());
        drop(first);
        assert!(newcomer.await.unwrap());
        assert!(writers.0.lock().unwrap().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_holder_that_does_not_let_go_keeps_the_upload() {
        let (writers, upload_id) = (Writers::default(), UploadId::generate());
        let _holder = writers.acquire(upload_id).await.unwrap();
        assert!(writers.acquire(upload_id).await.is_none());
        assert!(writers.acquire(UploadId::generate()).await.is_some());
    }
}
