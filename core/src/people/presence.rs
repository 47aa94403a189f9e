//! Whether somebody else has a compartment open.

use std::fs::File;
use std::path::Path;

use crate::Error;
use crate::error::disk;

/// A mark on a compartment, kept by the operating system: it ends with the process that made it, however that ends.
pub(super) struct Presence {
    file: File,
    /// Whether nobody else has the compartment open; then no sealed file can be waiting for its row.
    pub(super) alone: bool,
}

impl Presence {
    /// Makes the mark. Whoever is alone keeps others waiting until it is shared.
    pub(super) fn announce(folder: &Path) -> Result<Self, Error> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join("presence.lock"))
            .map_err(disk)?;
        let alone = file.try_lock().is_ok();
        if !alone {
            file.lock_shared().map_err(disk)?;
        }
        Ok(Self { file, alone })
    }

    /// Lets others in.
    pub(super) fn share(self) -> Result<Self, Error> {
        self.file.lock_shared().map_err(disk)?;
        Ok(self)
    }
}
