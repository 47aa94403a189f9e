//! What a process did to the files in a folder, in order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use nix::libc;

use crate::watch::{Call, Kind};

/// Something that a process did to its files, or promised.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A new, empty file has this name.
    Create(PathBuf),
    Write {
        path: PathBuf,
        offset: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: u64,
    },
    /// What was written to the file is on the disk.
    Sync(PathBuf),
    /// A sync that failed: what was written before may be lost though the process goes on.
    SyncFailed(PathBuf),
    /// The names in the folder are on the disk.
    SyncFolder(PathBuf),
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink(PathBuf),
    /// Something was promised: so many promises there are now.
    Promise(usize),
}

/// Writes down what a watched process does within a folder.
pub(crate) struct Recorder {
    root: PathBuf,
    known: BTreeSet<PathBuf>,
    promises: usize,
    pub(crate) events: Vec<Event>,
}

impl Recorder {
    /// A recorder of what happens in a folder that is as it stands.
    pub(crate) fn new(root: &Path) -> Self {
        let mut known = BTreeSet::new();
        files_in(root, &mut known);
        Self { root: root.to_owned(), known, promises: 0, events: Vec::new() }
    }

    /// Notes a call that has ended.
    pub(crate) fn note(&mut self, call: &Call) {
        let Some(kind) = call.kind() else { return };
        if kind == Kind::Sync && call.result < 0 {
            return self.failed_sync(call);
        }
        if call.result < 0 {
            return;
        }
        match kind {
            Kind::Write if call.argument(0) == 1 => {
                self.promises += 1;
                self.events.push(Event::Promise(self.promises));
            }
            Kind::Write => self.write(call),
            Kind::Sync => {
                let Some(path) = self.ours(call.file()) else { return };
                self.events.push(if path.is_dir() { Event::SyncFolder(path) } else { Event::Sync(path) });
            }
            Kind::Truncate => {
                let Some(path) = self.ours(call.file()) else { return };
                self.events.push(Event::Truncate { path, length: call.argument(1) });
            }
            Kind::Open => self.open(call),
            Kind::Rename => self.rename(call),
            Kind::Unlink => {
                let name = call.text(usize::from(call.number == libc::SYS_unlinkat));
                let Some(path) = self.ours(Some(name)) else { return };
                self.known.remove(&path);
                self.events.push(Event::Unlink(path));
            }
            Kind::Folder | Kind::Lock | Kind::Send | Kind::Map => {}
        }
    }

    fn failed_sync(&mut self, call: &Call) {
        let Some(path) = self.ours(call.file()) else { return };
        if !path.is_dir() {
            self.events.push(Event::SyncFailed(path));
        }
    }

    fn write(&mut self, call: &Call) {
        let Some(path) = self.ours(call.file()) else { return };
        let length = call.result as u64;
        let offset = match call.number {
            libc::SYS_pwrite64 => call.argument(3),
            libc::SYS_write => call.position() - length,
            other => panic!("a file is written by the call {other}, which is not followed"),
        };
        self.events.push(Event::Write { path, offset, bytes: call.bytes(1, length) });
    }

    fn open(&mut self, call: &Call) {
        if !call.changes() {
            return;
        }
        let Some(path) = self.ours(call.path_of(call.result as u64)) else { return };
        if path.is_dir() {
            return;
        }
        if self.known.insert(path.clone()) {
            self.events.push(Event::Create(path));
        } else if call.flags() & libc::O_TRUNC != 0 {
            self.events.push(Event::Truncate { path, length: 0 });
        }
    }

    fn rename(&mut self, call: &Call) {
        let (from, to) = match call.number {
            libc::SYS_rename => (call.text(0), call.text(1)),
            _ => (call.text(1), call.text(3)),
        };
        let (Some(from), Some(to)) = (self.ours(Some(from)), self.ours(Some(to))) else { return };
        self.known.remove(&from);
        self.known.insert(to.clone());
        self.events.push(Event::Rename { from, to });
    }

    /// A path in the folder; none where it is elsewhere, or a mere lock, or SQLite's index in shared memory, which no
    /// start after a power cut believes.
    fn ours(&self, path: Option<PathBuf>) -> Option<PathBuf> {
        let path = path?;
        let name = path.to_string_lossy();
        let inside = path.starts_with(&self.root);
        (inside && !name.ends_with("-shm") && !name.ends_with(".lock") && !name.ends_with(" (deleted)"))
            .then_some(path)
    }
}

/// Every file in a folder.
pub(crate) fn files_in(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_in(&path, files);
        } else {
            files.insert(path);
        }
    }
}
