//! By what right a file is sent.

use citizen_api::AttachmentId;
use reqwest::RequestBuilder;

use super::on_its_own::OnItsOwn;
use crate::Error;
use crate::http::{Http, Reply};
use crate::people::Compartment;
use crate::store::BlobReader;

/// By what right a file is sent, and with what key it is read.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// In the name of a person who is signed in and unlocked.
    Session(&'a Compartment),
    /// With a pass for this one upload and a key for this one file.
    Pass(&'a OnItsOwn),
}

impl Way<'_> {
    /// Sends a request about the upload. It is built anew where it has to be sent a second time.
    pub(super) async fn send(
        self,
        build: impl Fn(&Http) -> Result<RequestBuilder, Error> + Sync,
    ) -> Result<Reply, Error> {
        match self {
            Self::Session(compartment) => compartment.session().authorized(build).await,
            Self::Pass(alone) => alone.send(build).await,
        }
    }

    /// Opens the file for reading from an offset on.
    pub(super) fn open_at(self, attachment_id: AttachmentId, offset: u64) -> Result<BlobReader, Error> {
        match self {
            Self::Session(compartment) => compartment.blobs().open_at(attachment_id, offset),
            Self::Pass(alone) => alone.open_at(offset),
        }
    }
}
