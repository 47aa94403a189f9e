//! The store on this phone.

use std::path::Path;

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::StoreNewer => say(
            "store-newer",
            ["这份资料是更新的版本写的，现在的版本读不了，没有改动任何内容。", "请更新应用。"],
            [
                "This data was written by a newer version; nothing of it was changed.",
                "Please update the app.",
            ],
        ),
        Error::StoreUnreadable { set_aside: None } => say(
            "store-unreadable",
            ["有一部分资料读不出来，没有删除任何内容。", "请重新打开应用，会尽量恢复。"],
            [
                "Some of the data cannot be read; nothing was deleted.",
                "Please open the app again; what can be recovered will be.",
            ],
        ),
        Error::StoreUnreadable { set_aside: Some(place) } => set_aside(place),
        Error::StoreFull => say(
            "store-full",
            ["设备的存储空间满了，刚才这一步没有保存，之前的内容都在。", "请清理一些空间后再试。"],
            [
                "The device's storage is full; this step was not saved, all before it was.",
                "Please free some space and try again.",
            ],
        ),
        Error::StoreReadOnly => say(
            "store-read-only",
            ["资料文件夹不能写入。", "请检查文件夹的权限后再试。"],
            ["The data folder cannot be written to.", "Please check its permissions and try again."],
        ),
        Error::RecordAltered => say(
            "record-altered",
            ["有一条资料被改动或损坏，没有采用。", "其余的都在，可以接着用。"],
            ["One record was altered or damaged and is not used.", "The rest is there; please go on."],
        ),
        Error::StoreFailed => say(
            "store-failed",
            ["存储设备出错，刚才这一步没有保存。", "请再试一次；一直这样，请把设备送检。"],
            [
                "The storage failed; this step was not saved.",
                "Please try again; if it goes on, have the device looked at.",
            ],
        ),
        Error::StoreBusy => say(
            "store-busy",
            ["另一个程序正在使用这份资料。", "请关掉它，或稍后再试。"],
            ["Another program is using this data.", "Please end it, or try again later."],
        ),
        _ => return None,
    })
}

fn set_aside(place: &Path) -> Words {
    let place = place.display();
    say(
        "store-unreadable",
        [
            &format!("资料文件损坏了，原文件保留在 {place}，能读的内容已经转存。"),
            "请再打开一次，并检查您的草稿。",
        ],
        [
            &format!(
                "The data file is damaged. It was kept as {place}, and what can be read was carried over."
            ),
            "Please open it again and look over your drafts.",
        ],
    )
}
