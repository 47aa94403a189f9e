//! Forms as data: what is asked, and the shape of an answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DeclarationId, FieldId, RegisterId, RequirementId, Text};

/// The answers of a citizen, by field. The JSON type of each is said by its [`FieldKind`].
pub type Answers = BTreeMap<FieldId, serde_json::Value>;

/// A rule of a form: a JSONLogic expression. It sees the answers by the names of their fields, without those of
/// hidden fields, and the day as `today` (`YYYY-MM-DD`). In a [`FieldKind::Group`] it sees the entry's own answers
/// before those of the form.
pub type Rule = serde_json::Value;

/// A blank form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormDefinition {
    /// The pages, in the order they are asked. Empty where the service asks nothing.
    pub pages: Vec<Page>,
    /// What must agree between answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<FormCheck>,
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
    /// When it is asked at all; always where there is no rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub visible_when: Option<Rule>,
}

/// Something that must agree between answers. It is judged once every field it names is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormCheck {
    /// The fields that it is about; what is wrong is shown at the last of them.
    pub fields: Vec<FieldId>,
    /// What holds where all is well.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub holds: Rule,
    /// What is wrong where it does not hold, and how to mend it.
    pub reason: Text,
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
    /// When it must be answered, beside [`Field::required`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub required_when: Option<Rule>,
    /// When it is asked at all; always where there is no rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub visible_when: Option<Rule>,
    /// What its answer is computed from; such a field is shown and never typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub compute: Option<Rule>,
    /// The register that can answer it instead of the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
}

impl Field {
    /// A question that is asked of everyone and may be left out.
    pub fn new(field_id: impl Into<FieldId>, label: Text, kind: FieldKind) -> Self {
        Self {
            field_id: field_id.into(),
            label,
            help: None,
            kind,
            required: false,
            required_when: None,
            visible_when: None,
            compute: None,
            prefill: None,
        }
    }
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
    /// From one day to another, both included: `{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}`.
    DateRange,
    /// One of several: the string of an option's `value`.
    Choice {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
    },
    /// Some of several: a list of the strings of options' `value`, each once.
    Choices {
        /// What can be chosen.
        options: Vec<ChoiceOption>,
        /// The fewest that an answer names.
        min: u32,
        /// The most that an answer names.
        max: u32,
    },
    /// Yes or no: a boolean.
    YesNo,
    /// An ID number (GB 11643): a string of 18 characters.
    IdNumber,
    /// A mobile number of the mainland: a string of 11 digits that begins with 1.
    Phone,
    /// A bank account: a string of 12 to 19 digits with a valid check digit (Luhn).
    BankAccount,
    /// A place, in four levels and a detail:
    /// `{"province": "…", "city": "…", "county": "…", "town": "…", "detail": "…"}`.
    Address {
        /// Places that are offered to choose from; any other can be written.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        areas: Vec<Area>,
    },
    /// Another person: `{"name": "…", "id_number": "…"}`, the number as for [`FieldKind::IdNumber`].
    Person,
    /// The same questions for each of several things, such as every child: a list of objects, each with the entry's
    /// answers by field. A group holds no further group, attachment, declaration or note.
    Group {
        /// What one entry is called.
        entry: Text,
        /// What is asked of each.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        fields: Vec<Field>,
        /// The fewest entries.
        min: u32,
        /// The most entries.
        max: u32,
    },
    /// The place in the form where the files of a requirement are asked for. Has no answer of its own.
    Attachment {
        /// Which requirement.
        requirement: RequirementId,
    },
    /// The place in the form where a declaration is shown. Has no answer of its own.
    Declaration {
        /// Which declaration.
        declaration: DeclarationId,
    },
    /// Words between questions. Has no answer.
    Note,
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

/// A place that addresses are chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Area {
    /// The province, such as `浙江省`.
    pub province: String,
    /// The city, such as `金华市`.
    pub city: String,
    /// The county, or a city of its rank, such as `义乌市`.
    pub county: String,
    /// Its towns and streets.
    pub towns: Vec<String>,
}
