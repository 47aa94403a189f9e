//! A disk that keeps apart what is durable and what was only written, and what may be left of it when the power fails.
//!
//! What was written and not synced may survive or not, each sector by itself and in any order; one sector may be torn,
//! one garbled within what was written to it. The same holds for names until their folder is synced. What was synced
//! is there, and a write changes no byte outside itself: that is what SQLite takes for granted of a disk, too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::trace::{Event, files_in};
use crate::chance::Chance;

const SECTOR: u64 = 512;

/// A file whatever its name.
#[derive(Clone, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Change>,
    /// Grows with every change, so that a copy can be told from an older one.
    version: u64,
}

#[derive(Clone)]
enum Change {
    Write { offset: u64, bytes: Vec<u8> },
    Truncate(u64),
}

/// A change of a name that its folder does not durably have yet.
#[derive(Clone)]
enum Naming {
    Create(PathBuf, usize),
    Rename(PathBuf, PathBuf, usize),
    Unlink(PathBuf),
}

impl Naming {
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Create(path, _) | Self::Unlink(path) | Self::Rename(_, path, _) => path.parent(),
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Create(path, file) => drop(names.insert(path.clone(), *file)),
            Self::Unlink(path) => drop(names.remove(path)),
            Self::Rename(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
        }
    }
}

/// The disk under a folder.
pub(crate) struct Disk {
    files: Vec<File>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    naming: Vec<Naming>,
}

/// A file as it is after a crash. Two of the same mark have the same bytes.
pub(crate) struct Left {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
    pub(crate) mark: Option<(usize, u64)>,
}

/// How much of what was not synced survives.
#[derive(Clone, Copy)]
enum Survives {
    Nothing,
    Everything,
    Some { once_in: u64 },
}

impl Disk {
    /// The disk as a folder stands, all of it durable.
    pub(crate) fn of(root: &Path) -> Self {
        let mut paths = BTreeSet::new();
        files_in(root, &mut paths);
        let files: Vec<_> = paths
            .iter()
            .map(|path| File { durable: std::fs::read(path).unwrap(), ..File::default() })
            .collect();
        let names: BTreeMap<_, _> = paths.into_iter().zip(0..).collect();
        Self { files, durable_names: names.clone(), names, naming: Vec::new() }
    }

    /// Follows what a process did.
    pub(crate) fn follow(&mut self, event: &Event) {
        match event {
            Event::Create(path) => {
                let file = self.files.len();
                self.files.push(File::default());
                self.names.insert(path.clone(), file);
                self.naming.push(Naming::Create(path.clone(), file));
            }
            Event::Write { path, offset, bytes } => {
                self.change(path, Change::Write { offset: *offset, bytes: bytes.clone() });
            }
            Event::Truncate { path, length } => self.change(path, Change::Truncate(*length)),
            Event::Sync(path) => {
                let file = self.file(path);
                let pending = std::mem::take(&mut file.pending);
                pending.iter().for_each(|change| apply(&mut file.durable, change));
            }
            // The system takes its pages for clean, so that no later sync writes them: they may be on the disk or not.
            Event::SyncFailed(path) => self.forget_unsynced(path),
            Event::SyncFolder(folder) => {
                let (synced, rest) = std::mem::take(&mut self.naming)
                    .into_iter()
                    .partition(|naming| naming.folder() == Some(folder));
                self.naming = rest;
                let synced: Vec<Naming> = synced;
                synced.iter().for_each(|naming| naming.apply(&mut self.durable_names));
            }
            Event::Rename { from, to } => {
                let file = self.names.remove(from).unwrap();
                self.names.insert(to.clone(), file);
                self.naming.push(Naming::Rename(from.clone(), to.clone(), file));
            }
            Event::Unlink(path) => {
                self.names.remove(path);
                self.naming.push(Naming::Unlink(path.clone()));
            }
            Event::Promise(_) => {}
        }
    }

    fn file(&mut self, path: &Path) -> &mut File {
        let file = self.names.get(path).copied();
        &mut self.files[file.unwrap_or_else(|| panic!("{} was never made", path.display()))]
    }

    fn change(&mut self, path: &Path, change: Change) {
        let file = self.file(path);
        file.version += 1;
        file.pending.push(change);
    }

    fn forget_unsynced(&mut self, path: &Path) {
        let file = self.file(path);
        file.version += 1;
        file.pending.retain(|change| matches!(change, Change::Truncate(_)));
    }

    /// What is left of the files when the power fails now.
    pub(crate) fn crash(&self, chance: &mut Chance) -> Vec<Left> {
        let survives = match chance.below(8) {
            0 => Survives::Nothing,
            1 => Survives::Everything,
            _ => Survives::Some { once_in: 1 + chance.below(4) },
        };
        let mut names = self.durable_names.clone();
        let named = survivors(&self.naming, survives, chance);
        named.into_iter().for_each(|naming| naming.apply(&mut names));
        names.into_iter().map(|(path, file)| self.files[file].left(path, file, survives, chance)).collect()
    }
}

