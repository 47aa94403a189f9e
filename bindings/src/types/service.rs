//! Public services, as they are looked at before anything is filled in.

use citizen_api::catalogue::{CounterLevel, DeliveryChoice, LegalBasis, LifeEvent, Workflow};
use citizen_api::{Fen, LifeEventId, ServiceId, Text};
use citizen_core::catalogue::{LifeEventSummary, ServiceSummary, ServiceView};
use citizen_core::draft::Needs;
use jiff::Timestamp;

/// A service in a list.
#[uniffi::remote(Record)]
pub struct ServiceSummary {
    /// The service.
    pub service_id: ServiceId,
    /// What people call it.
    pub title: Text,
    /// What it does for you.
    pub summary: Text,
    /// The office that answers for it.
    pub department: Text,
    /// Whether it holds something that this version cannot show.
    pub needs_newer_app: bool,
    /// Whether the ID is enough for people whom the registers know.
    pub only_the_id: bool,
}

/// An event of a life, and how many services there are for it.
#[uniffi::remote(Record)]
pub struct LifeEventSummary {
    /// The event.
    pub life_event: LifeEvent,
    /// How many services it needs, or may need.
    pub services: u64,
}

/// An event of a life.
#[uniffi::remote(Record)]
pub struct LifeEvent {
    /// Its name in programs.
    pub life_event_id: LifeEventId,
    /// What people call it.
    pub title: Text,
}

/// A service as it is read about. Its questions are seen in a draft.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ServicePage {
    /// What can be said of it in any case.
    pub summary: ServiceSummary,
    /// The rest; none where this version of the app cannot read it.
    pub details: Option<ServiceDetails>,
    /// When the city last said that this is its catalogue.
    pub fetched_at: Option<Timestamp>,
}

/// What a service costs, takes and gives.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ServiceDetails {
    /// What it costs.
    pub fee: Fen,
    /// The law's deadline, in working days.
    pub legal_deadline_days: u32,
    /// The deadline the office promises, in working days.
    pub promised_deadline_days: u32,
    /// What comes out of it.
    pub result: Text,
    /// How a case of it runs.
    pub workflow: Workflow,
    /// How a result can reach the citizen.
    pub delivery: Vec<DeliveryChoice>,
    /// The levels of counters that do it for those who come in person.
    pub counters: Vec<CounterLevel>,
    /// The laws it follows.
    pub legal_basis: Vec<LegalBasis>,
}

impl From<ServiceView> for ServicePage {
    fn from(ServiceView { summary, service, fetched_at }: ServiceView) -> Self {
        let details = service.map(|service| ServiceDetails {
            fee: service.fee,
            legal_deadline_days: service.legal_deadline_days,
            promised_deadline_days: service.promised_deadline_days,
            result: service.result,
            workflow: service.workflow,
            delivery: service.delivery,
            counters: service.counters,
            legal_basis: service.legal_basis,
        });
        Self { summary, details, fetched_at }
    }
}

/// A law that a service follows.
#[uniffi::remote(Record)]
pub struct LegalBasis {
    /// The law.
    pub title: Text,
    /// What it says about this service, in plain words.
    pub says: Text,
}

/// How a case of a service runs.
#[uniffi::remote(Enum)]
pub enum Workflow {
    /// Nothing is filed: the citizen reads something.
    Information,
    /// Reviewed, then granted or refused.
    Decision,
    /// Reviewed, settled line by line, then paid or refused.
    Reimbursement,
    /// Begun by the city itself from its registers.
    Proactive,
    /// What could not be done in one trip: answered by a named desk within a legal time.
    Grievance,
}

/// A level of counters.
#[uniffi::remote(Enum)]
pub enum CounterLevel {
    /// The city's hall.
    City,
    /// A town or street.
    Town,
    /// A work area.
    WorkArea,
    /// A village or neighbourhood.
    Village,
    /// A level that this version does not know.
    Unknown,
}

/// What a service leaves for a person to do.
#[uniffi::remote(Record)]
pub struct Needs {
    /// Whether the ID is enough.
    pub only_the_id: bool,
    /// The papers to have at hand.
    pub files: Vec<Text>,
    /// The papers that a declaration stands for.
    pub declared: Vec<Text>,
    /// The papers for which a counter must help.
    pub at_counter: Vec<Text>,
    /// All of it in one sentence.
    pub sentence: Text,
    /// Whether registers have answered for this very person.
    pub for_this_person: bool,
}
