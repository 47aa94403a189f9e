//! One answer against its field.

use citizen_api::Text;
use citizen_api::form::{ChoiceOption, Field, FieldKind};
use citizen_api::money::Fen;
use jiff::civil::Date;
use serde_json::Value;

use crate::bank_account::{BankAccount, BankAccountError};
use crate::digits;
use crate::id_number::{IdNumber, IdNumberError};
use crate::phone::{PhoneError, PhoneNumber};

/// Why an answer is not one. Names no part of the answer itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// It must be answered and is not.
    #[error("not answered")]
    Missing,
    /// The form does not ask this.
    #[error("not a field of the form")]
    UnknownField,
    /// The form asks for a kind of answer that this version does not know.
    #[error("a kind of field that this version does not know")]
    UnknownKind,
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
    /// Not a day of the calendar.
    #[error("not a day")]
    NotADate,
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
    /// Yes or no.
    YesNo,
}

/// Judges an answer and gives its normal form, which is what is stored and filed.
pub fn check(field: &Field, value: &Value) -> Result<Value, AnswerError> {
    match &field.kind {
        FieldKind::Text { max_length } => line(text(value)?, *max_length, field.required),
        FieldKind::LongText { max_length } => lines(text(value)?, *max_length, field.required),
        FieldKind::Number { min, max } => number(value, *min, *max),
        FieldKind::Money { min, max } => money(value, *min, *max),
        FieldKind::Date => day(value.as_str().ok_or(AnswerError::WrongType { expected: AnswerType::Day })?),
        FieldKind::Choice { options } => choice(text(value)?, options),
        FieldKind::YesNo => match value {
            Value::Bool(_) => Ok(value.clone()),
            _ => Err(AnswerError::WrongType { expected: AnswerType::YesNo }),
        },
        FieldKind::IdNumber => Ok(IdNumber::parse(text(value)?)?.as_str().into()),
        FieldKind::Phone => Ok(PhoneNumber::parse(text(value)?)?.as_str().into()),
        FieldKind::BankAccount => Ok(BankAccount::parse(text(value)?)?.as_str().into()),
        FieldKind::Unknown => Err(AnswerError::UnknownKind),
    }
}

/// Reads what a person typed into the answer that the field asks for, and judges it: `12.50` for an amount,
/// `2026年11月23日` for a day, `是` for yes. For shells that have nothing but text.
pub fn read(field: &Field, typed: &str) -> Result<Value, AnswerError> {
    let wrong = |expected| AnswerError::WrongType { expected };
    let value = match &field.kind {
        FieldKind::Number { .. } => {
            let number = digits::normalise(typed).parse::<i64>();
            Value::from(number.map_err(|_| wrong(AnswerType::WholeNumber))?)
        }
        FieldKind::Money { .. } => Value::from(typed_fen(typed).ok_or(wrong(AnswerType::Amount))?),
        FieldKind::Date => Value::from(typed_day(typed)),
        FieldKind::YesNo => match digits::normalise(typed).to_lowercase().as_str() {
            "是" | "yes" | "y" | "true" => Value::Bool(true),
            "否" | "no" | "n" | "false" => Value::Bool(false),
            _ => return Err(wrong(AnswerType::YesNo)),
        },
        FieldKind::Choice { options } => Value::from(typed_choice(typed.trim(), options)),
        _ => Value::from(typed),
    };
    check(field, &value)
}

impl AnswerError {
    /// What is wrong and how to mend it.
    pub fn reason(&self) -> Text {
        match self {
            Self::Missing => {
                Text::new("这一项还没有填写,请填写。", "This has no answer yet. Please answer it.")
            }
            Self::UnknownField => Text::new(
                "这个事项不问这一项,请把它删去。",
                "This service does not ask for this. Please take it out.",
            ),
            Self::UnknownKind => Text::new(
                "这一项要用新版应用才能填写,请更新应用;已经填写的都还在。",
                "This needs a newer version of the app. Please update it; what you have written is kept.",
            ),
            Self::WrongType { expected } => expected.reason(),
            Self::TooLong { max_length, found } => Text::new(
                format!("这一项最多 {max_length} 个字,现在是 {found} 个字,请写短一些。"),
                format!("At most {max_length} characters fit here, this has {found}. Please shorten it."),
            ),
            Self::ControlCharacter { position } => Text::new(
                format!("第 {position} 个字是看不见的符号或换行,请删去后重填。"),
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
            Self::NotADate => Text::new(
                "没有这一天,请按“2026-11-23”这样填写日期。",
                "There is no such day. Please write the date like 2026-11-23.",
            ),
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
                "请填写整数,不带小数和单位,例如 3。",
                "Please give a whole number without decimals or units, such as 3.",
            ),
            Self::Amount => Text::new(
                "请填写金额,最多两位小数,例如 1280.50。",
                "Please give an amount with at most two decimals, such as 1280.50.",
            ),
            Self::Day => Text::new("请填写日期,例如 2026-11-23。", "Please give a date, such as 2026-11-23."),
            Self::YesNo => Text::new("请选择“是”或“否”。", "Please answer yes or no."),
        }
    }
}

