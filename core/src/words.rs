//! What each error says to a person, in both languages: what is wrong, and what to do about it.

use std::time::Duration;

use citizen_api::Text;

use crate::Error;
use crate::form::Needed;

/// The words of one error.
pub(crate) struct Words {
    /// The stable name for programs.
    pub(crate) code: &'static str,
    /// What is wrong.
    pub(crate) reason: Text,
    /// What to do; empty where the reason says it.
    pub(crate) action: Text,
}

fn say(code: &'static str, zh: [&str; 2], en: [&str; 2]) -> Words {
    let ([zh_reason, zh_action], [en_reason, en_action]) = (zh, en);
    Words { code, reason: Text::new(zh_reason, en_reason), action: Text::new(zh_action, en_action) }
}

/// The words of an error.
#[expect(clippy::too_many_lines, reason = "one table, a line or two for each error, read from top to bottom")]
pub(crate) fn words(error: &Error) -> Words {
    match error {
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
            ["解锁码输错多次,为保护您的资料,暂时不能再试。", &format!("请等{}再试。", zh_time(*wait))],
            [
                "The PIN was wrong several times, so to protect your data none is tried for a while.",
                &format!("Please try again in {}.", en_time(*wait)),
            ],
        ),
        Error::PinTooWeak => say(
            "pin-too-weak",
            ["这个解锁码太容易被猜到。", "请用至少 6 位数字,不要全部相同、连号或重复。"],
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
                "这份资料的钥匙不在这台设备上,可能是从备份恢复来的。",
                "请重新登录:城市里的办件和证照会回来,原来的文件原样保留,不会删除。",
            ],
            [
                "The key to this data is not on this device; it may have come from a backup.",
                "Please sign in again: your cases and cards come back from the city, and the old files stay as they are.",
            ],
        ),
        Error::NotSignedIn => say(
            "not-signed-in",
            ["您还没有登录。", "请先登录。"],
            ["You have not signed in.", "Please sign in first."],
        ),
        Error::SignInRequired => say(
            "sign-in-required",
            ["登录已过期。", "请重新登录;您写的内容都在,登录后会自动发出。"],
            [
                "Your session has ended.",
                "Please sign in again; all you wrote is here and will be sent after that.",
            ],
        ),
        Error::Offline => say(
            "offline",
            ["现在没有网络。", "连上网后会自动继续,不用守着。"],
            ["There is no network now.", "It goes on by itself once there is one."],
        ),
        Error::CityUnreachable => say(
            "city-unreachable",
            ["暂时连不上城市的服务。", "会自动再试;也可以检查一下网络。"],
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
                "收到的回答不是城市的服务发来的,可能是无线网络的登录页。",
                "请检查网络地址,或先登录无线网络;您的内容没有变化。",
            ],
            [
                "What answered is not the city's service; it may be a Wi-Fi sign-in page.",
                "Please check the address or sign in to the Wi-Fi first; nothing of yours has changed.",
            ],
        ),
        Error::Refused(problem) => {
            Words { code: "refused", reason: problem.title.clone(), action: Text::default() }
        }
        Error::UnknownService => say(
            "unknown-service",
            ["没有这个事项。", "请查一下事项名称,或联网更新目录。"],
            ["There is no such service.", "Please look up its name, or update the catalogue with a network."],
        ),
        Error::NeedsNewerApp => say(
            "needs-newer-app",
            ["这个事项用到了本版本还没有的功能。", "请更新应用后再办。"],
            [
                "This service needs something that this version does not have yet.",
                "Please update the app and try again.",
            ],
        ),
        Error::NothingToFile => say(
            "nothing-to-file",
            ["这个事项不用申请。", "请直接查看。"],
            ["Nothing is filed for this service.", "Please just look it up."],
        ),
        Error::UnknownField { field } => say(
            "unknown-field",
            [&format!("表单里没有“{field}”这一项。"), "请查看表单里有哪些项目。"],
            [&format!("The form has no field “{field}”."), "Please look at which fields it has."],
        ),
        Error::InvalidAnswer { reason, .. } => {
            Words { code: "invalid-answer", reason: reason.clone(), action: Text::default() }
        }
        Error::UnknownRequirement { requirement } => say(
            "unknown-requirement",
            [&format!("这个事项没有“{requirement}”这份材料。"), "请查看需要哪些材料。"],
            [
                &format!("This service asks for no paper “{requirement}”."),
                "Please look at which papers it asks for.",
            ],
        ),
        Error::PaperNotNeeded { title } => say(
            "paper-not-needed",
            [&format!("“{}”不用您交。", title.zh), "请继续下一步。"],
            [&format!("“{}” need not be handed in.", title.en), "Please go on with the next step."],
        ),
        Error::UnknownDeclaration => say(
            "unknown-declaration",
            ["这个事项没有这份承诺书。", "请查看需要哪些承诺。"],
            ["This service asks for no such declaration.", "Please look at which ones it asks for."],
        ),
        Error::UnknownDelivery => say(
            "unknown-delivery",
            ["这个事项的结果不能这样送达。", "请在列出的方式里选一种。"],
            [
                "The result of this service does not reach you that way.",
                "Please choose one of the ways it lists.",
            ],
        ),
        Error::DraftGone => say(
            "draft-gone",
            ["这份草稿不在了。", "请查看草稿列表。"],
            ["This draft is no longer here.", "Please look at the list of drafts."],
        ),
        Error::AlreadySubmitted => say(
            "already-submitted",
            ["这份申请已经提交,不能再改。", "如要修改,请先在发件箱撤回,或等受理后补充。"],
            [
                "This was filed and can no longer be changed.",
                "Take it back from the outbox first, or add to it once it is accepted.",
            ],
        ),
        Error::FormIncomplete { needed } => form_incomplete(needed),
        Error::FileEmpty => say(
            "file-empty",
            ["这个文件是空的。", "请重新拍照或换一个文件。"],
            ["This file is empty.", "Please take the picture again or choose another file."],
        ),
        Error::FileTooLarge { limit, size } => say(
            "file-too-large",
            [
                &format!("这个文件有 {},最大只能 {}。", megabytes(*size), megabytes(*limit)),
                "请压缩,或分成几个文件。",
            ],
            [
                &format!("This file has {}; at most {} is accepted.", megabytes(*size), megabytes(*limit)),
                "Please make it smaller or split it.",
            ],
        ),
        Error::FileNotAccepted { claimed, found } if claimed == found => say(
            "file-not-accepted",
            [&format!("这个文件是{},这里不收。", kind(found).zh), "请换成照片(JPEG、PNG)或 PDF。"],
            [
                &format!("This file is {}, which is not accepted here.", kind(found).en),
                "Please use a photograph (JPEG, PNG) or a PDF.",
            ],
        ),
        Error::FileNotAccepted { claimed, found } => say(
            "file-not-accepted",
            [
                &format!("这个文件的名字像是{},内容却是{},不能使用。", kind(claimed).zh, kind(found).zh),
                "请换成照片(JPEG、PNG)或 PDF。",
            ],
            [
                &format!(
                    "By its name this file is {}, by its content {}; it cannot be used.",
                    kind(claimed).en,
                    kind(found).en
                ),
                "Please use a photograph (JPEG, PNG) or a PDF.",
            ],
        ),
        Error::FileUnreadable => say(
            "file-unreadable",
            ["这个文件打不开,或者不完整。", "请确认文件还在,或换一个文件。"],
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
        Error::NotInOutbox => say(
            "not-in-outbox",
            ["发件箱里没有这一项,可能已经送达。", "请查看办件列表。"],
            ["This is not in the outbox; it may have arrived.", "Please look at the list of cases."],
        ),
        Error::UnknownCase => say(
            "unknown-case",
            ["这台设备上没有这个办件。", "请联网同步后再看。"],
            ["This device does not know that case.", "Please sync with a network and look again."],
        ),
        Error::NothingAsked => say(
            "nothing-asked",
            ["这个办件目前不需要您补充。", "有需要时会通知您。"],
            ["Nothing is asked of you in this case.", "You will be told when something is."],
        ),
        Error::StoreNewer => say(
            "store-newer",
            ["这份资料是更新的版本写的,现在的版本读不了,没有改动任何内容。", "请更新应用。"],
            [
                "This data was written by a newer version; nothing of it was changed.",
                "Please update the app.",
            ],
        ),
        Error::StoreUnreadable { set_aside: None } => say(
            "store-unreadable",
            ["有一部分资料读不出来,没有删除任何内容。", "请重新打开应用,会尽量恢复。"],
            [
                "Some of the data cannot be read; nothing was deleted.",
                "Please open the app again; what can be recovered will be.",
            ],
        ),
        Error::StoreUnreadable { set_aside: Some(place) } => say(
            "store-unreadable",
            [
                &format!("资料文件损坏了,原文件保留在 {},能读的内容已经转存。", place.display()),
                "请再打开一次,并检查您的草稿。",
            ],
            [
                &format!(
                    "The data file is damaged. It was kept as {}, and what can be read was carried over.",
                    place.display()
                ),
                "Please open it again and look over your drafts.",
            ],
        ),
        Error::StoreFull => say(
            "store-full",
            ["设备的存储空间满了,刚才这一步没有保存,之前的内容都在。", "请清理一些空间后再试。"],
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
            ["有一条资料被改动或损坏,没有采用。", "其余的都在,可以接着用。"],
            ["One record was altered or damaged and is not used.", "The rest is there; please go on."],
        ),
        Error::VaultUnavailable => say(
            "vault-unavailable",
            ["这台设备的密钥库没有回应。", "请解锁设备后再试。"],
            ["This device's key vault does not answer.", "Please unlock the device and try again."],
        ),
        Error::SignInFailed { why } => {
            Words { code: "sign-in-failed", reason: why.text(), action: Text::default() }
        }
        Error::UnknownCard => say(
            "unknown-card",
            ["这台设备上没有这张证照。", "请连上网同步一次再看。"],
            ["No such card is on this device.", "Please sync once with a network and look again."],
        ),
        Error::Card(card) => Words { code: "card-not-valid", reason: card.reason(), action: Text::default() },
        Error::StoreFailed => say(
            "store-failed",
            ["存储设备出错,刚才这一步没有保存。", "请再试一次;一直这样,请把设备送检。"],
            [
                "The storage failed; this step was not saved.",
                "Please try again; if it goes on, have the device looked at.",
            ],
        ),
        Error::StoreBusy => say(
            "store-busy",
            ["另一个程序正在使用这份资料。", "请关掉它,或稍后再试。"],
            ["Another program is using this data.", "Please end it, or try again later."],
        ),
        Error::Internal { .. } => say(
            "internal",
            ["应用内部出了问题,您的内容没有变化。", "请再试一次;一直这样,请更新应用。"],
            [
                "Something went wrong inside the app; nothing of yours has changed.",
                "Please try again; if it goes on, update the app.",
            ],
        ),
    }
}

