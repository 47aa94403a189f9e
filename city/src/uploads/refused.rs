//! Why a request about an upload is refused, and what each refusal says.

use citizen_api::Text;
use citizen_api::problem::ProblemType;

use crate::store::StoreError;

/// Why a request about an upload is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("another version of tus")]
    Version,
    #[error("the header {name} is missing, repeated or malformed")]
    Header { name: &'static str },
    #[error("no idempotency key")]
    KeyMissing,
    #[error("the key was used for another file")]
    KeyReused,
    #[error("the attachment was uploaded with other content")]
    AttachmentTaken,
    #[error("an unknown checksum algorithm")]
    Algorithm,
    #[error("the bytes do not match their checksum")]
    Checksum,
    #[error("not the content type of an upload")]
    ContentType,
    #[error("not a kind of file that is taken")]
    MediaType,
    #[error("the file is not what it was said to be")]
    NotWhatItSays,
    #[error("a file that nobody could open")]
    Unopenable,
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {max} bytes")]
    TooLarge { max: u64 },
    #[error("more files than one person can keep here")]
    Quota,
    #[error("more bytes than were declared")]
    MoreThanDeclared,
    #[error("no such upload")]
    NotFound,
    #[error("the city holds {held} bytes")]
    Offset { held: u64 },
    #[error("another request is writing to it")]
    Busy,
    #[error("the file belongs to a case")]
    Cited,
    #[error("the connection was cut")]
    Cut,
    #[error("the disk is full")]
    Full,
    #[error("the file could not be written or read: {0}")]
    Io(std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

impl Refused {
    /// The stable type of the refusal.
    pub(super) fn kind(&self) -> ProblemType {
        match self {
            Self::Version => ProblemType::UnsupportedVersion,
            Self::Header { .. } | Self::Algorithm | Self::Empty | Self::Cut => ProblemType::MalformedRequest,
            Self::KeyMissing => ProblemType::IdempotencyKeyMissing,
            Self::KeyReused => ProblemType::IdempotencyKeyReused,
            Self::AttachmentTaken | Self::Offset { .. } | Self::Cited => ProblemType::WrongState,
            Self::Checksum => ProblemType::ChecksumMismatch,
            Self::ContentType | Self::MediaType | Self::NotWhatItSays | Self::Unopenable => {
                ProblemType::UnsupportedMediaType
            }
            Self::TooLarge { .. } | Self::Quota | Self::MoreThanDeclared => ProblemType::TooLarge,
            Self::NotFound => ProblemType::NotFound,
            Self::Busy => ProblemType::InProgress,
            Self::Full => ProblemType::Unavailable,
            Self::Io(_) | Self::Store(_) => ProblemType::Internal,
        }
    }

    /// What is wrong and what to do.
    pub(super) fn reason(&self) -> Text {
        match self {
            Self::Header { name } => Text::new(
                format!("上传请求的 {name} 不对，请更新应用后再传。"),
                format!(
                    "The upload's header {name} is missing or malformed. Please update the app and try again."
                ),
            ),
            Self::TooLarge { max } => Text::new(
                format!("文件太大，最多 {} MB，请重拍或压缩后再传。", max / 1_048_576),
                format!(
                    "The file is too large, at most {} MB. Please take it again or compress it.",
                    max / 1_048_576
                ),
            ),
            Self::Offset { held } => Text::new(
                format!("城市这边已收到 {held} 字节，请从这里接着传。"),
                format!("The city holds {held} bytes. Please go on from there."),
            ),
            other => {
                let (zh, en) = other.request_words().unwrap_or_else(|| other.file_words());
                Text::new(zh, en)
            }
        }
    }

    /// What is said of a request; none where the fault is not in the request.
    fn request_words(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Version => (
                "这里只支持 tus 1.0.0，请更新应用后再传。",
                "Only tus 1.0.0 is spoken here. Please update the app and try again.",
            ),
            Self::KeyMissing => (
                "上传请求缺少 Idempotency-Key，请更新应用后再传。",
                "The upload came without an Idempotency-Key. Please update the app and try again.",
            ),
            Self::Algorithm => (
                "不认识这种校验方法，可以用 sha256 或 sha1。",
                "This checksum algorithm is not known here. Please use sha256 or sha1.",
            ),
            Self::ContentType => (
                "上传请求的内容类型不对，应为 application/offset+octet-stream。",
                "The upload's content type is not right: it should be application/offset+octet-stream.",
            ),
            Self::MoreThanDeclared => (
                "传来的内容比申明的长，没有收下，请重新添加这个文件。",
                "More came than was declared, and none of it was kept. Please add the file anew.",
            ),
            Self::Busy => (
                "这个文件正在上传，请稍候。",
                "This file is being uploaded at this moment. Please wait a little.",
            ),
            Self::Cut => (
                "连接断了，已经收到的都保存着，请接着传。",
                "The connection was cut. What had arrived is kept; please go on from there.",
            ),
            _ => return None,
        })
    }

    /// What is said of a file, or of a city that failed.
    fn file_words(&self) -> (&'static str, &'static str) {
        match self {
            Self::KeyReused | Self::AttachmentTaken => (
                "这个编号下已经有另一个文件，请重新添加这张照片再传。",
                "Another file has been sent under this name. Please add the photograph anew.",
            ),
            Self::Checksum => (
                "文件在路上传坏了，这一段没有收下，请再传一次。",
                "The file was damaged on its way and was not kept. Please send it again.",
            ),
            Self::MediaType => (
                "不收这种文件，请用照片(JPEG、PNG、HEIC、WebP)或 PDF。",
                "This kind of file is not taken. Please use a photograph (JPEG, PNG, HEIC, WebP) or a PDF.",
            ),
            Self::NotWhatItSays => (
                "文件的内容和它的类型对不上，请重新拍照或换一个文件。",
                "The file is not what its type says. Please take the photograph again or choose another file.",
            ),
            Self::Unopenable => (
                "这个文件打不开：加了密码，或者展开后太大。请拍照，或换一个文件。",
                "Nobody could open this file: it has a password, or unpacks to far too much. Please photograph it.",
            ),
            Self::Empty => {
                ("文件是空的，请重新拍照或换一个文件。", "The file is empty. Please choose another.")
            }
            Self::Quota => (
                "您上传的文件已经太多，请先删去不用的文件。",
                "You have uploaded as much as one person can. Please remove files you do not need.",
            ),
            Self::NotFound => (
                "没有这个上传，可能已经过期，请重新上传。",
                "There is no such upload; it may have expired. Please upload the file again.",
            ),
            Self::Cited => {
                ("这个文件已经交给办件，不能删除。", "This file is part of a case and can not be removed.")
            }
            Self::Full => (
                "城市的存储空间暂时不够，已经收到的都还在，请过一会儿再传。",
                "The city has no room at the moment. What had arrived is kept; please try again later.",
            ),
            _ => (
                "城市这边没有处理成功，您的文件没有丢，请过一会儿再试。",
                "The city could not do this. Your file is not lost; please try again in a while.",
            ),
        }
    }
}
