//! The rows of a draft's files.

use citizen_api::{AttachmentId, RequirementId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::AttachmentView;
use crate::Error;
use crate::draft::DraftId;
use crate::store::{Place, Sealer};

fn place(attachment_id: &str) -> Place<'_> {
    Place { table: "attachments", row: attachment_id.into(), column: "sealed", revision: 1 }
}

pub(super) fn insert(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    attachment: &AttachmentView,
) -> Result<(), Error> {
    let name = attachment.attachment_id.to_string();
    let sealed = sealer.seal(&place(&name), attachment)?;
    tx.execute(
        "INSERT INTO attachments (attachment_id, draft_id, sealed) VALUES (?1, ?2, ?3)",
        params![name, draft_id.to_string(), sealed],
    )?;
    Ok(())
}

/// The files of a draft, in the order they were attached.
pub(crate) fn of_draft(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
) -> Result<Vec<AttachmentView>, Error> {
    let mut statement = tx.prepare_cached(
        "SELECT attachment_id, sealed FROM attachments WHERE draft_id = ?1 ORDER BY sequence",
    )?;
    let rows = statement
        .query_map([draft_id.to_string()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|(name, sealed)| sealer.open(&place(name), sealed)).collect()
}

/// Gives the files of a requirement to the name that it has in a newer form.
pub(crate) fn rename_requirement(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    from: &RequirementId,
    to: &RequirementId,
) -> Result<(), Error> {
    for mut attachment in of_draft(tx, sealer, draft_id)? {
        if attachment.requirement_id == *from {
            attachment.requirement_id = to.clone();
            let name = attachment.attachment_id.to_string();
            let sealed = sealer.seal(&place(&name), &attachment)?;
            tx.execute("UPDATE attachments SET sealed = ?2 WHERE attachment_id = ?1", params![name, sealed])?;
        }
    }
    Ok(())
}

/// The names of a draft's files.
pub(crate) fn ids_of_draft(tx: &Transaction<'_>, draft_id: DraftId) -> Result<Vec<AttachmentId>, Error> {
    let mut statement = tx.prepare_cached("SELECT attachment_id FROM attachments WHERE draft_id = ?1")?;
    let names = statement
        .query_map([draft_id.to_string()], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    names.iter().map(|name| name.parse().map_err(|_| Error::internal("a file's name is not one"))).collect()
}

/// The file of that name, and the draft it belongs to.
pub(super) fn by_id(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    attachment_id: AttachmentId,
) -> Result<(DraftId, AttachmentView), Error> {
    let name = attachment_id.to_string();
    let (draft_id, sealed) = tx
        .query_row("SELECT draft_id, sealed FROM attachments WHERE attachment_id = ?1", [&name], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?
        .ok_or(Error::AttachmentGone)?;
    let draft_id = draft_id.parse().map_err(|_| Error::internal("a draft's name is not one"))?;
    Ok((draft_id, sealer.open(&place(&name), &sealed)?))
}
