//! Saying what could not be done, and who read what.

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::NotRefused => say(
            "not-refused",
            ["城市没有拒收这一项。", "发出之后，请从办件里反映。"],
            ["The city has not refused this.", "Once it is sent, please say it from its case."],
        ),
        Error::RegisterLogAltered => say(
            "register-log-altered",
            [
                "城市给的查询记录和您手机里留存的对不上：有记录被改动或删掉了。",
                "手机里的记录没有动，请留着它，点“跑一次没办成”反映。",
            ],
            [
                "The city's list of who read your records does not continue the one on this phone: an entry was changed or taken out.",
                "The list on this phone is untouched. Please keep it, and say so under “could not be done in one trip”.",
            ],
        ),
        Error::UnknownReading => say(
            "unknown-reading",
            ["这台设备上没有这条查询记录。", "请联网刷新后再看。"],
            ["This device does not know that reading.", "Please refresh with a network and look again."],
        ),
        Error::NothingToShare => say(
            "nothing-to-share",
            ["这份草稿没有关联办件或事项。", "没有可以给窗口看的内容。"],
            [
                "This draft is about no case and no service.",
                "There is nothing that a desk could be let read.",
            ],
        ),
        _ => return None,
    })
}
