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
        Error::WrongPin { wait, tries_left } => wrong_pin(*wait, *tries_left),
        Error::PinUsedUp => say(
            "pin-used-up",
            [
                "解锁码错了十次。为保护您的资料，这台设备上的钥匙已经销毁，原来的文件原样保留，但在这里打不开了。",
                "请重新登录并设一个新的解锁码：已经交到城市的办件和证照都会回来；没发出的要重新填写。",
            ],
            [
                "The PIN was wrong ten times. To protect your data the key on this device was destroyed; the files stay as they are but cannot be opened here.",
                "Please sign in again and choose a new PIN: what the city has comes back; what was not sent has to be filled in again.",
            ],
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
            [
                "这个解锁码太容易被猜到。",
                "请用至少 6 位数字，不要全部相同、连号或重复，也不要用生日或身份证号里的数字。",
            ],
            [
                "This PIN is too easily guessed.",
                "Please use at least 6 digits that are not all the same, in a row or repeating, and neither a birthday nor part of your ID number.",
            ],
        ),
        _ => return None,
    })
}

/// A PIN that was not the one: how long to wait, and towards the end what another one may cost.
fn wrong_pin(wait: Duration, tries_left: usize) -> Words {
    let (mut zh, mut en) = match wait.is_zero() {
        true => ("请再输一遍。".to_owned(), "Please enter it again.".to_owned()),
        false => (format!("请等{}再试。", zh_time(wait)), format!("Please try again in {}.", en_time(wait))),
    };
    if tries_left <= WARN_FROM {
        zh = format!(
            "{zh}还能试 {tries_left} 次，再错，没发出的内容在这台设备上就打不开了；想不起来请选“忘记解锁码”。"
        );
        let tries = if tries_left == 1 { "1 try is".to_owned() } else { format!("{tries_left} tries are") };
        en = format!(
            "{en} {tries} left, after which what was not sent can no longer be opened on this device; if you cannot remember it, choose “Forgot PIN”."
        );
    }
    say("wrong-pin", ["解锁码不对。", &zh], ["The PIN is not right.", &en])
}

/// From so few tries on it is said what they lead to.
const WARN_FROM: usize = 5;

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
