//! The last look at a file whose last byte has arrived: is it what it was said to be?

use citizen_form::file::{Fault, FileKind};

use super::Uploads;
use super::record::{self, Upload};
use super::refused::Refused;

/// Declares the upload complete, or forgets it: a file that is not what it was said to be is of no use to
/// anyone, and under the same key the phone can send the right one.
pub(super) async fn seal(uploads: &Uploads, citizen_id: &str, upload: &Upload) -> Result<(), Refused> {
    let kind = FileKind::named(&upload.media_type).ok_or(Refused::MediaType)?;
    let digested = uploads.folder.digest(upload.upload_id, kind).await?;
    let fault =
        if digested.sha256 == upload.sha256 { digested.fault.map(refused) } else { Some(Refused::Checksum) };
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

/// What a fault of the file is answered with.
fn refused(fault: Fault) -> Refused {
    match fault {
        Fault::Damaged | Fault::TwoInOne => Refused::NotWhatItSays,
        Fault::TooManyPoints | Fault::Encrypted | Fault::Bomb => Refused::Unopenable,
        Fault::Io(error) => error.into(),
    }
}
