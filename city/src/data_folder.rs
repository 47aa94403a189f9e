//! The folder that a city keeps everything in.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The places in a data folder.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

/// Where a running city can be reached, as its data folder tells (`city.json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The city's address.
    pub url: String,
}

/// The right to serve a data folder, held until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

/// A data folder that cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum DataFolderError {
    /// Another process serves it.
    #[error("{path} is served by another process")]
    AlreadyServed {
        /// The folder.
        path: PathBuf,
    },
    /// It cannot be made, read or written.
    #[error("{path}: {reason}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
}

impl DataFolder {
    /// Names the folder.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("city.db")
    }

    /// The folder of the keys.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// The folder of what citizens uploaded.
    pub fn uploads(&self) -> PathBuf {
        self.0.join("uploads")
    }

    /// The officers' token.
    pub fn officer_token(&self) -> PathBuf {
        self.0.join("officer.token")
    }

    fn presence(&self) -> PathBuf {
        self.0.join("city.json")
    }

    /// Makes the folder, its owner's alone, and takes the right to serve it.
    pub fn lock(&self) -> Result<Lock, DataFolderError> {
        let io = |reason| self.io(&self.0, reason);
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(io)?;
        let path = self.0.join("city.lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(&path).map_err(|reason| self.io(&path, reason))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(DataFolderError::AlreadyServed { path: self.0.clone() }),
            Err(TryLockError::Error(reason)) => Err(self.io(&path, reason)),
        }
    }

    /// Tells other processes where the city can be reached.
    pub fn announce(&self, presence: &Presence) -> Result<(), DataFolderError> {
        let path = self.presence();
        let io = |reason| self.io(&path, reason);
        let text = serde_json::to_vec(presence).map_err(|reason| io(reason.into()))?;
        let unfinished = path.with_extension("unfinished");
        std::fs::write(&unfinished, text).map_err(io)?;
        std::fs::rename(&unfinished, &path).map_err(io)
    }

    /// Where the city of this folder can be reached, if it was ever served.
    pub fn read_presence(&self) -> Result<Option<Presence>, DataFolderError> {
        let path = self.presence();
        match std::fs::read(&path) {
            Ok(text) => {
                serde_json::from_slice(&text).map(Some).map_err(|reason| self.io(&path, reason.into()))
            }
            Err(reason) if reason.kind() == ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(self.io(&path, reason)),
        }
    }

    fn io(&self, path: &Path, reason: std::io::Error) -> DataFolderError {
        DataFolderError::Io { path: path.to_owned(), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::{DataFolder, DataFolderError, Presence};

    #[test]
    fn a_folder_is_served_by_one_process_at_a_time() {
        let parent = tempfile::tempdir().unwrap();
        let folder = DataFolder::new(parent.path().join("made/on/the/way"));
        let lock = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(DataFolderError::AlreadyServed { .. })));
        drop(lock);
        assert!(folder.lock().is_ok());
    }

    #[test]
    fn a_presence_is_read_as_it_was_announced() {
        let parent = tempfile::tempdir().unwrap();
        let folder = DataFolder::new(parent.path());
        assert_eq!(folder.read_presence().unwrap(), None);
        let presence = Presence { url: "http://127.0.0.1:1".into() };
        folder.announce(&presence).unwrap();
        assert_eq!(folder.read_presence().unwrap(), Some(presence));
    }
}
