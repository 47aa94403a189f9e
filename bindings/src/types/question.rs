//! What a form asks.

use citizen_api::form::{Area, ChoiceOption, Field, FieldKind, Prefill};
use citizen_api::{DeclarationId, FieldId, RegisterId, RequirementId, Text};
use serde_json::Value;

/// The kind of an answer.
#[uniffi::remote(Enum)]
pub enum FieldKind {
    /// One line of text.
    Text {
        /// The longest answer, in characters.
        max_length: u32,
    },
    /// Text of several lines.
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
    /// An amount in fen, within bounds, both included.
    Money {
        /// The smallest answer, in fen.
        min: i64,
        /// The largest answer, in fen.
        max: i64,
    },
    /// A day: `YYYY-MM-DD`.
    Date,
    /// From one day to another: the parts `from` and `to`.
    DateRange,
    /// One of several.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Some of several.
    Choices {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
        /// The fewest that an answer names.
        min: u32,
        /// The most that an answer names.
        max: u32,
    },
    /// Yes or no.
    YesNo,
    /// An ID number.
    IdNumber,
    /// A mobile number.
    Phone,
    /// A bank account.
    BankAccount,
    /// A place: the parts `province`, `city`, `county`, `town`, `detail`.
    Address {
        /// Places that are offered to choose from; any other can be written.
        areas: Vec<Area>,
    },
    /// Another person: the parts `name` and `id_number`.
    Person,
    /// The same questions for each of several things.
    Group {
        /// What one entry is called.
        entry: Text,
        /// What is asked of each.
        fields: Vec<Field>,
        /// The fewest entries.
        min: u32,
        /// The most entries.
        max: u32,
    },
    /// The place where the files of a requirement are asked for.
    Attachment {
        /// Which requirement.
        requirement: RequirementId,
    },
    /// The place where a declaration is shown.
    Declaration {
        /// Which declaration.
        declaration: DeclarationId,
    },
    /// Words between questions.
    Note,
    /// A kind that this version does not know.
    Unknown,
}

/// One of several answers.
#[uniffi::remote(Record)]
pub struct ChoiceOption {
    /// What the answer is stored as.
    pub value: String,
    /// What the person reads.
    pub label: Text,
}

/// A place that addresses are chosen from.
#[uniffi::remote(Record)]
pub struct Area {
    /// The province.
    pub province: String,
    /// The city.
    pub city: String,
    /// The county, or a city of its rank.
    pub county: String,
    /// Its towns and streets.
    pub towns: Vec<String>,
}

/// A question of a group, before it is answered.
#[uniffi::remote(Record)]
pub struct Field {
    /// The field's name.
    pub field_id: FieldId,
    /// The question.
    pub label: Text,
    /// How to answer it.
    pub help: Option<Text>,
    /// The kind of answer.
    pub kind: FieldKind,
    /// Whether it must be answered before filing.
    pub required: bool,
    /// When it must be answered, beside `required`: for the core.
    pub required_when: Option<Value>,
    /// When it is asked at all: for the core.
    pub visible_when: Option<Value>,
    /// What its answer is computed from: for the core.
    pub compute: Option<Value>,
    /// The register that can answer it instead of the citizen.
    pub prefill: Option<Prefill>,
}

/// Where a field can be answered from without asking.
#[uniffi::remote(Record)]
pub struct Prefill {
    /// The register.
    pub register: RegisterId,
    /// The item of the person's record in it.
    pub item: String,
}
