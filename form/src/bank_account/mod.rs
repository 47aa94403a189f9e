//! Bank accounts: 12 to 19 digits, the last a check digit (Luhn, ISO/IEC 7812-1).

mod banks;

use citizen_api::Text;

use crate::digits;

/// The fewest digits of an account.
const SHORTEST: usize = 12;

/// The most digits of an account.
const LONGEST: usize = 19;

/// A valid account number, in its normal form. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BankAccount(String);

/// Why a text is not an account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BankAccountError {
    /// It has fewer than 12 or more than 19 digits.
    #[error("a bank account has 12 to 19 digits, this has {found}")]
    Length {
        /// How many characters there are.
        found: usize,
    },
    /// A character is not a digit.
    #[error("character {position} of the bank account is not a digit")]
    Character {
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// The last digit does not fit the others.
    #[error("the check digit of the bank account does not fit")]
    CheckDigit,
}

impl BankAccount {
    /// Reads an account number as it stands on a card: spaces and full-width digits are taken as meant.
    pub fn parse(typed: &str) -> Result<Self, BankAccountError> {
        let number = digits::normalise(typed);
        if let Some(position) = digits::first_other(&number) {
            return Err(BankAccountError::Character { position });
        }
        if !(SHORTEST..=LONGEST).contains(&number.len()) {
            return Err(BankAccountError::Length { found: number.len() });
        }
        if !luhn_sum(&number).is_multiple_of(10) {
            return Err(BankAccountError::CheckDigit);
        }
        Ok(Self(number))
    }

    /// The account number that begins with these digits: the check digit is added.
    pub fn compose(beginning: &str) -> Result<Self, BankAccountError> {
        let check = (10 - luhn_sum(&format!("{beginning}0")) % 10) % 10;
        Self::parse(&format!("{beginning}{check}"))
    }

    /// The normal form: digits only.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bank that the number begins with, for the cards that most people carry; none where it is not listed.
    pub fn bank(&self) -> Option<Text> {
        banks::of(&self.0)
    }

    /// The number in groups of four, as it stands on the card.
    pub fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(self.0.len() + self.0.len() / 4);
        for (place, digit) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// The last four digits, by which people recognise an account.
    pub fn ending(&self) -> &str {
        self.0.len().checked_sub(4).and_then(|start| self.0.get(start..)).unwrap_or_default()
    }
}

impl std::fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BankAccount").finish_non_exhaustive()
    }
}

impl BankAccountError {
    /// What is wrong and how to mend it.
    pub fn reason(&self) -> Text {
        match self {
            Self::Length { found } => Text::new(
                format!(
                    "银行账号应有 {SHORTEST} 至 {LONGEST} 位数字，现在是 {found} 位，请对照银行卡核对一遍。"
                ),
                format!(
                    "A bank account has {SHORTEST} to {LONGEST} digits, this has {found}. \
                     Please check it against the card."
                ),
            ),
            Self::Character { position } => Text::new(
                format!("银行账号第 {position} 位应为数字，请再核对一遍。"),
                format!("Character {position} of the bank account must be a digit. Please check it again."),
            ),
            Self::CheckDigit => Text::new(
                "银行账号中有数字不对，请对照银行卡逐位核对一遍。",
                "A digit of the bank account is not right. Please check it against the card, digit by digit.",
            ),
        }
    }
}

/// The Luhn sum: from the right, every second digit doubled and its own digits added.
fn luhn_sum(number: &str) -> u32 {
    number
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BankAccount, BankAccountError};

    #[test]
    fn a_card_number_is_read_with_its_spaces() {
        let account =
            BankAccount::parse("6222 0000 0000 0000 000").map(|account| account.as_str().to_owned());
        assert_eq!(account, Err(BankAccountError::CheckDigit));
        let account = BankAccount::parse("4111 1111 １１１１ 1111").unwrap();
        assert_eq!(account.as_str(), "4111111111111111");
        assert_eq!(account.ending(), "1111");
    }

    #[test]
    fn each_fault_is_named() {
        for (typed, error) in [
            ("", BankAccountError::Length { found: 0 }),
            ("41111111111", BankAccountError::Length { found: 11 }),
            ("41111111111111111111", BankAccountError::Length { found: 20 }),
            ("4111-1111", BankAccountError::Character { position: 5 }),
            ("4111111111111112", BankAccountError::CheckDigit),
        ] {
            assert_eq!(BankAccount::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_the_account() {
        assert_eq!(format!("{:?}", BankAccount::parse("4111111111111111").unwrap()), "BankAccount { .. }");
    }

    proptest! {
        #[test]
        fn every_single_wrong_digit_is_caught(beginning in "[0-9]{11,18}", place in 0..19usize, other in 0..10u8) {
            let account = BankAccount::compose(&beginning).unwrap();
            let mut wrong = account.as_str().as_bytes().to_vec();
            let place = place % wrong.len();
            prop_assume!(wrong[place] != b'0' + other);
            wrong[place] = b'0' + other;
            prop_assert_eq!(
                BankAccount::parse(&String::from_utf8(wrong).unwrap()),
                Err(BankAccountError::CheckDigit)
            );
        }
    }
}
