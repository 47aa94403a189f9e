//! Whose data it is, and what they agreed to.

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::NoSuchPerson => say(
            "no-such-person",
            ["这台设备上没有这个人的资料。", "请先登录。"],
            ["This device holds no data of that person.", "Please sign in first."],
        ),
        Error::ConsentNeeded => say(
            "consent-needed",
            [
                "还没有得到您的同意，所以什么都没有发出。",
                "请先看一看应用要把什么发给城市、做什么用，同意后再继续。",
            ],
            [
                "You have not agreed yet, so nothing was sent.",
                "Please read what the app sends the city and what for; it goes on once you agree.",
            ],
        ),
        Error::SomebodyElseSignedIn => say(
            "somebody-else-signed-in",
            [
                "刚才登录的是另一个人，没有采用，您的资料没有变化。",
                "请用您本人的身份证号重新登录；要让另一个人也用这台设备，请选“添加家人”。",
            ],
            [
                "Another person signed in just now; it was not used, and nothing of yours has changed.",
                "Please sign in again with your own ID number; to let the other person use this device too, choose “Add a person”.",
            ],
        ),
        Error::NoMandate => say(
            "no-mandate",
            [
                "没有替这个人办这件事的委托：可能还没有接受、已经到期，或已被收回。什么都没有发出，写好的都在。",
                "请让本人重新委托，再点“重试”；或请本人自己办。",
            ],
            [
                "There is no mandate to do this for that person: it may not have been accepted, has ended or was revoked. Nothing was sent; all you wrote is kept.",
                "Ask them for a new mandate and retry, or to do it themselves.",
            ],
        ),
        _ => return None,
    })
}
