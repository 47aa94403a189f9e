//! What can go wrong in this shell: the core's errors, and the few things that only a terminal can do wrong.

use std::path::PathBuf;

use citizen_api::{FieldId, Language};
use citizen_core::{Error, ErrorKind};
use url::Url;

use crate::output::Status;
use crate::output::words::Either;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core said so.
    Core(Error),
    /// Nobody knows which city to talk to.
    NoCity,
    /// The data folder belongs to another city.
    OtherCity { known: Url },
    /// There is no place for data on this machine.
    NoDataFolder,
    /// The folder for data cannot be made.
    DataFolderUnusable { folder: PathBuf },
    /// The PIN file cannot be read.
    PinFileUnreadable { file: PathBuf },
    /// Others can read the PIN file.
    PinFileShared { file: PathBuf },
    /// The PIN was typed differently the second time.
    PinsDiffer,
    /// A PIN is needed and there is nobody to ask.
    NoPrompt,
    /// Nobody has signed in here.
    Nobody,
    /// No person, draft, case or card is named like this.
    NoMatch { what: Thing, typed: String },
    /// Several are.
    SeveralMatch { what: Thing, typed: String },
    /// `FIELD=VALUE` was expected.
    NotAPair { typed: String },
    /// A length of time cannot be read.
    NotADuration,
    /// The redirect's port is taken.
    PortInUse { port: u16 },
    /// The sign-in page said no, in its own words.
    PageRefused { reason: String },
    /// The sign-in page is none that a program can walk.
    PageUnreadable,
    /// The browser never came back.
    NobodyCameBack,
    /// A code is too long to be drawn.
    CodeTooLong,
    /// The file that was to be made is there already.
    FileThere { file: PathBuf },
    /// What cannot be undone was not confirmed.
    NotConfirmed,
    /// The person pressed Ctrl-C.
    Interrupted,
    /// The machine refused something.
    Machine(std::io::Error),
}

/// What a prefix can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Person,
    Draft,
    Case,
    Card,
    Request,
    Attachment,
    Mandate,
    Device,
    Offer,
    Parcel,
    Booking,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Machine(error)
    }
}

