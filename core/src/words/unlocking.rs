//! Opening what is locked.

use std::time::Duration;

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::Locked => say(
            "locked",
            ["您的资料已上锁。", "请输入解锁码。"],
            ["Your data is locked.", "Please enter your PIN."],
        ),
        Error::WrongPin { wait } if wait.is_zero() => say(
            "wrong-pin",
            ["解锁码不对。", "请再输一遍。"],
            ["The PIN is not right.", "Please enter it again."],
        ),
        Error::WrongPin { wait } => say(
            "wrong-pin",
            ["解锁码不对。", &format!("请等{}再试。", zh_time(*wait))],
            ["The PIN is not right.", &format!("Please try again in {}.", en_time(*wait))],
        ),
        Error::PinPaused { wait } => say(
            "pin-paused",
            ["解锁码输错多次，为保护您的资料，暂时不能再试。", &format!("请等{}再试。", zh_time(*wait))],
            [
                "The PIN was wrong several times, so to protect your data none is tried for a while.",
                &format!("Please try again in {}.", en_time(*wait)),
            ],
        ),
        Error::PinTooWeak => say(
            "pin-too-weak",
            ["这个解锁码太容易被猜到。", "请用至少 6 位数字，不要全部相同、连号或重复。"],
            [
                "This PIN is too easily guessed.",
                "Please use at least 6 digits that are not all the same, in a row or repeating.",
            ],
        ),
        Error::NoSuchPerson => say(
            "no-such-person",
            ["这台设备上没有这个人的资料。", "请先登录。"],
            ["This device holds no data of that person.", "Please sign in first."],
        ),
        Error::KeyMissing => say(
            "key-missing",
            [
                "这份资料的钥匙不在这台设备上，可能是从备份恢复来的。",
                "请重新登录：城市里的办件和证照会回来，原来的文件原样保留，不会删除。",
            ],
            [
                "The key to this data is not on this device; it may have come from a backup.",
                "Please sign in again: your cases and cards come back from the city, and the old files stay as they are.",
            ],
        ),
        Error::VaultUnavailable => say(
            "vault-unavailable",
            ["这台设备的密钥库没有回应。", "请解锁设备后再试。"],
            ["This device's key vault does not answer.", "Please unlock the device and try again."],
        ),
        _ => return None,
    })
}

/// A time to wait, rounded up so that nobody comes too early.
fn zh_time(wait: Duration) -> String {
    match whole_seconds(wait) {
        seconds @ 0..60 => format!(" {seconds} 秒"),
        seconds => format!(" {} 分钟", seconds.div_ceil(60)),
    }
}

fn en_time(wait: Duration) -> String {
    match whole_seconds(wait) {
        1 => "1 second".to_owned(),
        seconds @ 0..60 => format!("{seconds} seconds"),
        60 => "1 minute".to_owned(),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
