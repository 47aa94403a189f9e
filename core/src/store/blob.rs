//! Sealed files: a citizen's photographs, in chunks that can be opened one by one.
//!
//! A blob is `magic (4) ‖ salt (16)` and then chunks of 64 KiB, each sealed with AES-256-GCM under a key of the file's
//! own. A chunk's nonce is its number and whether it is the last (the STREAM construction), so chunks cannot be
//! exchanged, left out, added or cut. Memory is one chunk, whatever the file's size, and reading can begin anywhere.
//!
//! A blob is whole before the row that names it: it is written under a temporary name, synced, renamed, and its
//! folder synced. One that no row names is left over from a process that died, and is removed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use citizen_api::AttachmentId;
use ring::aead::{Aad, NONCE_LEN, Nonce};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::durable::{new_file, rename};
use super::seal::{aead_key, hkdf};
use crate::Error;
use crate::error::disk;

const MAGIC: [u8; 4] = *b"CCB1";
const SALT: usize = 16;
const HEADER: u64 = (MAGIC.len() + SALT) as u64;
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const SEALED_CHUNK: u64 = (CHUNK + TAG) as u64;
/// The ending of a blob that is still being written.
const UNFINISHED: &str = "part";
/// How old a file without a row must be before it counts as left over.
const LEFTOVER_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// The sealed files of an unlocked person.
#[derive(Clone)]
pub(crate) struct Blobs {
    folder: PathBuf,
    /// None once locked, in every clone.
    key: Arc<Mutex<Option<Zeroizing<[u8; 32]>>>>,
}

impl Blobs {
    /// The files in a folder, under a key derived from the compartment's.
    pub(crate) fn new(folder: PathBuf, data_key: &[u8; 32]) -> Result<Self, Error> {
        Ok(Self { folder, key: Arc::new(Mutex::new(Some(hkdf(data_key, &[b"blobs"])?))) })
    }

    /// Wipes the key. A file that is being read at this moment keeps its own until it is closed.
    pub(crate) fn lock(&self) {
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Begins a blob.
    pub(crate) fn create(&self, attachment_id: AttachmentId) -> Result<BlobWriter, Error> {
        let mut salt = [0; SALT];
        SystemRandom::new().fill(&mut salt).map_err(|_| Error::internal("no random bytes"))?;
        let path = self.path(attachment_id);
        let mut file = BufWriter::with_capacity(CHUNK + TAG, new_file(&path.with_extension(UNFINISHED))?);
        file.write_all(&MAGIC).and_then(|()| file.write_all(&salt)).map_err(disk)?;
        let chunks = Chunks { key: self.file_key(attachment_id, &salt)? };
        Ok(BlobWriter { path, file: Some(file), chunks, pending: Zeroizing::new(Vec::new()), next: 0 })
    }

    /// Opens a blob at its beginning.
    pub(crate) fn open(&self, attachment_id: AttachmentId) -> Result<BlobReader, Error> {
        let mut file = File::open(self.path(attachment_id)).map_err(|_| Error::AttachmentGone)?;
        let mut header = [0; HEADER as usize];
        file.read_exact(&mut header).map_err(|_| Error::RecordAltered)?;
        let (magic, salt) = header.split_at(MAGIC.len());
        let body = file.metadata().map_err(disk)?.len().saturating_sub(HEADER);
        if magic != MAGIC || body < TAG as u64 || body % SEALED_CHUNK != 0 && body % SEALED_CHUNK < TAG as u64
        {
            return Err(Error::RecordAltered);
        }
        let chunks = Chunks { key: self.file_key(attachment_id, salt)? };
        let last = (body - 1) / SEALED_CHUNK;
        let size = body - (last + 1) * TAG as u64;
        Ok(BlobReader { file, chunks, last, size, position: 0, opened: None })
    }

    /// Removes a blob that no row names any more. One that cannot be removed now is found again by
    /// [`Self::remove_all_but`].
    pub(crate) fn remove(&self, attachment_id: AttachmentId) {
        if let Err(error) = fs::remove_file(self.path(attachment_id)) {
            tracing::debug!(kind = ?error.kind(), "a blob stays for the next start");
        }
    }

    /// Removes what a process that died has left: blobs without a row, and unfinished ones. A young one may belong
    /// to another process that is about to write its row, and is left alone.
    pub(crate) fn remove_all_but(&self, named: &BTreeSet<AttachmentId>) -> Result<(), Error> {
        for entry in fs::read_dir(&self.folder).map_err(disk)? {
            let entry = entry.map_err(disk)?;
            let name = entry.file_name().to_str().and_then(|name| name.parse().ok());
            let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|time| time.elapsed());
            let old = matches!(age, Ok(Ok(age)) if age >= LEFTOVER_AGE);
            if old && name.is_none_or(|name: AttachmentId| !named.contains(&name)) {
                fs::remove_file(entry.path()).map_err(disk)?;
            }
        }
        Ok(())
    }