/// Everything that is still needed, each in its own sentence: a person mends all of it in one go.
fn form_incomplete(needed: &[Needed]) -> Words {
    let sentences: Vec<Text> = needed.iter().map(Needed::sentence).collect();
    let zh: Vec<&str> = sentences.iter().map(|sentence| sentence.zh.as_str()).collect();
    let en: Vec<&str> = sentences.iter().map(|sentence| sentence.en.as_str()).collect();
    say(
        "form-incomplete",
        ["还差几样才能提交。", &zh.join("")],
        ["Something is still needed before this can be filed.", &en.join(" ")],
    )
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

/// What people call a kind of file.
fn kind(media_type: &str) -> Text {
    match media_type {
        "image/jpeg" => Text::new("JPEG 照片", "a JPEG photograph"),
        "image/png" => Text::new("PNG 图片", "a PNG picture"),
        "image/gif" => Text::new("GIF 图片", "a GIF picture"),
        "image/webp" => Text::new("WebP 图片", "a WebP picture"),
        "image/heic" => Text::new("HEIC 照片", "an HEIC photograph"),
        "application/pdf" => Text::new("PDF 文件", "a PDF"),
        "application/octet-stream" => Text::new("别的东西", "something else"),
        other => Text::new(other, other),
    }
}

/// A size in megabytes with one decimal, rounded up.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use citizen_api::Language;

    use super::words;
    use crate::Error;

    #[test]
    fn a_wait_is_rounded_up_so_that_nobody_comes_too_early() {
        for (milliseconds, zh, en) in [
            (200, " 1 秒", "1 second"),
            (29_001, " 30 秒", "30 seconds"),
            (30_000, " 30 秒", "30 seconds"),
            (60_000, " 1 分钟", "1 minute"),
            (60_001, " 2 分钟", "2 minutes"),
            (3_600_000, " 60 分钟", "60 minutes"),
        ] {
            let error = Error::PinPaused { wait: Duration::from_millis(milliseconds) };
            assert_eq!(error.action(Language::Zh), format!("请等{zh}再试。"));
            assert_eq!(error.action(Language::En), format!("Please try again in {en}."));
        }
    }

    #[test]
    fn a_sentence_says_what_is_wrong_and_what_to_do() {
        let sentence = |language| Error::StoreNewer.sentence(language);
        assert_eq!(
            sentence(Language::Zh),
            "这份资料是更新的版本写的,现在的版本读不了,没有改动任何内容。请更新应用。"
        );
        assert_eq!(
            sentence(Language::En),
            "This data was written by a newer version; nothing of it was changed. Please update the app."
        );
    }

    #[test]
    fn words_are_whole_in_both_languages() {
        let errors = [
            Error::Locked,
            Error::PinTooWeak,
            Error::KeyMissing,
            Error::Offline,
            Error::CityAnsweredNonsense,
            Error::FileTooLarge { limit: 10_000_000, size: 10_000_001 },
            Error::StoreUnreadable { set_aside: Some("/data/store.db.set-aside-1".into()) },
            Error::StoreFull,
            Error::RecordAltered,
            Error::internal("test"),
        ];
        for error in errors {
            let words = words(&error);
            assert!(
                words.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{}",
                words.code
            );
            for text in [words.reason, words.action] {
                assert!(text.zh.ends_with('。') && text.en.ends_with('.'), "{}", words.code);
            }
        }
    }
}
