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

use citizen_api::AttachmentId;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::chunks::{Chunks, RootKey, SALT, TAG};
use super::durable::{new_file, rename};
use super::seal::hkdf;
use crate::Error;
use crate::error::disk;

const MAGIC: [u8; 4] = *b"CCB1";
const HEADER: u64 = (MAGIC.len() + SALT) as u64;
const CHUNK: usize = 64 * 1024;
const SEALED_CHUNK: u64 = (CHUNK + TAG) as u64;
/// The ending of a blob that is still being written.
const UNFINISHED: &str = "part";

/// The sealed files of an unlocked person.
#[derive(Clone)]
pub(crate) struct Blobs {
    folder: PathBuf,
    root: RootKey,
}

impl Blobs {
    /// The files in a folder, under a key derived from the compartment's.
    pub(crate) fn new(folder: PathBuf, data_key: &[u8; 32]) -> Result<Self, Error> {
        Ok(Self { folder, root: RootKey::new(hkdf(data_key, &[b"blobs"])?) })
    }

    /// Wipes the key. A file that is being read or written at this moment gets no further than its next chunk.
    pub(crate) fn lock(&self) {
        self.root.wipe();
    }

    /// Begins a blob.
    pub(crate) fn create(&self, attachment_id: AttachmentId) -> Result<BlobWriter, Error> {
        let mut salt = [0; SALT];
        SystemRandom::new().fill(&mut salt).map_err(|_| Error::internal("no random bytes"))?;
        let chunks = Chunks::new(&self.root, attachment_id, salt)?;
        let path = self.path(attachment_id);
        let mut file = BufWriter::with_capacity(CHUNK + TAG, new_file(&path.with_extension(UNFINISHED))?);
        file.write_all(&MAGIC).and_then(|()| file.write_all(&salt)).map_err(disk)?;
        Ok(BlobWriter { path, file: Some(file), chunks, pending: Zeroizing::new(Vec::new()), next: 0 })
    }

    /// Opens a blob at its beginning.
    pub(crate) fn open(&self, attachment_id: AttachmentId) -> Result<BlobReader, Error> {
        BlobReader::open(&self.path(attachment_id), |salt| Chunks::new(&self.root, attachment_id, salt))
    }

    /// A blob with its own key, which opens it when everything else is locked, and opens nothing but it.
    pub(crate) fn apart(&self, attachment_id: AttachmentId) -> Result<LoneBlob, Error> {
        Ok(LoneBlob { path: self.path(attachment_id), chunks: self.open(attachment_id)?.chunks.kept()? })
    }

    /// Removes a blob that no row names any more. One that cannot be removed now is found again by
    /// [`Self::remove_all_but`].
    pub(crate) fn remove(&self, attachment_id: AttachmentId) {
        if let Err(error) = fs::remove_file(self.path(attachment_id)) {
            tracing::debug!(kind = ?error.kind(), "a blob stays for the next start");
        }
    }

    /// Removes what a process that died has left: blobs without a row, and unfinished ones. Only for whoever alone
    /// has the compartment open: another could be about to write the row. Files of other names are not ours.
    pub(crate) fn remove_all_but(&self, named: &BTreeSet<AttachmentId>) -> Result<(), Error> {
        for entry in fs::read_dir(&self.folder).map_err(disk)? {
            let path = entry.map_err(disk)?.path();
            let name = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
            let finished = path.extension().is_none();
            let leftover = name.is_some_and(|name: AttachmentId| !finished || !named.contains(&name));
            if leftover {
                fs::remove_file(path).map_err(disk)?;
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
}

/// One blob, and the key to it alone.
pub(crate) struct LoneBlob {
    path: PathBuf,
    chunks: Chunks,
}

impl LoneBlob {
    /// Opens it for reading from `offset` plain bytes on.
    pub(crate) fn open_at(&self, offset: u64) -> Result<BlobReader, Error> {
        let mut reader = BlobReader::open(&self.path, |_| self.chunks.kept())?;
        reader.seek_to(offset);
        Ok(reader)
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
    fn open(path: &Path, chunks: impl FnOnce([u8; SALT]) -> Result<Chunks, Error>) -> Result<Self, Error> {
        let mut file = File::open(path).map_err(|_| Error::AttachmentGone)?;
        let mut header = [0; HEADER as usize];
        file.read_exact(&mut header).map_err(|_| Error::RecordAltered)?;
        let (magic, salt) = header.split_at(MAGIC.len());
        let salt = salt.try_into().map_err(|_| Error::RecordAltered)?;
        let body = file.metadata().map_err(disk)?.len().saturating_sub(HEADER);
        if magic != MAGIC || body < TAG as u64 || body % SEALED_CHUNK != 0 && body % SEALED_CHUNK < TAG as u64
        {
            return Err(Error::RecordAltered);
        }
        let chunks = chunks(salt)?;
        let last = (body - 1) / SEALED_CHUNK;
        let size = body - (last + 1) * TAG as u64;
        Ok(Self { file, chunks, last, size, position: 0, opened: None })
    }

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
    use crate::Error;

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
        let foreign = folder.path().join("notes.txt");
        std::fs::write(&foreign, "mine").unwrap();
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            4,
            "one that is dropped leaves nothing"
        );
        blobs.remove_all_but(&BTreeSet::from([named])).unwrap();
        assert!(read(&blobs, named, 0).is_ok());
        assert!(blobs.open(orphan).is_err());
        assert!(foreign.exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn after_locking_reading_and_writing_end_at_the_next_chunk() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = blobs(folder.path());
        let attachment_id = write(&blobs, &content(2 * CHUNK));
        let mut reader = blobs.open(attachment_id).unwrap();
        reader.read_exact(&mut [0; 10]).unwrap();
        let mut writer = blobs.create(AttachmentId::generate()).unwrap();
        writer.write_all(b"a").unwrap();
        blobs.clone().lock();
        reader.seek_to(CHUNK as u64);
        assert_eq!(reader.read(&mut [0; 10]).unwrap_err().kind(), std::io::ErrorKind::PermissionDenied);
        assert!(writer.finish().is_err());
        assert_eq!(blobs.open(attachment_id).err(), Some(Error::Locked));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_blob_with_its_own_key_stays_open_after_locking_and_no_other_does() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = blobs(folder.path());
        let (one, other) = (write(&blobs, &content(2 * CHUNK)), write(&blobs, &content(2 * CHUNK)));
        let apart = blobs.apart(one).unwrap();
        blobs.lock();
        assert_eq!(blobs.apart(other).err(), Some(Error::Locked));
        let mut rest = Vec::new();
        apart.open_at(7).unwrap().read_to_end(&mut rest).unwrap();
        assert!(rest == content(2 * CHUNK)[7..]);
        // Its key is that of no other file.
        std::fs::copy(folder.path().join(other.to_string()), folder.path().join(one.to_string())).unwrap();
        assert!(apart.open_at(0).unwrap().read(&mut [0; 10]).is_err());
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