impl Failure {
    /// How the process ends.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Core(error) => match error.kind() {
                ErrorKind::WrongUse => Status::WrongUse,
                ErrorKind::Waiting => Status::Waiting,
                ErrorKind::Refused => Status::Refused,
                ErrorKind::Failed => Status::Failed,
            },
            Self::Nobody | Self::NobodyCameBack => Status::Waiting,
            Self::PageRefused { .. } => Status::Refused,
            Self::PageUnreadable | Self::CodeTooLong | Self::Interrupted | Self::Machine(_) => Status::Failed,
            _ => Status::WrongUse,
        }
    }

    /// A stable name for programs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Core(error) => error.code(),
            Self::NoCity => "no-city",
            Self::OtherCity { .. } => "other-city",
            Self::NoDataFolder => "no-data-folder",
            Self::DataFolderUnusable { .. } => "data-folder-unusable",
            Self::PinFileUnreadable { .. } => "pin-file-unreadable",
            Self::PinFileShared { .. } => "pin-file-shared",
            Self::PinsDiffer => "pins-differ",
            Self::NoPrompt => "no-prompt",
            Self::Nobody => "not-signed-in",
            Self::NoMatch { .. } => "no-match",
            Self::SeveralMatch { .. } => "several-match",
            Self::NotAPair { .. } => "not-a-pair",
            Self::NotADuration => "not-a-duration",
            Self::PortInUse { .. } => "port-in-use",
            Self::PageRefused { .. } => "sign-in-refused",
            Self::PageUnreadable => "city-answered-nonsense",
            Self::NobodyCameBack => "sign-in-not-finished",
            Self::CodeTooLong => "code-too-long",
            Self::FileThere { .. } => "file-there",
            Self::NotConfirmed => "not-confirmed",
            Self::Interrupted => "interrupted",
            Self::Machine(_) => "machine",
        }
    }

    /// What to do, in a sentence; empty where the reason says it.
    pub(crate) fn action(&self, language: Language) -> String {
        match self {
            // Its details say the same, point by point.
            Self::Core(Error::FormIncomplete { .. }) => String::new(),
            Self::Core(error) => error.action(language),
            _ => String::new(),
        }
    }

    /// What to type next, where there is one such thing.
    pub(crate) fn command(&self) -> Option<&'static str> {
        match self {
            Self::Nobody | Self::NobodyCameBack | Self::PageRefused { .. } => Some("citizen login"),
            Self::Core(
                Error::NotSignedIn | Error::SignInRequired | Error::SignInAgain(_) | Error::NoSuchPerson,
            ) => Some("citizen login"),
            Self::Core(Error::Locked) => Some("citizen unlock"),
            Self::Core(Error::Offline | Error::CityUnreachable | Error::CityBusy { .. }) => {
                Some("citizen sync")
            }
            Self::Core(Error::UnknownService) => Some("citizen services search TEXT"),
            Self::Core(Error::FormIncomplete { .. } | Error::UnknownField { .. }) => {
                Some("citizen draft show DRAFT")
            }
            Self::NoMatch { what, .. } | Self::SeveralMatch { what, .. } => Some(what.listed_by()),
            Self::NoCity => Some("citizen --city URL login"),
            Self::Core(Error::ConsentNeeded) => Some("citizen consent give"),
            Self::Core(Error::PinUsedUp | Error::KeyMissing | Error::SomebodyElseSignedIn) => {
                Some("citizen person add")
            }
            Self::NotConfirmed => Some("--yes"),
            Self::NoPrompt => Some("citizen --pin-file FILE …"),
            Self::PinFileShared { .. } => Some("chmod 600 FILE"),
            Self::PortInUse { .. } => Some("citizen login --port 0"),
            _ => None,
        }
    }

    /// The field whose answer was refused.
    pub(crate) fn field(&self) -> Option<&FieldId> {
        match self {
            Self::Core(Error::InvalidAnswer { field, .. } | Error::UnknownField { field }) => Some(field),
            _ => None,
        }
    }

    /// What is wrong, point by point, where the sentence stands for several things.
    pub(crate) fn details(&self, language: Language) -> Vec<String> {
        match self {
            Self::Core(Error::FormIncomplete { needed }) => {
                needed.iter().map(|needed| needed.sentence().get(language).to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is wrong.
    pub(crate) fn reason(&self, language: Language) -> String {
        match (self, language) {
            (Self::Core(error @ Error::InvalidAnswer { field, .. }), _) => {
                format!("{field}:{}{}", language.either("", " "), error.reason(language))
            }
            (Self::Core(error), _) => error.reason(language),
            (Self::PageRefused { reason }, _) => reason.clone(),
            (other, Language::Zh) => other.zh(),
            (other, Language::En) => other.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::NoCity => "还不知道您的城市。请用 --city 写上城市的网址，用过一次就会记住。".to_owned(),
            Self::OtherCity { known } => {
                format!("这个文件夹里是 {known} 的数据。换一个城市时，请用 --data 指定另一个文件夹。")
            }
            Self::NoDataFolder => "找不到存放数据的地方，请用 --data 指定一个文件夹。".to_owned(),
            Self::DataFolderUnusable { folder } => {
                format!("文件夹 {} 建不了，也用不了。请用 --data 换一个能写的文件夹。", folder.display())
            }
            Self::PinFileUnreadable { file } => {
                format!("读不了解锁码文件 {}。请检查路径，文件第一行应是解锁码。", file.display())
            }
            Self::PinFileShared { file } => {
                format!("解锁码文件 {} 别人也能读，没有使用。请改成只有您能读写。", file.display())
            }
            Self::PinsDiffer => "两次输入的解锁码不一样，什么都没有改变，请再来一次。".to_owned(),
            Self::NoPrompt => {
                "需要解锁码，但这里没有可以输入的终端。请用 --pin-file 指定一个文件。".to_owned()
            }
            Self::Nobody => "这里还没有人登录过，请先登录。".to_owned(),
            Self::NoMatch { what, typed } => format!("没有编号是“{typed}”的{}。", what.zh()),
            Self::SeveralMatch { what, typed } => {
                format!("编号像“{typed}”的{}不止一个，请多写几位。", what.zh())
            }
            Self::NotAPair { typed } => {
                format!("看不懂“{typed}”。请写成“项目=内容”，例如 amount=1286.40。")
            }
            Self::NotADuration => "看不懂这个时长。请写成 90s、15m 或 8h 这样，最长 24h。".to_owned(),
            Self::PortInUse { port } => {
                format!("端口 {port} 已被别的程序占用。请换一个，或写 0 让系统挑一个。")
            }
            Self::PageUnreadable => {
                "城市的登录页面看不懂，可能是网络要先认证，或者网址不对。什么都没有改变。".to_owned()
            }
            Self::NobodyCameBack => {
                "等了 10 分钟，浏览器里的登录还没有完成。什么都没有改变，请再来一次。".to_owned()
            }
            Self::CodeTooLong => "这张证件的内容太长，画不成二维码。请用 --json 取出文字。".to_owned(),
            Self::FileThere { file } => {
                format!("文件 {} 已经在了，没有改动它。请换一个名字。", file.display())
            }
            Self::NotConfirmed => "没有确认，什么都没有改变。".to_owned(),
            Self::Interrupted => "已停下。写好的都存着，没发完的下次接着发。".to_owned(),
            Self::Machine(error) => format!("这台机器没有让我们完成：{error}。写好的都还在。"),
            Self::Core(_) | Self::PageRefused { .. } => String::new(),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one table of sentences, read from top to bottom")]
    fn en(&self) -> String {
        match self {
            Self::NoCity => "It is not known yet which city is yours. Give its address with --city; it is \
                             remembered after the first use."
                .to_owned(),
            Self::OtherCity { known } => format!(
                "This folder holds data of {known}. For another city, name another folder with --data."
            ),
            Self::NoDataFolder => "There is no place for data here. Name a folder with --data.".to_owned(),
            Self::DataFolderUnusable { folder } => format!(
                "The folder {} cannot be made or used. Name another one with --data.",
                folder.display()
            ),
            Self::PinFileUnreadable { file } => format!(
                "The PIN file {} cannot be read. Check the path; its first line should be the PIN.",
                file.display()
            ),
            Self::PinFileShared { file } => format!(
                "Others can read the PIN file {}, so it was not used. Let only yourself read and write it.",
                file.display()
            ),
            Self::PinsDiffer => "The two PINs differ. Nothing has changed; please try again.".to_owned(),
            Self::NoPrompt => {
                "A PIN is needed, but there is no terminal to type it in. Name a file with --pin-file."
                    .to_owned()
            }
            Self::Nobody => "Nobody has signed in here yet. Please sign in first.".to_owned(),
            Self::NoMatch { what, typed } => format!("No {} is named “{typed}”.", what.en()),
            Self::SeveralMatch { what, typed } => {
                format!(
                    "More than one {} is named like “{typed}”. Please type a few more characters.",
                    what.en()
                )
            }
            Self::NotAPair { typed } => {
                format!("“{typed}” cannot be understood. Write FIELD=VALUE, such as amount=1286.40.")
            }
            Self::NotADuration => {
                "This length of time cannot be understood. Write it like 90s, 15m or 8h, at most 24h."
                    .to_owned()
            }
            Self::PortInUse { port } => {
                format!("Another program uses port {port}. Name another one, or 0 for any that is free.")
            }
            Self::PageUnreadable => {
                "The city's sign-in page cannot be understood. Perhaps the network wants a \
                                     sign-in of its own, or the address is wrong. Nothing has changed."
                    .to_owned()
            }
            Self::NobodyCameBack => {
                "The sign-in in the browser was not finished within 10 minutes. Nothing has \
                                     changed; please start again."
                    .to_owned()
            }
            Self::CodeTooLong => {
                "This card holds too much for a QR code. Take its text with --json instead.".to_owned()
            }
            Self::FileThere { file } => {
                format!(
                    "The file {} is there already and was not touched. Please name another.",
                    file.display()
                )
            }
            Self::NotConfirmed => "It was not confirmed; nothing has changed.".to_owned(),
            Self::Interrupted => {
                "Stopped. What you wrote is kept, and what was not sent goes on next time.".to_owned()
            }
            Self::Machine(error) => {
                format!("This machine did not let us finish: {error}. What you wrote is still there.")
            }
            Self::Core(_) | Self::PageRefused { .. } => String::new(),
        }
    }
}

impl Thing {
    fn zh(self) -> &'static str {
        match self {
            Self::Person => "人",
            Self::Draft => "草稿",
            Self::Case => "办件",
            Self::Card => "证件",
            Self::Request => "待发项",
            Self::Attachment => "材料",
            Self::Mandate => "委托",
            Self::Offer => "主动办理的事",
            Self::Parcel => "快递",
            Self::Booking => "预约",
            Self::Device => "设备",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Draft => "draft",
            Self::Case => "case",
            Self::Card => "card",
            Self::Request => "item of the outbox",
            Self::Attachment => "paper",
            Self::Mandate => "mandate",
            Self::Offer => "offer",
            Self::Parcel => "parcel",
            Self::Booking => "booking",
            Self::Device => "device",
        }
    }

    /// The command that lists them.
    fn listed_by(self) -> &'static str {
        match self {
            Self::Person => "citizen person list",
            Self::Draft => "citizen draft list",
            Self::Case => "citizen cases",
            Self::Card => "citizen cards",
            Self::Request => "citizen outbox",
            Self::Attachment => "citizen draft show DRAFT",
            Self::Mandate => "citizen mandate list",
            Self::Offer => "citizen offer list",
            Self::Parcel => "citizen parcel list",
            Self::Booking => "citizen counter bookings",
            Self::Device => "citizen device list",
        }
    }
}
