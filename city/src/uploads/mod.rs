//! Uploads: tus 1.0 with creation, creation-with-upload, checksum, expiration and termination.
//!
//! What the city acknowledges is on its disk. When a connection is cut, what had arrived is kept; when this
//! process dies, what was acknowledged is. A creation can be repeated: the same key, or the same attachment,
//! gives the same upload. A file is of use only once it is whole, has the digest that was declared for it, and
//! is what its type says.

mod blob;
mod checksum;
mod clean;
mod create;
mod delete;
mod head;
mod headers;
mod linger;
mod metadata;
mod method;
mod offer;
mod pass;
mod patch;
mod receive;
mod record;
mod refused;
mod reply;
mod seal;
mod writers;

use std::io;
use std::path::Path;

use citizen_api::UploadId;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;
use crate::store::Store;
use blob::Folder;
pub(crate) use method::{take_named, written};
use refused::Refused;
use writers::Writers;

/// The routes of uploads. They have limits of their own: a body is as long as the file that was declared, and
/// may take as long as the line is slow.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(create::create_upload, offer::offer_uploads))
        .routes(routes!(head::head_upload, patch::patch_upload, delete::delete_upload,))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(axum::middleware::map_request(linger::linger))
        .layer(axum::middleware::map_response(reply::mark))
}

/// The routes of uploads whose requests are small and answered at once.
pub(crate) fn small_routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(pass::give_pass))
}

/// How much is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The largest file.
    file_bytes: u64,
    /// The most that one person keeps here.
    person_bytes: u64,
    /// How long an unfinished upload is kept.
    unfinished_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 * 1024 * 1024,
            person_bytes: 500 * 1024 * 1024,
            unfinished_seconds: 7 * 24 * 60 * 60,
        }
    }
}

/// The city's uploads. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Uploads {
    store: Store,
    folder: Folder,
    writers: Writers,
    limits: Limits,
    shutdown: CancellationToken,
    tasks: TaskTracker,
}

impl Uploads {
    /// Opens the folder of uploads and begins to clear away what has expired, until `shutdown`.
    pub(crate) fn open(
        store: Store,
        folder: &Path,
        limits: Limits,
        shutdown: CancellationToken,
    ) -> io::Result<Self> {
        let uploads = Self {
            store,
            folder: Folder::open(folder)?,
            writers: Writers::default(),
            limits,
            shutdown,
            tasks: TaskTracker::new(),
        };
        uploads.tasks.spawn(clean::keep_clean(uploads.clone()));
        Ok(uploads)
    }

    /// Returns when what was under way at the shutdown is on the disk.
    pub(crate) async fn finished(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Runs work to its end even where the connection that asked for it is gone: what had arrived by then is
    /// stored by it.
    async fn run_to_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Refused>> + Send + 'static,
    ) -> Result<T, Refused> {
        match self.tasks.spawn(work).await {
            Ok(result) => result,
            Err(error) => Err(Refused::Io(io::Error::other(error))),
        }
    }

    /// Removes an upload that belongs to no case, its row first: a file without a row is nobody's.
    async fn forget(&self, citizen_id: &str, upload_id: UploadId) -> Result<(), Refused> {
        let citizen_id = citizen_id.to_owned();
        self.store.write(move |tx| record::forget(tx, &citizen_id, upload_id)).await?;
        Ok(self.folder.remove(upload_id).await?)
    }
}
