//! Files that are whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use crate::Error;
use crate::error::disk;

/// Makes a folder, durably, that only its owner may enter.
pub(crate) fn create_folder(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(disk)?;
    // A file in a folder whose own name a power cut has taken is lost with it.
    path.ancestors().skip(1).take_while(|above| above.is_dir()).take(3).try_for_each(sync_folder)
}

/// Writes a file as a whole: after a crash there is the old one or the new one, never a part.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("new");
    let mut file = new_file(&temporary)?;
    file.write_all(bytes).map_err(disk)?;
    file.sync_all().map_err(disk)?;
    rename(&temporary, path)
}

/// Opens a new file that only its owner may read, in the place of a leftover of that name.
pub(super) fn new_file(path: &Path) -> Result<File, Error> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(disk)
}

/// Gives a finished file its name, durably.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(disk)?;
    sync_folder(to.parent().ok_or(Error::StoreFailed)?)
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)
}
