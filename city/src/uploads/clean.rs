//! Clears away what is nobody's: uploads whose time is over, and files that no row names.

use std::time::Duration;

use super::Uploads;
use super::record;
use super::refused::Refused;
use crate::clock::machine_now;

/// How often it is looked for.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Cleans at once and then every hour, until the city shuts down.
pub(super) async fn keep_clean(uploads: Uploads) {
    let mut hours = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = uploads.shutdown.cancelled() => return,
            _ = hours.tick() => {}
        }
        if let Err(error) = clean(&uploads, machine_now()).await {
            tracing::error!(%error, "uploads could not be cleared away");
        }
    }
}

/// Removes every unfinished upload that is over at this moment, and every file that no row names: of those,
/// and of creations that a death of the city cut short.
pub(super) async fn clean(uploads: &Uploads, now: i64) -> Result<(), Refused> {
    uploads.store.write(move |tx| record::forget_all_expired(tx, now)).await?;
    for upload_id in uploads.folder.list().await? {
        // A creation under way holds its upload before the row is there.
        let Some(_writer) = uploads.writers.acquire_idle(upload_id) else { continue };
        if !uploads.store.read(move |tx| record::is_named(tx, upload_id)).await? {
            uploads.folder.remove(upload_id).await?;
        }
    }
    Ok(())
}
