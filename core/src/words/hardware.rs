//! What keeps the keys.

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
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
        Error::DeviceNotYetUnlocked => say(
            "device-not-yet-unlocked",
            ["手机重启后还没有解过锁，资料暂时打不开。", "请先解锁手机屏幕，再回到这里。"],
            [
                "The phone was restarted and not unlocked since, so your data cannot be opened yet.",
                "Please unlock the phone's screen, then come back.",
            ],
        ),
        Error::KeyInvalidated => say(
            "key-invalidated",
            [
                "这台手机新登记了指纹或人脸，为安全起见，原来的快捷解锁已经失效。",
                "请输入解锁码；需要的话，打开后再重新设置指纹或人脸解锁。您的资料都在。",
            ],
            [
                "A finger or face was newly enrolled on this phone, so for safety the quick unlock no longer works.",
                "Please enter your PIN; afterwards you can set up fingerprint or face again. All your data is here.",
            ],
        ),
        _ => return None,
    })
}
