//! One sender at a time.

use std::fs::File;
use std::path::Path;

use crate::Error;

/// The right to send for one person. It ends when it is dropped, and with the process that holds it, however that
/// ends: the lock is the operating system's.
pub(super) struct Lease {
    _file: File,
}

/// Waits until nobody else sends for this person, in this process or another.
pub(super) async fn take(folder: &Path) -> Result<Lease, Error> {
    let path = folder.join("sender.lock");
    let locked = tokio::task::spawn_blocking(move || {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    match locked.await {
        Ok(Ok(file)) => Ok(Lease { _file: file }),
        _ => Err(Error::internal("the sender's lock cannot be taken")),
    }
}
