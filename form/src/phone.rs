//! Mobile numbers of the mainland: eleven digits that begin with 1.

use citizen_api::Text;

use crate::digits;

/// How many digits a mobile number has.
const LENGTH: usize = 11;

/// A valid mobile number, in its normal form. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

/// Why a text is not a mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// It has not eleven digits.
    #[error("a mobile number has 11 digits, this has {found}")]
    Length {
        /// How many characters there are.
        found: usize,
    },
    /// A character is not a digit.
    #[error("character {position} of the mobile number is not a digit")]
    Character {
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// It does not begin as mobile numbers do: with 1, then 3 to 9.
    #[error("a mobile number begins with 13 to 19")]
    Beginning,
}

impl PhoneNumber {
    /// Reads a mobile number as people type it: spaces, hyphens, full-width digits and the country's +86 are
    /// taken as meant.
    pub fn parse(typed: &str) -> Result<Self, PhoneError> {
        let plain: String = digits::normalise(typed).chars().filter(|character| *character != '-').collect();
        let number = plain.strip_prefix("+86").unwrap_or(&plain);
        if let Some(position) = digits::first_other(number) {
            return Err(PhoneError::Character { position });
        }
        if number.len() != LENGTH {
            return Err(PhoneError::Length { found: number.len() });
        }
        match number.as_bytes() {
            [b'1', b'3'..=b'9', ..] => Ok(Self(number.to_owned())),
            _ => Err(PhoneError::Beginning),
        }
    }

    /// The normal form: eleven digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PhoneNumber").finish_non_exhaustive()
    }
}

impl PhoneError {
    /// What is wrong and how to mend it.
    pub fn reason(&self) -> Text {
        match self {
            Self::Length { found } => Text::new(
                format!("手机号应有 11 位数字，现在是 {found} 位，请再核对一遍。"),
                format!("A mobile number has 11 digits, this has {found}. Please check it again."),
            ),
            Self::Character { position } => Text::new(
                format!("手机号第 {position} 位应为数字，请再核对一遍。"),
                format!("Character {position} of the mobile number must be a digit. Please check it again."),
            ),
            Self::Beginning => Text::new(
                "手机号应以 13 至 19 开头，请填写一个手机号，固定电话收不到短信。",
                "A mobile number begins with 13 to 19. Please give a mobile number: a landline gets no texts.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PhoneError, PhoneNumber};

    #[test]
    fn what_people_type_is_taken_as_meant() {
        for typed in ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"]
        {
            assert_eq!(PhoneNumber::parse(typed).unwrap().as_str(), "13800138000", "{typed}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        for (typed, error) in [
            ("", PhoneError::Length { found: 0 }),
            ("1380013800", PhoneError::Length { found: 10 }),
            ("1380013800a", PhoneError::Character { position: 11 }),
            ("12800138000", PhoneError::Beginning),
            ("05798512345", PhoneError::Beginning),
        ] {
            assert_eq!(PhoneNumber::parse(typed), Err(error), "{typed}");
        }
    }
}
