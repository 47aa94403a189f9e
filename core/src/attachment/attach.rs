//! Attaching a file.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use citizen_api::evidence::Provided;
use citizen_api::{AttachmentId, RequirementId};
use citizen_form::file;
use ring::digest::{Context, SHA256};

use super::cancel::Cancellable;
use super::fault::{kind, refused, unreadable};
use super::{AttachmentView, Attachments, Cancel, records};
use crate::Error;
use crate::draft::{self, Draft, DraftId};
use crate::form::build;

/// How many of a file's first bytes are looked at.
const HEAD: usize = 8 * 1024;

impl Attachments {
    /// Copies a file into a draft, for one of its requirements. What it is is judged by its bytes; where and when a
    /// picture was taken stays behind. A file that is refused leaves nothing.
    pub fn attach(
        &self,
        draft_id: DraftId,
        requirement_id: &RequirementId,
        path: &Path,
    ) -> Result<AttachmentView, Error> {
        self.attach_unless(draft_id, requirement_id, path, &Cancel::default())
    }

    /// The same, unless the person gives it up meanwhile ([`Error::Cancelled`]); then nothing of the file stays.
    ///
    /// The file is read once, from where it is, and sealed piece by piece as it is read: there is no copy in the
    /// clear that a link could spare.
    pub fn attach_unless(
        &self,
        draft_id: DraftId,
        requirement_id: &RequirementId,
        path: &Path,
        cancel: &Cancel,
    ) -> Result<AttachmentView, Error> {
        let provided = self.provided(draft_id, requirement_id)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(Error::FileUnreadable);
        }
        if metadata.len() > provided.max_bytes {
            return Err(Error::FileTooLarge { limit: provided.max_bytes, size: metadata.len() });
        }
        let copied = self.copy_in(Cancellable { file, cancel }, name, requirement_id, &provided);
        let attachment =
            copied.map_err(|error| if cancel.is_cancelled() { Error::Cancelled } else { error })?;
        let kept = match cancel.is_cancelled() {
            true => Err(Error::Cancelled),
            false => self.keep(draft_id, requirement_id, &attachment),
        };
        if kept.is_err() {
            self.compartment.blobs().remove(attachment.attachment_id);
        }
        kept.map(|()| attachment)
    }

    /// What the draft takes for a requirement.
    fn provided(&self, draft_id: DraftId, requirement_id: &RequirementId) -> Result<Provided, Error> {
        self.compartment.read(|tx, sealer| {
            draft::open_draft(tx, draft_id)?;
            let view = build(draft::material(tx, sealer, draft_id)?.1)?;
            let requirement = view
                .requirements
                .into_iter()
                .find(|requirement| requirement.requirement_id == *requirement_id)
                .ok_or_else(|| Error::UnknownRequirement { requirement: requirement_id.clone() })?;
            let title = requirement.title;
            requirement.resolution.into_file().ok_or(Error::PaperNotNeeded { title })
        })
    }

    /// Copies the file into the compartment, stripped, hashed and sealed, with constant memory.
    fn copy_in(
        &self,
        file: impl Read,
        name: String,
        requirement_id: &RequirementId,
        provided: &Provided,
    ) -> Result<AttachmentView, Error> {
        let mut input = BufReader::with_capacity(HEAD, file);
        let head = head(&mut input)?;
        if head.is_empty() {
            return Err(Error::FileEmpty);
        }
        let kind = kind(&head, &name, provided)?;
        let attachment_id = AttachmentId::generate();
        let mut output = Measured::new(self.compartment.blobs().create(attachment_id)?, provided.max_bytes);
        let mut input = BufReader::with_capacity(64 * 1024, head.as_slice().chain(input));
        let copied = file::copy(kind, &mut input, &mut output);
        if output.size > provided.max_bytes {
            return Err(Error::FileTooLarge { limit: provided.max_bytes, size: output.size });
        }
        copied.map_err(refused)?;
        let (size, sha256, blob) = output.finish();
        blob.finish()?;
        Ok(AttachmentView {
            attachment_id,
            requirement_id: requirement_id.clone(),
            name,
            media_type: kind.media_type().to_owned(),
            size,
            sha256,
            attached_at: jiff::Timestamp::now(),
        })
    }

    /// Names the file in the draft. Judged again here, in the transaction: two files may have been copied at once.
    fn keep(
        &self,
        draft_id: DraftId,
        requirement_id: &RequirementId,
        attachment: &AttachmentView,
    ) -> Result<(), Error> {
        let limit = self.provided(draft_id, requirement_id)?.max_files;
        self.compartment.write(|tx, sealer| {
            let draft: Draft = draft::open_draft(tx, draft_id)?;
            let files = records::of_draft(tx, sealer, draft_id)?;
            let same = || files.iter().filter(|file| file.requirement_id == *requirement_id);
            if same().any(|file| file.sha256 == attachment.sha256) {
                return Err(Error::FileAlreadyAttached);
            }
            if same().count() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                return Err(Error::TooManyFiles { limit });
            }
            records::insert(tx, sealer, draft_id, attachment)?;
            draft::touch(tx, &draft)?;
            Ok(())
        })
    }
}

/// The first bytes of a file.
fn head(input: &mut impl Read) -> Result<Vec<u8>, Error> {
    let mut head = Vec::with_capacity(HEAD);
    let limit = u64::try_from(HEAD).unwrap_or(u64::MAX);
    input.take(limit).read_to_end(&mut head).map_err(unreadable)?;
    Ok(head)
}

/// Hashes and counts what passes, and stops what grows beyond the limit.
struct Measured<W> {
    inner: W,
    digest: Context,
    size: u64,
    limit: u64,
}

impl<W: Write> Measured<W> {
    fn new(inner: W, limit: u64) -> Self {
        Self { inner, digest: Context::new(&SHA256), size: 0, limit }
    }

    fn finish(self) -> (u64, String, W) {
        (self.size, citizen_api::jose::encode(self.digest.finish().as_ref()), self.inner)
    }
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.size = self.size.saturating_add(u64::try_from(written).unwrap_or(u64::MAX));
        match self.size > self.limit {
            true => Err(io::Error::from(io::ErrorKind::FileTooLarge)),
            false => Ok(written),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
