//! Signing in, the network and the city.

use citizen_api::Text;

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::NotSignedIn => say(
            "not-signed-in",
            ["您还没有登录。", "请先登录。"],
            ["You have not signed in.", "Please sign in first."],
        ),
        Error::SignInRequired => say(
            "sign-in-required",
            ["登录已过期。", "请重新登录；您写的内容都在，登录后会自动发出。"],
            [
                "Your session has ended.",
                "Please sign in again; all you wrote is here and will be sent after that.",
            ],
        ),
        Error::SignInAgain(_) => say(
            "sign-in-again",
            ["这一步关系重大，城市要再确认一次是您本人。", "请重新登录；您写的内容都在，登录后会自动发出。"],
            [
                "This step matters, so the city asks once more that it is you.",
                "Please sign in again; all you wrote is here and will be sent after that.",
            ],
        ),
        Error::SignInFailed { why } => {
            Words { code: "sign-in-failed", reason: why.text(), action: Text::default() }
        }
        Error::Offline => say(
            "offline",
            ["现在没有网络。", "连上网后会自动继续，不用守着。"],
            ["There is no network now.", "It goes on by itself once there is one."],
        ),
        Error::CityUnreachable => say(
            "city-unreachable",
            ["暂时连不上城市的服务。", "会自动再试；也可以检查一下网络。"],
            ["The city cannot be reached now.", "It is tried again by itself; you may check the network."],
        ),
        Error::CityBusy { .. } => say(
            "city-busy",
            ["城市的服务现在很忙。", "过一会儿会自动再试。"],
            ["The city is busy now.", "It is tried again by itself after a while."],
        ),
        Error::CityAnsweredNonsense => say(
            "city-answered-nonsense",
            [
                "收到的回答不是城市的服务发来的，可能是无线网络的登录页。",
                "请检查网络地址，或先登录无线网络；您的内容没有变化。",
            ],
            [
                "What answered is not the city's service; it may be a Wi-Fi sign-in page.",
                "Please check the address or sign in to the Wi-Fi first; nothing of yours has changed.",
            ],
        ),
        Error::Refused(problem) => {
            Words { code: "refused", reason: problem.title.clone(), action: Text::default() }
        }
        _ => return None,
    })
}
