//! Counters, and places booked there.

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::UnknownCounter => say(
            "unknown-counter",
            ["没有这个窗口。", "请从窗口列表里选一个。"],
            ["There is no such counter.", "Please choose one from the list."],
        ),
        Error::NoCounters => say(
            "no-counters",
            ["这台设备上还没有窗口列表。", "请联网同步一次，以后没有网络也能查。"],
            [
                "The list of counters is not on this device yet.",
                "Sync once with a network; from then on it is here without one.",
            ],
        ),
        Error::NotDoneThere => say(
            "not-done-there",
            ["这个窗口不办这件事。", "请选一个能办的窗口。"],
            ["This counter does not do that.", "Please choose one that does."],
        ),
        Error::UnknownBooking => say(
            "unknown-booking",
            ["这台设备上没有这个预约。", "请联网同步后再看。"],
            ["This device does not know that booking.", "Please sync with a network and look again."],
        ),
        Error::BookingOver => say(
            "booking-over",
            ["这个预约已经取消或者办过了。", "不用再取消。"],
            ["This booking was given back, or you have been served.", "There is nothing to give back."],
        ),
        _ => return None,
    })
}