    /// Opens a blob for reading from `offset` plain bytes on.
    pub(crate) fn open_at(&self, attachment_id: AttachmentId, offset: u64) -> Result<BlobReader, Error> {
        let mut reader = self.open(attachment_id)?;
        reader.seek_to(offset);
        Ok(reader)
    }

    fn path(&self, attachment_id: AttachmentId) -> PathBuf {
        self.folder.join(attachment_id.to_string())
    }

    fn file_key(&self, attachment_id: AttachmentId, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
        let key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        hkdf(key.as_ref().ok_or(Error::Locked)?.as_ref(), &[attachment_id.0.as_bytes(), salt])
    }
}

/// Seals and opens single chunks.
struct Chunks {
    key: Zeroizing<[u8; 32]>,
}

impl Chunks {
    fn nonce(number: u64, last: bool) -> Nonce {
        let mut nonce = [0; NONCE_LEN];
        let parts = number.to_be_bytes().into_iter().chain([u8::from(last)]);
        nonce.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        Nonce::assume_unique_for_key(nonce)
    }

    fn seal(&self, number: u64, last: bool, chunk: &mut Vec<u8>) -> io::Result<()> {
        let key = aead_key(&self.key).map_err(io::Error::other)?;
        key.seal_in_place_append_tag(Self::nonce(number, last), Aad::empty(), chunk)
            .map_err(|_| io::Error::other("a chunk cannot be sealed"))
    }

    fn open(&self, number: u64, last: bool, chunk: &mut Zeroizing<Vec<u8>>) -> io::Result<()> {
        let altered = || io::Error::new(io::ErrorKind::InvalidData, Error::RecordAltered);
        let key = aead_key(&self.key).map_err(io::Error::other)?;
        let length =
            key.open_in_place(Self::nonce(number, last), Aad::empty(), chunk).map_err(|_| altered())?.len();
        chunk.truncate(length);
        Ok(())
    }
}

/// A blob that is being written. Dropped before [`Self::finish`], it leaves nothing.
pub(crate) struct BlobWriter {
    path: PathBuf,
    file: Option<BufWriter<File>>,
    chunks: Chunks,
    pending: Zeroizing<Vec<u8>>,
    next: u64,
}

impl BlobWriter {
    /// Makes the blob durable and gives it its name.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.write_chunk(true).map_err(disk)?;
        let file = self.file.take().ok_or(Error::StoreFailed)?;
        let file = file.into_inner().map_err(|error| disk(error.into_error()))?;
        file.sync_all().map_err(disk)?;
        rename(&self.path.with_extension(UNFINISHED), &self.path)
    }

    fn write_chunk(&mut self, last: bool) -> io::Result<()> {
        let mut chunk = std::mem::take(&mut *self.pending);
        self.chunks.seal(self.next, last, &mut chunk)?;
        self.next += 1;
        let Some(file) = &mut self.file else { return Err(io::Error::other("the blob is finished")) };
        file.write_all(&chunk)
    }
}

impl Write for BlobWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until it is known not to be the last.
        if self.pending.len() == CHUNK && !bytes.is_empty() {
            self.write_chunk(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.pending.len());
        self.pending.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            remove_leftover(&self.path.with_extension(UNFINISHED));
        }
    }
}

fn remove_leftover(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::debug!(kind = ?error.kind(), "an unfinished blob stays for the next start");
    }
}

/// A file of the citizen, opened. Reading gives its plain bytes; what was altered ends in an error of the kind
/// `InvalidData`, never in other bytes.
pub struct BlobReader {
    file: File,
    chunks: Chunks,
    last: u64,
    size: u64,
    position: u64,
    opened: Option<(u64, Zeroizing<Vec<u8>>)>,
}

impl BlobReader {
    /// The size of the plain bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Goes on reading at `offset` plain bytes from the beginning.
    pub fn seek_to(&mut self, offset: u64) {
        self.position = offset;
    }

