//! What a person gives their word for, or says is wrong.

use citizen_api::{DeclarationId, FieldId};
use citizen_core::Compartment;
use citizen_core::draft::DraftId;

use super::done;
use crate::failure::Failure;
use crate::output::Report;
use crate::shell::Shell;

pub(super) const TAKEN_BACK: (&str, &str) = ("已收回。", "Taken back.");
pub(super) const SHARED: (&str, &str) =
    ("答复的窗口可以看这个办件，别人不行。", "The desk that answers may read the case; nobody else may.");

/// Agrees to a declaration, or takes that back.
pub(super) fn agree(
    shell: &Shell,
    compartment: &Compartment,
    draft_id: DraftId,
    declaration: &str,
    agreed: bool,
) -> Result<Report, Failure> {
    compartment.drafts().agree_declaration(draft_id, &DeclarationId::from(declaration), agreed)?;
    let words = match agreed {
        true => ("已同意，会和申请一起签名。", "Agreed; it is signed together with the filing."),
        false => TAKEN_BACK,
    };
    Ok(done(shell, draft_id, words))
}

/// Says that a register is wrong about a question, or takes that back.
pub(super) fn dispute(
    shell: &Shell,
    compartment: &Compartment,
    draft_id: DraftId,
    field: &str,
    note: Option<&String>,
) -> Result<Report, Failure> {
    let field = FieldId::from(field);
    let words = match note {
        Some(note) => {
            compartment.drafts().dispute(draft_id, &field, note)?;
            (
                "记下了。请把这一项填成对的；提交时一并请求更正登记。",
                "Noted. Please give the right answer; filing asks for the record to be corrected.",
            )
        }
        None => {
            compartment.drafts().withdraw_dispute(draft_id, &field)?;
            TAKEN_BACK
        }
    };
    Ok(done(shell, draft_id, words))
}
