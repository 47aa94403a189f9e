//! The kinds of medical insurance.

use citizen_api::Text;

/// A kind of medical insurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Of people who work.
    Employee,
    /// Of people who worked.
    Retired,
    /// Of everyone else.
    Resident,
}

impl Scheme {
    /// The word that stands for it in registers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Retired => "retired",
            Self::Resident => "resident",
        }
    }

    /// The kind that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Employee, Self::Retired, Self::Resident].into_iter().find(|scheme| scheme.word() == word)
    }

    /// What people call it.
    pub fn title(self) -> Text {
        match self {
            Self::Employee => Text::new("职工基本医疗保险", "Employees' medical insurance"),
            Self::Retired => Text::new("职工基本医疗保险（退休）", "Employees' medical insurance (retired)"),
            Self::Resident => Text::new("城乡居民基本医疗保险", "Residents' medical insurance"),
        }
    }
}
