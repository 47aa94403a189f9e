//! Attaching files.

use citizen_api::Text;

use super::{Words, say};
use crate::Error;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::FileEmpty => say(
            "file-empty",
            ["这个文件是空的。", "请重新拍照或换一个文件。"],
            ["This file is empty.", "Please take the picture again or choose another file."],
        ),
        Error::FileTooLarge { limit, size } => say(
            "file-too-large",
            [
                &format!("这个文件有 {}，最大只能 {}。", megabytes(*size), megabytes(*limit)),
                "请压缩，或分成几个文件。",
            ],
            [
                &format!("This file has {}; at most {} is accepted.", megabytes(*size), megabytes(*limit)),
                "Please make it smaller or split it.",
            ],
        ),
        Error::FileNotAccepted { claimed, found } => not_accepted(claimed, found),
        Error::FileUnreadable => say(
            "file-unreadable",
            ["这个文件打不开，或者不完整。", "请确认文件还在，或换一个文件。"],
            [
                "This file cannot be opened, or is not whole.",
                "Please check that it is there, or choose another.",
            ],
        ),
        Error::FileAlreadyAttached => say(
            "file-already-attached",
            ["这个文件已经添加过了。", "不用再添加一次。"],
            ["This file is attached already.", "It need not be attached again."],
        ),
        Error::TooManyFiles { limit } => say(
            "too-many-files",
            [&format!("这份材料最多添加 {limit} 个文件。"), "请先删掉一个。"],
            [&format!("This paper takes at most {limit} files."), "Please remove one first."],
        ),
        Error::AttachmentGone => say(
            "attachment-gone",
            ["这个附件不在了。", "请查看草稿里的附件。"],
            ["This attachment is no longer here.", "Please look at the draft's attachments."],
        ),
        other => return unsafe_to_open(other),
    })
}

/// The words for a file that is what it says and cannot be taken all the same.
fn unsafe_to_open(error: &Error) -> Option<Words> {
    Some(match error {
        Error::PictureTooLarge => say(
            "picture-too-large",
            ["这张图片超过一亿像素，打不开。", "请用手机重新拍照，或缩小后再添加。"],
            [
                "This picture has more than 100 million points and cannot be opened.",
                "Please take it again with the phone, or make it smaller.",
            ],
        ),
        Error::FileEncrypted => say(
            "file-encrypted",
            ["这个 PDF 加了密码，工作人员打不开。", "请去掉密码，或拍照添加。"],
            [
                "This PDF has a password, and the office could not open it.",
                "Please remove the password, or photograph it.",
            ],
        ),
        Error::FileUnpacksTooLarge => say(
            "file-unpacks-too-large",
            ["这个文件展开后太大，不能使用。", "请换一个文件，或拍照添加。"],
            [
                "This file becomes far too large when it is opened.",
                "Please choose another file, or photograph it.",
            ],
        ),
        Error::FileTwoInOne => say(
            "file-two-in-one",
            ["这个文件里藏着另一种文件，不能使用。", "请换一个文件，或拍照添加。"],
            [
                "Another file is hidden in this one, so it cannot be used.",
                "Please choose another file, or photograph it.",
            ],
        ),
        Error::Cancelled => say(
            "cancelled",
            ["已取消，没有添加这个文件。", "需要时可以再添加。"],
            ["This was given up, and the file was not attached.", "You can attach it again at any time."],
        ),
        _ => return None,
    })
}

fn not_accepted(claimed: &str, found: &str) -> Words {
    let (claimed_kind, found_kind) = (kind(claimed), kind(found));
    let reason = if claimed == found {
        Text::new(
            format!("这个文件是{}，这里不收。", found_kind.zh),
            format!("This file is {}, which is not accepted here.", found_kind.en),
        )
    } else {
        Text::new(
            format!("这个文件的名字像是{}，内容却是{}，不能使用。", claimed_kind.zh, found_kind.zh),
            format!(
                "By its name this file is {}, by its content {}; it cannot be used.",
                claimed_kind.en, found_kind.en
            ),
        )
    };
    let action = Text::new(
        "请换成照片（JPEG、PNG、HEIC、WebP）或 PDF。",
        "Please use a photograph (JPEG, PNG, HEIC, WebP) or a PDF.",
    );
    Words { code: "file-not-accepted", reason, action }
}

/// What people call a kind of file.
fn kind(media_type: &str) -> Text {
    match media_type {
        "image/jpeg" => Text::new("JPEG 照片", "a JPEG photograph"),
        "image/png" => Text::new("PNG 图片", "a PNG picture"),
        "image/gif" => Text::new("GIF 图片", "a GIF picture"),
        "image/webp" => Text::new("WebP 图片", "a WebP picture"),
        "image/heic" => Text::new("HEIC 照片", "an HEIC photograph"),
        "application/pdf" => Text::new("PDF 文件", "a PDF"),
        "image/svg+xml" => Text::new("SVG 图形", "an SVG drawing"),
        "text/html" => Text::new("网页", "a web page"),
        "application/zip" => Text::new("压缩包", "an archive"),
        "application/octet-stream" => Text::new("一种认不出的文件", "of an unknown kind"),
        other => Text::new(other, other),
    }
}

/// A size in megabytes with one decimal, rounded up.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
