//! Why an answer is not one, in words.

use citizen_api::Text;
use citizen_api::money::Fen;

use crate::bank_account::BankAccountError;
use crate::id_number::IdNumberError;
use crate::logic::EvaluationError;
use crate::phone::PhoneError;

/// Why an answer is not one. Names no part of the answer itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// It must be answered and is not.
    #[error("not answered")]
    Missing,
    /// The form does not ask this, or not of this person.
    #[error("not a field that the form asks for")]
    UnknownField,
    /// The form asks for a kind of answer that this version does not know.
    #[error("a kind of field that this version does not know")]
    UnknownKind,
    /// The field has no answer of its own, or is computed.
    #[error("not a field that is answered by hand")]
    NotTyped,
    /// Not of the JSON type that the kind has, or text that cannot be read as one.
    #[error("not of the kind that the form asks for")]
    WrongType {
        /// What the form asks for.
        expected: AnswerType,
    },
    /// Longer than the form takes.
    #[error("longer than {max_length} characters")]
    TooLong {
        /// The longest answer, in characters.
        max_length: u32,
        /// How many characters there are.
        found: usize,
    },
    /// A character that nobody can see.
    #[error("character {position} is a control character")]
    ControlCharacter {
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// Smaller or larger than the form takes.
    #[error("not between {min} and {max}")]
    NumberOutOfBounds {
        /// The smallest answer.
        min: i64,
        /// The largest answer.
        max: i64,
    },
    /// Less or more than the form takes.
    #[error("not between {min} and {max}")]
    MoneyOutOfBounds {
        /// The smallest answer.
        min: Fen,
        /// The largest answer.
        max: Fen,
    },
    /// Not one of the options.
    #[error("not one of the options")]
    NotAChoice {
        /// What can be chosen.
        options: Vec<Text>,
    },
    /// Too few or too many: of options, or of entries in a group.
    #[error("not between {min} and {max} of them")]
    Count {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
        /// How many there are.
        found: usize,
    },
    /// Not a day of the calendar.
    #[error("not a day")]
    NotADate,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Backwards,
    /// A part of the answer is not there yet.
    #[error("a part is missing")]
    Part {
        /// Which.
        part: Part,
    },
    /// Something about one entry of a group.
    #[error("entry {entry}: {error}")]
    Entry {
        /// Which entry, counted from 1.
        entry: usize,
        /// The question within it.
        label: Text,
        /// What is wrong there.
        error: Box<AnswerError>,
    },
    /// Answers that do not agree; the form says how.
    #[error("answers do not agree")]
    Disagrees {
        /// What the form says.
        reason: Text,
    },
    /// A rule gives no value for these answers.
    #[error(transparent)]
    Rule(#[from] EvaluationError),
    /// Not an ID number.
    #[error(transparent)]
    IdNumber(#[from] IdNumberError),
    /// Not a mobile number.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// Not a bank account.
    #[error(transparent)]
    BankAccount(#[from] BankAccountError),
}

/// The type that an answer must have, as people would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerType {
    /// Words.
    Text,
    /// A whole number.
    WholeNumber,
    /// An amount of money.
    Amount,
    /// A day.
    Day,
    /// Two days.
    Days,
    /// Yes or no.
    YesNo,
    /// Some of the options.
    Choices,
    /// A place.
    Address,
    /// Another person.
    Person,
    /// Entries of a group.
    Entries,
}

/// A part of an answer that has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first day of a range.
    From,
    /// The last day of a range.
    To,
    /// The province of an address.
    Province,
    /// Its city.
    City,
    /// Its county.
    County,
    /// Its town or street.
    Town,
    /// The rest of it: road, number, room.
    Detail,
    /// A person's name.
    Name,
    /// A person's ID number.
    IdNumber,
}

impl AnswerError {
    /// What is wrong and how to mend it.
    pub fn reason(&self) -> Text {
        match self {
            Self::Missing => {
                Text::new("这一项还没有填写，请填写。", "This has no answer yet. Please answer it.")
            }
            Self::UnknownField => Text::new(
                "按您填的情况，这个事项不问这一项，请把它删去。",
                "This service does not ask for this here. Please take it out.",
            ),
            Self::UnknownKind => Text::new(
                "这一项要用新版应用才能填写，请更新应用；已经填写的都还在。",
                "This needs a newer version of the app. Please update it; what you have written is kept.",
            ),
            Self::NotTyped => Text::new(
                "这一项不用手填，请填写其他各项。",
                "This is not answered by hand. Please answer the other questions.",
            ),
            Self::WrongType { expected } => expected.reason(),
            Self::TooLong { max_length, found } => Text::new(
                format!("这一项最多 {max_length} 个字，现在是 {found} 个字，请写短一些。"),
                format!("At most {max_length} characters fit here, this has {found}. Please shorten it."),
            ),
            Self::ControlCharacter { position } => Text::new(
                format!("第 {position} 个字是看不见的符号或换行，请删去后重填。"),
                format!(
                    "Character {position} is a line break or a sign that cannot be seen. Please remove it."
                ),
            ),
            Self::NumberOutOfBounds { min, max } => Text::new(
                format!("请填写 {min} 至 {max} 之间的整数。"),
                format!("Please give a whole number from {min} to {max}."),
            ),
            Self::MoneyOutOfBounds { min, max } => Text::new(
                format!("请填写 {min} 至 {max} 之间的金额。"),
                format!("Please give an amount from {min} to {max}."),
            ),
            Self::NotAChoice { options } => not_a_choice(options),
            Self::Count { min, max, found } => count(*min, *max, *found),
            Self::NotADate => Text::new(
                "没有这一天，请按“2026-11-23”这样填写日期。",
                "There is no such day. Please write the date like 2026-11-23.",
            ),
            Self::Backwards => Text::new(
                "结束的日期早于开始的日期，请核对这两天。",
                "The last day lies before the first. Please check both days.",
            ),
            Self::Part { part } => part.reason(),
            Self::Entry { entry, label, error } => {
                let reason = error.reason();
                Text::new(
                    format!("第 {entry} 个的“{}”：{}", label.zh, reason.zh),
                    format!("Entry {entry}, {}: {}", label.en, reason.en),
                )
            }
            Self::Disagrees { reason } => reason.clone(),
            Self::Rule(error) => error.reason(),
            Self::IdNumber(error) => error.reason(),
            Self::Phone(error) => error.reason(),
            Self::BankAccount(error) => error.reason(),
        }
    }
}

impl AnswerType {
    /// What must be given instead.
    fn reason(self) -> Text {
        match self {
            Self::Text => Text::new("请用文字填写这一项。", "Please answer this in words."),
            Self::WholeNumber => Text::new(
                "请填写整数，不带小数和单位，例如 3。",
                "Please give a whole number without decimals or units, such as 3.",
            ),
            Self::Amount => Text::new(
                "请填写金额，最多两位小数，例如 1280.50。",
                "Please give an amount with at most two decimals, such as 1280.50.",
            ),
            Self::Day => {
                Text::new("请填写日期，例如 2026-11-23。", "Please give a date, such as 2026-11-23.")
            }
            Self::Days => Text::new(
                "请填写从哪天到哪天，例如 2026-11-01 至 2026-11-23。",
                "Please give two dates, such as 2026-11-01 to 2026-11-23.",
            ),
            Self::YesNo => Text::new("请选择“是”或“否”。", "Please answer yes or no."),
            Self::Choices => Text::new(
                "请从列出的选项里选，可以选几项。",
                "Please choose from the options; several can be chosen.",
            ),
            Self::Address => Text::new(
                "请按“省、市、县（市、区）、镇街、门牌”填写地址。",
                "Please give the address by province, city, county, town, and house number.",
            ),
            Self::Person => Text::new("请填写姓名和身份证号。", "Please give a name and an ID number."),
            Self::Entries => Text::new("请一个一个地填写。", "Please fill in one entry after another."),
        }
    }
}

impl Part {
    /// What is missing.
    fn reason(self) -> Text {
        let (zh, en) = match self {
            Self::From => ("开始的日期", "the first day"),
            Self::To => ("结束的日期", "the last day"),
            Self::Province => ("省份", "the province"),
            Self::City => ("城市", "the city"),
            Self::County => ("县（市、区）", "the county"),
            Self::Town => ("镇或街道", "the town or street"),
            Self::Detail => ("路名和门牌号", "the road and house number"),
            Self::Name => ("姓名", "the name"),
            Self::IdNumber => ("身份证号", "the ID number"),
        };
        Text::new(format!("还差{zh}，请补上。"), format!("Please add {en}."))
    }
}

fn not_a_choice(options: &[Text]) -> Text {
    /// More options than these are not read out in a sentence.
    const NAMED: usize = 12;
    if options.len() > NAMED {
        return Text::new("请从列出的选项里选一项。", "Please choose one of the options in the list.");
    }
    let zh: Vec<&str> = options.iter().map(|option| option.zh.as_str()).collect();
    let en: Vec<&str> = options.iter().map(|option| option.en.as_str()).collect();
    Text::new(
        format!("请从这些当中选一项：{}。", zh.join("、")),
        format!("Please choose one of these: {}.", en.join(", ")),
    )
}

fn count(min: u32, max: u32, found: usize) -> Text {
    if u32::try_from(found).is_ok_and(|found| found < min) {
        Text::new(
            format!("至少要 {min} 项，现在是 {found} 项，请补上。"),
            format!("At least {min} are needed, there are {found}. Please add more."),
        )
    } else {
        Text::new(
            format!("最多 {max} 项，现在是 {found} 项，请去掉一些。"),
            format!("At most {max} are taken, there are {found}. Please remove some."),
        )
    }
}
