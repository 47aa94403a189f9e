//! One sender at a time.

use std::fs::File;
use std::path::Path;

use crate::Error;
use crate::error::disk;

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
        // A disk that is full or cannot be written is nothing to report as a defect: the person is told what to do.
        Ok(Err(error)) => Err(disk(error)),
        Err(_) => Err(Error::internal("the sender's lock cannot be taken")),
    }
}

#[cfg(test)]
mod tests {
    use super::take;
    use crate::Error;

    /// Found by `cargo xtask faults errors --from 21 --count 1`.
    #[tokio::test]
    async fn a_lock_that_cannot_be_opened_is_the_disks_trouble() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sender.lock")).unwrap();
        assert_eq!(take(folder.path()).await.err(), Some(Error::StoreFailed));
    }
}
