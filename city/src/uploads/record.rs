//! The rows of uploads. What a row says was received is what the city has promised to hold.

use citizen_api::{AttachmentId, UploadId};

use super::Limits;
use super::metadata::Declared;
use super::refused::Refused;
use crate::store::{Row, StoreError, Tx};

/// How much an upload counts towards what one person can keep here at least, so that very many very small
/// files are not free.
const LEAST_COUNTED: u64 = 64 * 1024;

/// An upload as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Upload {
    pub(super) upload_id: UploadId,
    pub(super) attachment_id: AttachmentId,
    pub(super) media_type: String,
    pub(super) sha256: String,
    pub(super) length: u64,
    pub(super) received: u64,
    pub(super) complete: bool,
    pub(super) cited: bool,
    pub(super) expires_at: i64,
    /// `Upload-Metadata` as it was sent.
    pub(super) metadata: String,
}

const COLUMNS: &str = "upload_id, attachment_id, media_type, sha256, length, received, \
                       status = 'complete', case_id <> '', expires_at, metadata";

fn from_row(row: &Row) -> Result<Upload, StoreError> {
    Ok(Upload {
        upload_id: row.parse(0)?,
        attachment_id: row.parse(1)?,
        media_type: row.text(2)?,
        sha256: row.text(3)?,
        length: row.number(4)?,
        received: row.number(5)?,
        complete: row.integer(6)? != 0,
        cited: row.integer(7)? != 0,
        expires_at: row.integer(8)?,
        metadata: row.text(9)?,
    })
}

/// A creation, as asked for.
pub(super) struct Creation {
    pub(super) citizen_id: String,
    pub(super) key: String,
    pub(super) declared: Declared,
    pub(super) metadata: String,
    pub(super) length: u64,
}

/// Makes the row, or finds the one that this creation made before: by the key, or by the attachment, which is
/// the same file however often the phone begins anew.
pub(super) fn create(
    tx: &mut dyn Tx,
    creation: &Creation,
    upload_id: UploadId,
    limits: &Limits,
    now: i64,
) -> Result<Upload, Refused> {
    let Creation { citizen_id, key, declared, length, .. } = creation;
    forget_expired(tx, citizen_id, now)?;
    let same = |upload: &Upload| {
        upload.attachment_id == declared.attachment_id
            && upload.media_type == declared.media_type.media_type()
            && upload.sha256 == declared.sha256
            && upload.length == *length
    };
    let by = |tx: &mut dyn Tx, column: &str, value: &str| {
        let sql = format!("SELECT {COLUMNS} FROM uploads WHERE citizen_id = $1 AND {column} = $2");
        let row = tx.query_one(&sql, &[citizen_id.into(), value.into()])?;
        row.as_ref().map(from_row).transpose()
    };
    if let Some(upload) = by(tx, "idempotency_key", key)? {
        return if same(&upload) { Ok(upload) } else { Err(Refused::KeyReused) };
    }
    if let Some(upload) = by(tx, "attachment_id", &declared.attachment_id.to_string())? {
        return if same(&upload) { Ok(upload) } else { Err(Refused::AttachmentTaken) };
    }
    if kept(tx, citizen_id)?.saturating_add(*length.max(&LEAST_COUNTED)) > limits.person_bytes {
        return Err(Refused::Quota);
    }
    insert(tx, creation, upload_id, now.saturating_add(limits.unfinished_seconds))?;
    find(tx, citizen_id, upload_id, now)?.ok_or(Refused::NotFound)
}

fn insert(
    tx: &mut dyn Tx,
    creation: &Creation,
    upload_id: UploadId,
    expires_at: i64,
) -> Result<(), StoreError> {
    let Creation { citizen_id, key, declared, metadata, length } = creation;
    tx.execute(
        "INSERT INTO uploads (citizen_id, upload_id, idempotency_key, attachment_id, media_type, sha256, length,
                              expires_at, metadata)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            citizen_id.into(),
            upload_id.to_string().into(),
            key.into(),
            declared.attachment_id.to_string().into(),
            declared.media_type.media_type().into(),
            (&declared.sha256).into(),
            (*length).into(),
            expires_at.into(),
            metadata.into(),
        ],
    )?;
    Ok(())
}

/// How many bytes a person keeps here, finished or promised.
fn kept(tx: &mut dyn Tx, citizen_id: &str) -> Result<u64, StoreError> {
    let sql = "SELECT COALESCE(SUM(CASE WHEN length < $2 THEN $2 ELSE length END), 0)
               FROM uploads WHERE citizen_id = $1";
    let row = tx.query_one(sql, &[citizen_id.into(), LEAST_COUNTED.into()])?;
    row.map_or(Ok(0), |row| row.number(0))
}

/// The upload, unless it is another person's or has expired.
pub(super) fn find(
    tx: &mut dyn Tx,
    citizen_id: &str,
    upload_id: UploadId,
    now: i64,
) -> Result<Option<Upload>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM uploads
         WHERE citizen_id = $1 AND upload_id = $2 AND (status = 'complete' OR expires_at > $3)"
    );
    let row = tx.query_one(&sql, &[citizen_id.into(), upload_id.to_string().into(), now.into()])?;
    row.as_ref().map(from_row).transpose()
}

/// Writes down how much is here.
pub(super) fn set_received(
    tx: &mut dyn Tx,
    citizen_id: &str,
    upload_id: UploadId,
    received: u64,
) -> Result<(), Refused> {
    let changed = tx.execute(
        "UPDATE uploads SET received = $3 WHERE citizen_id = $1 AND upload_id = $2",
        &[citizen_id.into(), upload_id.to_string().into(), received.into()],
    )?;
    if changed == 1 { Ok(()) } else { Err(Refused::NotFound) }
}

/// Writes down that all of it is here and is what it was said to be.
pub(super) fn set_complete(tx: &mut dyn Tx, citizen_id: &str, upload_id: UploadId) -> Result<(), Refused> {
    let changed = tx.execute(
        "UPDATE uploads SET received = length, status = 'complete' WHERE citizen_id = $1 AND upload_id = $2",
        &[citizen_id.into(), upload_id.to_string().into()],
    )?;
    if changed == 1 { Ok(()) } else { Err(Refused::NotFound) }
}

/// Removes the row, unless the file belongs to a case.
pub(super) fn forget(tx: &mut dyn Tx, citizen_id: &str, upload_id: UploadId) -> Result<(), Refused> {
    let removed = tx.execute(
        "DELETE FROM uploads WHERE citizen_id = $1 AND upload_id = $2 AND case_id = ''",
        &[citizen_id.into(), upload_id.to_string().into()],
    )?;
    if removed == 1 { Ok(()) } else { Err(Refused::Cited) }
}

/// Removes a person's rows whose time is over, so that their names can be used again.
fn forget_expired(tx: &mut dyn Tx, citizen_id: &str, now: i64) -> Result<u64, StoreError> {
    tx.execute(
        "DELETE FROM uploads WHERE citizen_id = $1 AND status = 'receiving' AND expires_at <= $2",
        &[citizen_id.into(), now.into()],
    )
}

/// Removes every row whose time is over.
pub(super) fn forget_all_expired(tx: &mut dyn Tx, now: i64) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM uploads WHERE status = 'receiving' AND expires_at <= $1", &[now.into()])
}

/// Whether any row names the file.
pub(super) fn is_named(tx: &mut dyn Tx, upload_id: UploadId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM uploads WHERE upload_id = $1";
    Ok(tx.query_one(sql, &[upload_id.to_string().into()])?.is_some())
}
