//! A file that goes on when everything else of its person is locked.

use citizen_api::TransactionId;
use reqwest::RequestBuilder;

use super::pass::Pass;
use super::run::send_all;
use super::transfer::ask;
use super::way::Way;
use crate::Error;
use crate::http::{Http, Reply};
use crate::store::{BlobReader, LoneBlob};

/// An upload with all that it needs: a pass, the key that the pass is bound to, and the key of this one file. None of it
/// opens anything else, here or at the city.
pub(crate) struct OnItsOwn {
    /// Connections of its own: what stands in the buffers of the others ends with the lock.
    http: Http,
    transaction_id: TransactionId,
    pass: Pass,
    blob: LoneBlob,
}

impl OnItsOwn {
    pub(super) fn new(http: Http, transaction_id: TransactionId, pass: Pass, blob: LoneBlob) -> Self {
        Self { http, transaction_id, pass, blob }
    }

    /// What it is sent under.
    pub(crate) fn transaction_id(&self) -> TransactionId {
        self.transaction_id
    }

    /// Sends the rest, until the city confirms the last byte.
    pub(crate) async fn finish(&self) -> Result<(), Error> {
        let (way, Pass { location, file, .. }) = (Way::Pass(self), &self.pass);
        let held = ask(way, location, file).await?;
        send_all(way, location, file, held, |_| ()).await
    }

    pub(super) async fn send(
        &self,
        build: impl Fn(&Http) -> Result<RequestBuilder, Error>,
    ) -> Result<Reply, Error> {
        self.http.send_as(&self.pass.credentials(), build).await
    }

    pub(super) fn open_at(&self, offset: u64) -> Result<BlobReader, Error> {
        self.blob.open_at(offset)
    }
}