fn survivors<'a, T>(changes: &'a [T], survives: Survives, chance: &mut Chance) -> Vec<&'a T> {
    // In half of the cases what survives is what came first, as on a file system with a journal.
    let end = if chance.once_in(2) { chance.index(changes.len() + 1) } else { changes.len() };
    let kept = changes.iter().enumerate().filter(|(place, _)| match survives {
        Survives::Nothing => false,
        Survives::Everything => true,
        Survives::Some { once_in } => *place < end && chance.once_in(once_in),
    });
    kept.map(|(_, change)| change).collect()
}

impl File {
    fn left(&self, path: PathBuf, file: usize, survives: Survives, chance: &mut Chance) -> Left {
        let mark = self.pending.is_empty().then_some((file, self.version));
        let mut bytes = self.durable.clone();
        let sectors: Vec<Change> = self.pending.iter().flat_map(Change::sectors).collect();
        let mut kept: Vec<Change> = survivors(&sectors, survives, chance).into_iter().cloned().collect();
        if matches!(survives, Survives::Some { .. }) && !kept.is_empty() {
            let torn = chance.index(kept.len());
            if let Change::Write { bytes, .. } = &mut kept[torn] {
                bytes.truncate(chance.index(bytes.len()).max(1));
            }
            let garbled = chance.index(kept.len());
            if let Change::Write { bytes, .. } = &mut kept[garbled] {
                chance.fill(bytes);
            }
        }
        kept.iter().for_each(|change| apply(&mut bytes, change));
        Left { path, bytes, mark }
    }
}

impl Change {
    /// The change, sector by sector.
    fn sectors(&self) -> Vec<Self> {
        let Self::Write { offset, bytes } = self else { return vec![self.clone()] };
        let mut sectors = Vec::new();
        let (mut at, mut rest) = (*offset, bytes.as_slice());
        while !rest.is_empty() {
            let within = usize::try_from(SECTOR - at % SECTOR).unwrap().min(rest.len());
            let (sector, further) = rest.split_at(within);
            sectors.push(Self::Write { offset: at, bytes: sector.to_vec() });
            (at, rest) = (at + within as u64, further);
        }
        sectors
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Truncate(length) => bytes.resize(usize::try_from(*length).unwrap(), 0),
        Change::Write { offset, bytes: written } => {
            let begin = usize::try_from(*offset).unwrap();
            let end = begin + written.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[begin..end].copy_from_slice(written);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Disk;
    use crate::chance::Chance;
    use crate::power::trace::Event;

    /// Every content that the files may have after a crash, by many crashes.
    fn crashes(disk: &Disk) -> std::collections::BTreeSet<Vec<(PathBuf, Vec<u8>)>> {
        let mut chance = Chance::of(7);
        let crash = |_| disk.crash(&mut chance).into_iter().map(|left| (left.path, left.bytes)).collect();
        (0..500).map(crash).collect()
    }

    #[test]
    fn what_was_synced_is_there_and_what_was_not_may_be_gone_torn_or_garbled() {
        let folder = tempfile::tempdir().unwrap();
        let (file, other) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&file, "old").unwrap();
        let mut disk = Disk::of(folder.path());
        let write = Event::Write { path: file.clone(), offset: 3, bytes: b" new".to_vec() };
        disk.follow(&write);
        let left = crashes(&disk);
        assert!(left.len() > 10, "gone, whole, torn at each byte, garbled");
        assert!(left.iter().all(|files| files[0].1.starts_with(b"old")));
        disk.follow(&Event::Sync(file.clone()));
        assert_eq!(crashes(&disk), [vec![(file.clone(), b"old new".to_vec())]].into());
        disk.follow(&Event::Create(other.clone()));
        disk.follow(&Event::Sync(other.clone()));
        assert_eq!(crashes(&disk).len(), 2, "a name is durable with its folder only");
        disk.follow(&Event::SyncFolder(folder.path().to_owned()));
        assert_eq!(crashes(&disk).len(), 1);
        disk.follow(&Event::Rename { from: other, to: file.clone() });
        let either = crashes(&disk);
        assert_eq!(either.len(), 2);
        assert!(either.iter().all(|files| files.iter().any(|(path, _)| *path == file)), "a rename is whole");
    }

    #[test]
    fn a_sync_after_one_that_failed_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, "").unwrap();
        let mut disk = Disk::of(folder.path());
        disk.follow(&Event::Write { path: file.clone(), offset: 0, bytes: b"x".to_vec() });
        disk.follow(&Event::SyncFailed(file.clone()));
        disk.follow(&Event::Sync(file.clone()));
        assert_eq!(crashes(&disk), [vec![(file, Vec::new())]].into());
    }
}
