//! What the city has found before anyone asked, and parcels.

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::UnknownOffer => say(
            "unknown-offer",
            ["这台设备上没有这一项主动办理的事。", "请联网同步后再看。"],
            ["This device does not know what you mean.", "Please sync with a network and look again."],
        ),
        Error::CannotDecline => say(
            "cannot-decline",
            ["这一项按规定人人都办，不能不要。", "用错了数据的话，可以反映。"],
            [
                "The law makes this for everyone, so it cannot be declined.",
                "If the data is wrong, you can say so.",
            ],
        ),
        Error::OfferClosed => say(
            "offer-closed",
            ["这一项已经不要了，或者正在核实。", "请同步后看最新情况。"],
            ["This was declined, or is being looked into.", "Please sync to see how it stands."],
        ),
        Error::NothingSaid => say(
            "nothing-said",
            ["还没有写哪里不对。", "请写一句，窗口才知道要查什么。"],
            [
                "Nothing says what is wrong.",
                "Please write a sentence, so that the office knows what to look at.",
            ],
        ),
        Error::UnknownParcel => say(
            "unknown-parcel",
            ["这台设备上没有这个快递。", "请联网同步后再看。"],
            ["This device does not know that parcel.", "Please sync with a network and look again."],
        ),
        Error::ParcelOnItsWay => say(
            "parcel-on-its-way",
            ["快递员已经取走了这个包裹，改不了地址。", "快递员上门前会打电话；没送到的会放到就近窗口。"],
            [
                "The courier has this parcel, so it cannot go elsewhere.",
                "The courier calls before coming; what cannot be handed over waits at a counter near you.",
            ],
        ),
        Error::AddressIncomplete => say(
            "address-incomplete",
            ["收件地址不完整。", "请写收件人、11 位手机号和详细地址。"],
            [
                "The address is not complete.",
                "Give who receives it, a mobile number of 11 digits, and where.",
            ],
        ),
        _ => return None,
    })
}
