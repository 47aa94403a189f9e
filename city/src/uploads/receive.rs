//! Takes the bytes of one request into the file of an upload.
//!
//! Every so many bytes, and at the end, the file is synced and the row says how far it is: that is the offset
//! the city acknowledges. When the connection is cut, what had arrived is kept. When this process dies, what
//! the row says is there; the rest was never promised.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::{Buf, Bytes};
use citizen_api::UploadId;
use futures_util::StreamExt;
use tokio::time::Instant;

use super::blob::Sink;
use super::checksum::Checksum;
use super::record::{self, Upload};
use super::refused::Refused;
use super::seal::seal;
use super::writers::Writer;
use super::{Uploads, record::find};
use crate::clock::machine_now;

/// After how many bytes what has arrived is made durable. Small enough that a death of the city costs a phone
/// on a slow line little, large enough that a fast line hardly waits for the disk.
const CHECKPOINT: u64 = 2 * 1024 * 1024;

/// How long a request may say nothing before it counts as cut.
const SILENCE: Duration = Duration::from_secs(30);

/// How long a request that is to stop may say nothing.
const QUIET: Duration = Duration::from_millis(100);

/// How long a request that is to stop, and still brings bytes, is listened to.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// The bytes of one request.
pub(super) struct Incoming {
    pub(super) citizen_id: String,
    pub(super) upload_id: UploadId,
    /// Where they begin in the file.
    pub(super) begins: Begins,
    /// How many they are, where the request says so.
    pub(super) content_length: Option<u64>,
    pub(super) checksum: Option<Checksum>,
    pub(super) body: Body,
}

/// Where the bytes of a request begin in the file.
#[derive(Clone, Copy)]
pub(super) enum Begins {
    /// At its beginning. What is here already is passed over: a creation is repeated with all its bytes.
    AtStart,
    /// Here, which must be where the city is.
    At(u64),
}

/// How a request ended.
enum End {
    Whole,
    Cut,
    Stopped,
}

/// Takes the bytes; gives the upload as it then is.
pub(super) async fn receive(
    uploads: &Uploads,
    writer: &Writer,
    incoming: Incoming,
) -> Result<Upload, Refused> {
    let Incoming { citizen_id, upload_id, begins, content_length, checksum, body } = incoming;
    let upload = {
        let citizen_id = citizen_id.clone();
        let found = uploads.store.read(move |tx| find(tx, &citizen_id, upload_id, machine_now())).await?;
        found.ok_or(Refused::NotFound)?
    };
    let begin = match begins {
        Begins::AtStart => 0,
        Begins::At(offset) if offset == upload.received => offset,
        Begins::At(_) => return Err(Refused::Offset { held: upload.received }),
    };
    if content_length.is_some_and(|bytes| begin.saturating_add(bytes) > upload.length) {
        return Err(Refused::MoreThanDeclared);
    }
    if upload.complete {
        return Ok(upload);
    }
    let Some(sink) = uploads.folder.go_on(upload_id, upload.received).await? else {
        // The bytes that the row promises are not there: the phone must begin anew, and can.
        tracing::error!(%upload_id, "the file of an upload is missing or short");
        uploads.forget(&citizen_id, upload_id).await?;
        return Err(Refused::NotFound);
    };
    let skip = upload.received - begin;
    let durable = upload.received;
    let transfer = Transfer { uploads, citizen_id, upload, sink, durable, skip, checksum };
    transfer.run(body.into_data_stream(), writer).await
}

/// A request on its way into a file.
struct Transfer<'a> {
    uploads: &'a Uploads,
    citizen_id: String,
    /// As it was when the request began.
    upload: Upload,
    sink: Sink,
    /// What the row says.
    durable: u64,
    /// How many of the next bytes are here already.
    skip: u64,
    checksum: Option<Checksum>,
}

impl Transfer<'_> {
    async fn run(mut self, mut body: BodyDataStream, writer: &Writer) -> Result<Upload, Refused> {
        let end = match self.copy(&mut body, writer).await {
            Err(Refused::MoreThanDeclared) => return self.undo(Refused::MoreThanDeclared).await,
            end => end?,
        };
        let whole = matches!(end, End::Whole);
        if whole && self.checksum.take().is_some_and(|checksum| !checksum.matches()) {
            return self.undo(Refused::Checksum).await;
        }
        let received = self.sink.position;
        if received == self.upload.length {
            self.sink.sync().await?;
            seal(self.uploads, &self.citizen_id, &self.upload).await?;
            return Ok(Upload { received, complete: true, ..self.upload });
        }
        self.checkpoint().await?;
        match end {
            End::Whole => Ok(Upload { received, ..self.upload }),
            End::Cut => Err(Refused::Cut),
            End::Stopped => Err(Refused::Busy),
        }
    }

    async fn copy(&mut self, body: &mut BodyDataStream, writer: &Writer) -> Result<End, Refused> {
        loop {
            let next = tokio::select! {
                biased;
                () = writer.stopped() => return self.take_ready(body).await,
                () = self.uploads.shutdown.cancelled() => return self.take_ready(body).await,
                next = tokio::time::timeout(SILENCE, body.next()) => next,
            };
            match next {
                Ok(Some(Ok(bytes))) => self.take(bytes).await?,
                Ok(None) => return Ok(End::Whole),
                Ok(Some(Err(_))) | Err(_) => return Ok(End::Cut),
            }
        }
    }

    /// Takes what has arrived, and hardly waits for more. What a broken connection has brought is here already or never
    /// comes; a byte that is left behind would be sent a second time.
    async fn take_ready(&mut self, body: &mut BodyDataStream) -> Result<End, Refused> {
        let last = Instant::now() + LAST_BYTES;
        while let Ok(Some(Ok(bytes))) = tokio::time::timeout(QUIET, body.next()).await {
            self.take(bytes).await?;
            if Instant::now() >= last {
                break;
            }
        }
        Ok(End::Stopped)
    }

    async fn take(&mut self, mut bytes: Bytes) -> Result<(), Refused> {
        if let Some(checksum) = &mut self.checksum {
            checksum.update(&bytes);
        }
        let here = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
        bytes.advance(here);
        self.skip -= here as u64;
        if self.sink.position + bytes.len() as u64 > self.upload.length {
            return Err(Refused::MoreThanDeclared);
        }
        self.sink.append(&bytes).await?;
        // The last bytes are acknowledged only once the whole file has been looked at.
        if self.sink.position - self.durable >= CHECKPOINT && self.sink.position < self.upload.length {
            self.checkpoint().await?;
        }
        Ok(())
    }

    /// Makes what has arrived durable, then says so.
    async fn checkpoint(&mut self) -> Result<(), Refused> {
        if self.sink.position > self.durable {
            self.sink.sync().await?;
            self.write_down(self.sink.position).await?;
        }
        Ok(())
    }

    async fn write_down(&mut self, received: u64) -> Result<(), Refused> {
        let (citizen_id, upload_id) = (self.citizen_id.clone(), self.upload.upload_id);
        let set =
            move |tx: &mut dyn crate::store::Tx| record::set_received(tx, &citizen_id, upload_id, received);
        self.uploads.store.write(set).await?;
        self.durable = received;
        Ok(())
    }

    /// Keeps nothing of this request.
    async fn undo(mut self, why: Refused) -> Result<Upload, Refused> {
        let before = self.upload.received;
        if self.durable > before {
            self.write_down(before).await?;
        }
        self.sink.cut_back(before).await?;
        Err(why)
    }
}
