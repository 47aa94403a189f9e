//! `citizen draft attach` and `detach`: the papers of a draft.

use std::path::PathBuf;

use citizen_api::{Language, RequirementId};
use citizen_core::attachment::AttachmentView;
use citizen_core::draft::DraftId;
use citizen_core::{Compartment, Error};
use serde_json::json;

use crate::failure::{Failure, Thing};
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

/// Attaches files one after the other: each that was acknowledged stays, whatever becomes of the next. A file that is
/// there already, from a try that was broken off, is as good as attached now.
pub(super) fn run(
    shell: &Shell,
    compartment: &Compartment,
    draft_id: DraftId,
    requirement_id: &RequirementId,
    files: &[PathBuf],
) -> Result<Report, Failure> {
    for file in files {
        match compartment.attachments().attach(draft_id, requirement_id, file) {
            Ok(_) | Err(Error::FileAlreadyAttached) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let attached: Vec<AttachmentView> = compartment
        .attachments()
        .list(draft_id)?
        .into_iter()
        .filter(|attachment| attachment.requirement_id == *requirement_id)
        .collect();
    let mut page = Page::new();
    page.line(shell.language().either("已附上：", "Attached:"));
    for attachment in &attached {
        page.item(&line(attachment, shell.language()));
    }
    Ok(Report::done(json!({ "draft_id": draft_id, "attachments": attached }), page))
}

/// Takes a paper out of its draft.
pub(super) fn take_out(
    shell: &Shell,
    compartment: &Compartment,
    draft_id: DraftId,
    typed: &str,
) -> Result<Report, Failure> {
    let attached = compartment.attachments().list(draft_id)?;
    let names = attached.iter().map(|attachment| Named::of(attachment.attachment_id));
    let attachment_id = prefix::find(Thing::Attachment, typed, names)?;
    compartment.attachments().remove(attachment_id)?;
    let mut page = Page::new();
    page.line(
        shell.language().either("已拿掉。您自己的文件没有动。", "Taken out. Your own file was not touched."),
    );
    Ok(Report::done(json!({ "draft_id": draft_id, "attachment_id": attachment_id }), page))
}

/// A paper in a line.
pub(super) fn line(attachment: &AttachmentView, language: Language) -> String {
    let size = size(attachment.size);
    match language {
        Language::Zh => format!("{}  {}({size})", short(attachment.attachment_id), attachment.name),
        Language::En => format!("{}  {} ({size})", short(attachment.attachment_id), attachment.name),
    }
}

/// A size in the largest unit that leaves something before the point.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_read_at_a_glance() {
        for (bytes, text) in [(0, "0 B"), (999, "999 B"), (12_400, "12 kB"), (4_380_000, "4.3 MB")] {
            assert_eq!(size(bytes), text);
        }
    }
}
