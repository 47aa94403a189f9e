//! The files of uploads: one folder, one file an upload, named by its id.
//!
//! A file can be longer than what was acknowledged: a process that died wrote bytes that nobody was told of.
//! Such a tail is cut before the next byte is written.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_api::UploadId;
use citizen_form::file::{self, Fault, FileKind, PROBE};
use ring::digest::{Context, SHA256};
use tokio::fs;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// How many bytes are read at once when a file is digested.
const READ: usize = 64 * 1024;

/// The folder.
#[derive(Clone)]
pub(super) struct Folder(PathBuf);

/// A whole file, looked at.
pub(super) struct Digested {
    /// SHA-256, base64url without padding.
    pub(super) sha256: String,
    /// What is the matter with it as a file of its kind.
    pub(super) fault: Option<Fault>,
}

impl Folder {
    /// Opens the folder, making it where it is not there.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        // The folder above must name this one before anything in it is promised to anyone.
        if let Some(above) = path.parent() {
            std::fs::File::open(above)?.sync_all()?;
        }
        Ok(Self(path.to_owned()))
    }

    /// Where the file of an upload is.
    pub(super) fn path(&self, upload_id: UploadId) -> PathBuf {
        self.0.join(upload_id.to_string())
    }

    /// Makes an empty file, durably: the folder names it when this returns.
    pub(super) async fn create(&self, upload_id: UploadId) -> io::Result<()> {
        fs::File::create_new(self.path(upload_id)).await?.sync_all().await?;
        fs::File::open(&self.0).await?.sync_all().await
    }

    /// Opens a file to go on behind `received` bytes; whatever lies behind them is cut. None where the file
    /// is not there, or lacks bytes that it should have.
    pub(super) async fn go_on(&self, upload_id: UploadId, received: u64) -> io::Result<Option<Sink>> {
        let mut file = match fs::OpenOptions::new().write(true).open(self.path(upload_id)).await {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if file.metadata().await?.len() < received {
            return Ok(None);
        }
        file.set_len(received).await?;
        file.seek(io::SeekFrom::Start(received)).await?;
        Ok(Some(Sink { file, position: received }))
    }

    /// Reads a whole file once, as one of that kind.
    pub(super) async fn digest(&self, upload_id: UploadId, kind: FileKind) -> io::Result<Digested> {
        let path = self.path(upload_id);
        tokio::task::spawn_blocking(move || digest(&path, kind)).await.map_err(io::Error::other)?
    }

    /// Removes a file. One that is not there is removed.
    pub(super) async fn remove(&self, upload_id: UploadId) -> io::Result<()> {
        match fs::remove_file(self.path(upload_id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The uploads that have a file.
    pub(super) async fn list(&self) -> io::Result<Vec<UploadId>> {
        let mut entries = fs::read_dir(&self.0).await?;
        let mut uploads = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            uploads.extend(entry.file_name().to_str().and_then(|name| name.parse::<UploadId>().ok()));
        }
        Ok(uploads)
    }
}

/// A file that bytes are added to.
pub(super) struct Sink {
    file: fs::File,
    /// How many bytes the file has.
    pub(super) position: u64,
}

impl Sink {
    /// Adds bytes at the end. They are not durable before [`Sink::sync`].
    pub(super) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.position += bytes.len() as u64;
        Ok(())
    }

    /// Returns when every byte that was added is on the disk.
    pub(super) async fn sync(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_data().await
    }

    /// Gives up whatever lies behind `length` bytes.
    pub(super) async fn cut_back(&mut self, length: u64) -> io::Result<()> {
        self.file.flush().await?;
        self.file.set_len(length).await?;
        self.file.sync_data().await?;
        self.position = length;
        Ok(())
    }
}

fn digest(path: &Path, kind: FileKind) -> io::Result<Digested> {
    let file = Digesting { file: std::fs::File::open(path)?, context: Context::new(&SHA256) };
    let mut input = BufReader::with_capacity(READ, file);
    let fault = match judge(kind, &mut input) {
        Err(Fault::Io(error)) => return Err(error),
        judged => judged.err(),
    };
    // What is behind a fault counts as well: the digest is of the whole.
    io::copy(&mut input, &mut io::sink())?;
    Ok(Digested { sha256: URL_SAFE_NO_PAD.encode(input.into_inner().context.finish()), fault })
}

/// Judges a file as one of that kind: it is what a phone makes, and nothing else beside.
fn judge(kind: FileKind, input: &mut impl BufRead) -> Result<(), Fault> {
    let beginning = input.fill_buf()?;
    if FileKind::of(beginning) != Some(kind) {
        return Err(Fault::Damaged);
    }
    let page = file::is_page(beginning.get(..PROBE).unwrap_or(beginning));
    file::copy(kind, input, &mut io::sink())?;
    let more = !input.fill_buf()?.is_empty();
    if page || more { Err(Fault::TwoInOne) } else { Ok(()) }
}

/// A file that is digested as it is read.
struct Digesting {
    file: std::fs::File,
    context: Context,
}

impl Read for Digesting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.context.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::UploadId;

    use super::Folder;

    #[tokio::test]
    async fn a_tail_that_nobody_was_told_of_is_cut() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let upload_id = UploadId::generate();
        folder.create(upload_id).await.unwrap();
        let mut sink = folder.go_on(upload_id, 0).await.unwrap().unwrap();
        sink.append(b"acknowledged, not acknowledged").await.unwrap();
        sink.sync().await.unwrap();
        let mut sink = folder.go_on(upload_id, 12).await.unwrap().unwrap();
        sink.append(b"!").await.unwrap();
        sink.sync().await.unwrap();
        assert_eq!(std::fs::read(folder.path(upload_id)).unwrap(), b"acknowledged!");
        assert!(folder.go_on(upload_id, 14).await.unwrap().is_none());
        assert_eq!(folder.list().await.unwrap(), [upload_id]);
        folder.remove(upload_id).await.unwrap();
        folder.remove(upload_id).await.unwrap();
        assert!(folder.go_on(upload_id, 0).await.unwrap().is_none());
    }
}
