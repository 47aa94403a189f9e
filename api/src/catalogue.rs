//! Public services as documents (CPSV-AP: *PublicService*, *Evidence*, *Cost*, *Output*).
//!
//! Adding a service is adding a document: neither the phone nor the city has code for any one of them.

use serde::{Deserialize, Serialize};

use crate::evidence::{Declaration, Requirement};
use crate::form::FormDefinition;
use crate::migration::Migration;
use crate::{Fen, LifeEventId, ServiceId, Text};

/// `GET /v1/catalogue?after=VERSION`: what changed in the catalogue since a version. `after=0`, or none,
/// gives all of it. Public: needs no login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueDelta {
    /// The catalogue's version after this delta. Grows with each publication.
    pub version: u64,
    /// The services that are new or changed since.
    pub changed: Vec<PublicService>,
    /// The services that are no longer offered.
    pub withdrawn: Vec<ServiceId>,
}

/// One thing the city does for people (事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicService {
    /// Its name in links and programs.
    pub service_id: ServiceId,
    /// The document's version; a submission names the version it was made with.
    pub version: u32,
    /// What people call it.
    pub title: Text,
    /// What it does for you, in a sentence or two.
    pub summary: Text,
    /// Further words by which people look for it, in any language.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The office that answers for it.
    pub department: Text,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Audience>,
    /// The event of a life that people need it for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life_event: Option<LifeEvent>,
    /// Whether it counts among the livelihood services (民生事项).
    #[serde(default)]
    pub livelihood: bool,
    /// Whether people often fill it in where there is no network, such as in a hospital. Phones then ask registers
    /// for it ahead of time; for other services they ask when a draft is begun.
    #[serde(default)]
    pub often_offline: bool,
    /// How often people use it in a year, roughly. Where nothing was typed, what is used most comes first.
    #[serde(default)]
    pub uses_a_year: u32,
    /// The laws it follows, and what they say about it in plain words.
    #[serde(default)]
    pub legal_basis: Vec<LegalBasis>,
    /// The questions it asks.
    pub form: FormDefinition,
    /// How a draft that was begun with an earlier version is moved to this one. One for each of the last three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrations: Vec<Migration>,
    /// How long the version before this one is still accepted after this one was published, in days.
    #[serde(default)]
    pub grace_days: u32,
    /// What must be shown, and by which routes.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// The declarations that a requirement may be met by.
    #[serde(default)]
    pub declarations: Vec<Declaration>,
    /// What it costs.
    #[serde(default)]
    pub fee: Fen,
    /// The law's deadline, in working days.
    pub legal_deadline_days: u32,
    /// The deadline the office promises, in working days.
    pub promised_deadline_days: u32,
    /// What comes out of it.
    pub result: Text,
    /// How a case of it runs.
    pub workflow: Workflow,
    /// How a result can reach the citizen. Empty where nothing is handed over.
    #[serde(default)]
    pub delivery: Vec<DeliveryChoice>,
    /// The levels of counters that do it for those who come in person (四级).
    #[serde(default)]
    pub counters: Vec<CounterLevel>,
}

/// Whom a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// People, in what concerns themselves and their families.
    Citizens,
    /// Companies, traders and other organisations.
    Businesses,
    /// Somebody whom this version does not know.
    #[serde(other)]
    Unknown,
}

/// An event of a life, by which people look for what they need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LifeEvent {
    /// Its name in programs; the same event has the same words in every document.
    pub life_event_id: LifeEventId,
    /// What people call it.
    pub title: Text,
}

/// A law that a service follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LegalBasis {
    /// The law, with its article where one is meant.
    pub title: Text,
    /// What it says about this service, in plain words.
    pub says: Text,
}

/// A level of counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CounterLevel {
    /// The city's hall (市).
    City,
    /// A town or street (镇街).
    Town,
    /// A work area (工作片).
    WorkArea,
    /// A village or neighbourhood (村居).
    Village,
    /// A level that this version does not know.
    #[serde(other)]
    Unknown,
}

/// How a case of a service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Workflow {
    /// Nothing is filed: the citizen reads something, such as a balance.
    Information,
    /// Reviewed, then granted or refused.
    Decision,
    /// Reviewed, settled line by line, then paid or refused.
    Reimbursement,
    /// Begun by the city itself from its registers.
    Proactive,
    /// What could not be done in one trip (跑一次没办成): answered by a named desk within a legal time.
    Grievance,
}

impl Workflow {
    /// Whether citizens file something.
    pub fn is_filed(self) -> bool {
        matches!(self, Self::Decision | Self::Reimbursement | Self::Grievance)
    }
}

/// How a result can reach the citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChoice {
    /// In the app, at once.
    Phone,
    /// By courier to the door.
    Courier,
    /// Fetched at a counter.
    Counter,
}
