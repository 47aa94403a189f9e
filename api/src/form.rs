//! Forms as data: what is asked, and the shape of an answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FieldId, RegisterId, Text};

/// The answers of a citizen, by field. The JSON type of each is said by its [`FieldKind`].
pub type Answers = BTreeMap<FieldId, serde_json::Value>;

/// A blank form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormDefinition {
    /// The pages, in the order they are asked. Empty where the service asks nothing.
    pub pages: Vec<Page>,
}

impl FormDefinition {
    /// Every field of every page, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pages.iter().flat_map(|page| &page.fields)
    }

    /// The field of that name.
    pub fn field(&self, field_id: &FieldId) -> Option<&Field> {
        self.fields().find(|field| field.field_id == *field_id)
    }
}

/// A page of a form: at most five things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// The page's heading.
    pub title: Text,
    /// What it asks, in order.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Field {
    /// The field's name.
    pub field_id: FieldId,
    /// The question.
    pub label: Text,
    /// How to answer it: where on the paper to look, what is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The kind of answer.
    pub kind: FieldKind,
    /// Whether it must be answered before filing.
    #[serde(default)]
    pub required: bool,
    /// The register that can answer it instead of the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
}

/// Where a field can be answered from without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prefill {
    /// The register.
    pub register: RegisterId,
    /// The item of the person's record in it.
    pub item: String,
}

/// The kind of an answer, and with it the JSON type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text: a string of at most `max_length` characters (Unicode scalar values).
    Text {
        /// The longest answer, in characters.
        max_length: u32,
    },
    /// Text of several lines: a string of at most `max_length` characters.
    LongText {
        /// The longest answer, in characters.
        max_length: u32,
    },
    /// A whole number within bounds, both included.
    Number {
        /// The smallest answer.
        min: i64,
        /// The largest answer.
        max: i64,
    },
    /// An amount: a whole number of fen within bounds, both included.
    Money {
        /// The smallest answer, in fen.
        min: i64,
        /// The largest answer, in fen.
        max: i64,
    },
    /// A day: a string `YYYY-MM-DD`.
    Date,
    /// One of several: the string of an option's `value`.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Yes or no: a boolean.
    YesNo,
    /// An ID number (GB 11643): a string of 18 characters.
    IdNumber,
    /// A mobile number of the mainland: a string of 11 digits that begins with 1.
    Phone,
    /// A bank account: a string of 12 to 19 digits with a valid check digit (Luhn).
    BankAccount,
    /// A kind that this version does not know. A form with one says that it needs a newer app.
    #[serde(other)]
    Unknown,
}

/// One of several answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoiceOption {
    /// What the answer is stored as.
    pub value: String,
    /// What the person reads.
    pub label: Text,
}
