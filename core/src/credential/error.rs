//! Why a card does not hold.

use citizen_api::Text;

use crate::jws::JwsError;

/// Why a card, or the code it is shown by, is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.reason().en)]
pub enum CardError {
    /// Not the text of a card's code, or not a whole one.
    Malformed,
    /// Something of it was changed after it was signed.
    Altered,
    /// Signed by nobody this phone knows.
    UnknownIssuer,
    /// Not shown by the phone that it was issued to.
    NotShownByHolder,
    /// The code is older than a minute.
    CodeTooOld,
    /// The card has ended.
    Expired,
    /// The card was revoked.
    Revoked,
    /// This phone has no list of revoked cards, so it cannot tell.
    StatusUnknown,
    /// The code shows less than a card must.
    Incomplete,
}

impl CardError {
    /// What is wrong and what to do.
    pub fn reason(self) -> Text {
        match self {
            Self::Malformed => Text::new(
                "这不是一张证照的二维码，或者没有扫完整。请再扫一遍。",
                "This is not a card's code, or not all of it. Please scan it again.",
            ),
            Self::Altered => Text::new(
                "二维码的内容被改动过，不能认。请当事人重新出示。",
                "The code was changed and cannot be believed. Please ask the holder to show it again.",
            ),
            Self::UnknownIssuer => Text::new(
                "这张证照不是本市签发的，或者本机还没有更新过。请联网同步一次再验。",
                "This card is not issued by a city this phone knows. Please sync once with a network and check again.",
            ),
            Self::NotShownByHolder => Text::new(
                "出示的手机不是领证的那一部。请用本人的手机出示。",
                "The phone that shows it is not the one it was issued to. Please show it from the holder's own phone.",
            ),
            Self::CodeTooOld => Text::new(
                "二维码已过期（一分钟内有效）。请当事人重新打开证照。",
                "The code has ended (it holds for a minute). Please ask the holder to open the card again.",
            ),
            Self::Expired => Text::new("证照已过有效期。", "The card has ended."),
            Self::Revoked => {
                Text::new("证照已被注销，不再有效。", "The card was revoked and no longer holds.")
            }
            Self::StatusUnknown => Text::new(
                "本机没有最新的注销名单，验不了。请联网同步一次再验。",
                "This phone has no list of revoked cards and cannot tell. Please sync once with a network and check again.",
            ),
            Self::Incomplete => Text::new(
                "二维码里缺少必要的内容。请当事人重新出示。",
                "The code shows less than a card must. Please ask the holder to show it again.",
            ),
        }
    }
}

impl From<JwsError> for CardError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Malformed => Self::Malformed,
            JwsError::UnknownKey => Self::UnknownIssuer,
            JwsError::OtherType | JwsError::BadSignature => Self::Altered,
        }
    }
}