fn not_a_choice(options: &[Text]) -> Text {
    let zh: Vec<&str> = options.iter().map(|option| option.zh.as_str()).collect();
    let en: Vec<&str> = options.iter().map(|option| option.en.as_str()).collect();
    Text::new(
        format!("请从这些当中选一项:{}。", zh.join("、")),
        format!("Please choose one of these: {}.", en.join(", ")),
    )
}

fn text(value: &Value) -> Result<&str, AnswerError> {
    value.as_str().ok_or(AnswerError::WrongType { expected: AnswerType::Text })
}

/// One line: spaces at its ends are dropped.
fn line(text: &str, max_length: u32, required: bool) -> Result<Value, AnswerError> {
    bounded(text.trim(), max_length, required, |_| false)
}

/// Several lines: line ends become `\n`, spaces at the ends of the whole are dropped.
fn lines(text: &str, max_length: u32, required: bool) -> Result<Value, AnswerError> {
    let text = text.replace("\r\n", "\n");
    bounded(text.trim(), max_length, required, |character| matches!(character, '\n' | '\t'))
}

fn bounded(
    text: &str,
    max_length: u32,
    required: bool,
    allowed: fn(char) -> bool,
) -> Result<Value, AnswerError> {
    if required && text.is_empty() {
        return Err(AnswerError::Missing);
    }
    let unseen = |character: char| character.is_control() && !allowed(character);
    if let Some(index) = text.chars().position(unseen) {
        return Err(AnswerError::ControlCharacter { position: index + 1 });
    }
    let found = text.chars().count();
    match u32::try_from(found).is_ok_and(|found| found <= max_length) {
        true => Ok(text.into()),
        false => Err(AnswerError::TooLong { max_length, found }),
    }
}

fn number(value: &Value, min: i64, max: i64) -> Result<Value, AnswerError> {
    let number = whole(value, AnswerType::WholeNumber)?;
    match number.is_some_and(|number| (min..=max).contains(&number)) {
        true => Ok(value.clone()),
        false => Err(AnswerError::NumberOutOfBounds { min, max }),
    }
}

fn money(value: &Value, min: i64, max: i64) -> Result<Value, AnswerError> {
    let amount = whole(value, AnswerType::Amount)?;
    match amount.is_some_and(|amount| (min..=max).contains(&amount)) {
        true => Ok(value.clone()),
        false => Err(AnswerError::MoneyOutOfBounds { min: Fen(min), max: Fen(max) }),
    }
}

/// The whole number of an answer; none where it is larger than any bound can be.
fn whole(value: &Value, expected: AnswerType) -> Result<Option<i64>, AnswerError> {
    match value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.as_i64()),
        _ => Err(AnswerError::WrongType { expected }),
    }
}

/// A day, which must be written `YYYY-MM-DD`: no other form is filed, so that nobody downstream has to guess.
fn day(text: &str) -> Result<Value, AnswerError> {
    let text = digits::normalise(text);
    let shape = text.len() == 10 && text.chars().filter(char::is_ascii_digit).count() == 8;
    match text.parse::<Date>() {
        Ok(date) if shape && date.to_string() == text => Ok(text.into()),
        _ => Err(AnswerError::NotADate),
    }
}

fn choice(text: &str, options: &[ChoiceOption]) -> Result<Value, AnswerError> {
    match options.iter().any(|option| option.value == text) {
        true => Ok(text.into()),
        false => Err(AnswerError::NotAChoice {
            options: options.iter().map(|option| option.label.clone()).collect(),
        }),
    }
}

/// The option that a person named by its label or its value; anything else as it is, to be refused.
fn typed_choice<'a>(typed: &'a str, options: &'a [ChoiceOption]) -> &'a str {
    let labelled = |option: &&ChoiceOption| {
        option.label.zh == typed || option.label.en.to_lowercase() == typed.to_lowercase()
    };
    options.iter().find(labelled).map_or(typed, |option| &option.value)
}

/// The fen of an amount in yuan with at most two decimals.
fn typed_fen(typed: &str) -> Option<i64> {
    let plain: String = digits::normalise(typed)
        .chars()
        .map(|character| if character == '。' { '.' } else { character })
        .filter(|character| !matches!(character, ',' | '¥' | '￥' | '元'))
        .collect();
    let (yuan, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits_only = |text: &str| text.chars().all(|character| character.is_ascii_digit());
    if yuan.is_empty() || decimals.len() > 2 || !digits_only(yuan) || !digits_only(decimals) {
        return None;
    }
    let fen = format!("{decimals:0<2}").parse::<i64>().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(fen)
}

/// A typed day as `YYYY-MM-DD`, from the ways people write one; anything else as it is, to be refused.
fn typed_day(typed: &str) -> String {
    let plain = digits::normalise(typed);
    let parts: Vec<&str> =
        plain.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        _ => plain,
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