    fn open_chunk(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.opened.as_ref().is_none_or(|(opened, _)| *opened != number) {
            self.file.seek(SeekFrom::Start(HEADER + number * SEALED_CHUNK))?;
            let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
            (&self.file).take(SEALED_CHUNK).read_to_end(&mut chunk)?;
            self.chunks.open(number, number == self.last, &mut chunk)?;
            self.opened = Some((number, chunk));
        }
        Ok(self.opened.as_ref().map_or(&[], |(_, chunk)| chunk.as_slice()))
    }
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.size {
            // The last chunk is opened even where nothing of it is asked for, so that a blob that was cut at a
            // chunk's end is noticed.
            self.open_chunk(self.last)?;
            return Ok(0);
        }
        let (number, within) = (self.position / CHUNK as u64, self.position % CHUNK as u64);
        let chunk = self.open_chunk(number)?;
        let rest = usize::try_from(within).ok().and_then(|within| chunk.get(within..)).unwrap_or_default();
        let taken = rest.len().min(buffer.len());
        buffer.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.position += taken as u64;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{Read, Write};
    use std::path::Path;

    use citizen_api::AttachmentId;
    use proptest::prelude::*;

    use super::{Blobs, CHUNK};

    fn blobs(folder: &Path) -> Blobs {
        Blobs::new(folder.to_owned(), &[3; 32]).unwrap()
    }

    fn content(size: usize) -> Vec<u8> {
        (0..size).map(|n| (n * 31 % 251) as u8).collect()
    }

    fn write(blobs: &Blobs, content: &[u8]) -> AttachmentId {
        let attachment_id = AttachmentId::generate();
        let mut writer = blobs.create(attachment_id).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap();
        attachment_id
    }

    fn read(blobs: &Blobs, attachment_id: AttachmentId, offset: u64) -> std::io::Result<Vec<u8>> {
        let mut reader = blobs.open(attachment_id).map_err(std::io::Error::other)?;
        reader.seek_to(offset);
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn a_file_comes_back_at_every_size_around_a_chunk() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = blobs(folder.path());
        for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let content = content(size);
            let attachment_id = write(&blobs, &content);
            assert_eq!(blobs.open(attachment_id).unwrap().size(), size as u64);
            assert!(read(&blobs, attachment_id, 0).unwrap() == content, "{size}");
        }
    }

    #[test]
    fn what_was_cut_extended_swapped_or_changed_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = blobs(folder.path());
        let (one, other) = (write(&blobs, &content(3 * CHUNK)), write(&blobs, &content(3 * CHUNK)));
        let path = folder.path().join(one.to_string());
        let sealed = std::fs::read(&path).unwrap();
        let second = 20 + CHUNK + 16;
        let mut exchanged = sealed.clone();
        exchanged[20..second].copy_from_slice(&sealed[second..second + CHUNK + 16]);
        let mut flipped = sealed.clone();
        flipped[second + 5] ^= 1;
        let foreign = std::fs::read(folder.path().join(other.to_string())).unwrap();
        let longer = [sealed.as_slice(), &[0; 40]].concat();
        for (what, bytes) in [
            ("cut at a chunk", &sealed[..second]),
            ("cut within one", &sealed[..second + 100]),
            ("cut to its header", &sealed[..20]),
            ("empty", &[]),
            ("extended", longer.as_slice()),
            ("chunks exchanged", exchanged.as_slice()),
            ("a bit flipped", flipped.as_slice()),
            ("another file's bytes", foreign.as_slice()),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert!(read(&blobs, one, 0).is_err(), "{what}");
        }
        std::fs::write(&path, &sealed[..second]).unwrap();
        assert!(read(&blobs, one, CHUNK as u64).is_err(), "cut at a chunk, asked from there on");
    }

    #[test]
    fn what_was_never_finished_or_has_no_row_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = blobs(folder.path());
        let (named, orphan) = (write(&blobs, b"a"), write(&blobs, b"b"));
        std::mem::forget(blobs.create(AttachmentId::generate()).unwrap());
        drop(blobs.create(AttachmentId::generate()).unwrap());
        blobs.remove_all_but(&BTreeSet::from([named])).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "young ones are left alone");
        let yesterday = std::time::SystemTime::now() - super::LEFTOVER_AGE;
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            std::fs::File::options()
                .write(true)
                .open(entry.unwrap().path())
                .unwrap()
                .set_modified(yesterday)
                .unwrap();
        }
        blobs.remove_all_but(&BTreeSet::from([named])).unwrap();
        assert!(read(&blobs, named, 0).is_ok());
        assert!(blobs.open(orphan).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn reading_begins_anywhere(size in 0..3 * CHUNK, from in 0..3 * CHUNK) {
            let folder = tempfile::tempdir().unwrap();
            let blobs = blobs(folder.path());
            let content = content(size);
            let attachment_id = write(&blobs, &content);
            let expected = content.get(from..).unwrap_or_default();
            prop_assert!(read(&blobs, attachment_id, from as u64).unwrap() == expected);
        }
    }
}
