//! Looking for something that is not, or no longer, here.

use citizen_api::Text;

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::DraftGone => say(
            "draft-gone",
            ["这份草稿不在了。", "请查看草稿列表。"],
            ["This draft is no longer here.", "Please look at the list of drafts."],
        ),
        Error::AlreadySubmitted => say(
            "already-submitted",
            ["这份申请已经提交，不能再改。", "如要修改，请先在发件箱撤回，或等受理后补充。"],
            [
                "This was filed and can no longer be changed.",
                "Take it back from the outbox first, or add to it once it is accepted.",
            ],
        ),
        Error::NotInOutbox => say(
            "not-in-outbox",
            ["发件箱里没有这一项，可能已经送达。", "请查看办件列表。"],
            ["This is not in the outbox; it may have arrived.", "Please look at the list of cases."],
        ),
        Error::UnknownCase => say(
            "unknown-case",
            ["这台设备上没有这个办件。", "请联网同步后再看。"],
            ["This device does not know that case.", "Please sync with a network and look again."],
        ),
        Error::NothingAsked => say(
            "nothing-asked",
            ["这个办件目前不需要您补充。", "有需要时会通知您。"],
            ["Nothing is asked of you in this case.", "You will be told when something is."],
        ),
        Error::NothingToDispute => say(
            "nothing-to-dispute",
            ["这一项不是登记库给的，没有可更正的记录。", "请直接填写您的答案。"],
            ["No register answered this, so there is no record to correct.", "Please just give your answer."],
        ),
        Error::UnknownCard => say(
            "unknown-card",
            ["这台设备上没有这张证照。", "请连上网同步一次再看。"],
            ["No such card is on this device.", "Please sync once with a network and look again."],
        ),
        Error::Card(card) => Words { code: "card-not-valid", reason: card.reason(), action: Text::default() },
        _ => return None,
    })
}
