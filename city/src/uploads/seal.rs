//! The last look at a file whose last byte has arrived: is it what it was said to be?

use super::Uploads;
use super::record::{self, Upload};
use super::refused::Refused;
use super::sniff::MediaType;

/// Declares the upload complete, or forgets it: a file that is not what it was said to be is of no use to
/// anyone, and under the same key the phone can send the right one.
pub(super) async fn seal(uploads: &Uploads, citizen_id: &str, upload: &Upload) -> Result<(), Refused> {
    let digested = uploads.folder.digest(upload.upload_id).await?;
    let found = MediaType::sniff(&digested.beginning).map(MediaType::name);
    let fault = if digested.sha256 != upload.sha256 {
        Some(Refused::Checksum)
    } else if found != Some(upload.media_type.as_str()) {
        Some(Refused::NotWhatItSays)
    } else {
        None
    };
    match fault {
        Some(fault) => {
            uploads.forget(citizen_id, upload.upload_id).await?;
            Err(fault)
        }
        None => {
            let (citizen_id, upload_id) = (citizen_id.to_owned(), upload.upload_id);
            uploads.store.write(move |tx| record::set_complete(tx, &citizen_id, upload_id)).await?;
            Ok(())
        }
    }
}
