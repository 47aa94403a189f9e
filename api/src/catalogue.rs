//! Public services as documents (CPSV-AP: *PublicService*, *Evidence*, *Cost*, *Output*).
//!
//! Adding a service is adding a document: neither the phone nor the city has code for any one of them.

use serde::{Deserialize, Serialize};

use crate::evidence::{Declaration, Requirement};
use crate::form::FormDefinition;
use crate::{Fen, ServiceId, Text};

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
    /// Whether it counts among the livelihood services (民生事项).
    #[serde(default)]
    pub livelihood: bool,
    /// Whether people often fill it in where there is no network, such as in a hospital. Phones then ask registers
    /// for it ahead of time; for other services they ask when a draft is begun.
    #[serde(default)]
    pub often_offline: bool,
    /// The questions it asks.
    pub form: FormDefinition,
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
