//! Mandates, what was done under them, and devices, as they are shown.

use citizen_api::mandate::{ActKind, MandateActs, MandateExtent, MandateOffer, MandateScope};
use citizen_api::{ActId, CaseId, DeviceId, MandateId, ServiceId, Text};
use citizen_core::PersonId;
use citizen_core::mandate::{self, MandateSide, MandateStanding, Represented};
use citizen_core::people::DeviceView;
use jiff::Timestamp;
use jiff::civil::Date;

/// What may be done under a mandate.
#[uniffi::remote(Enum)]
pub enum MandateActs {
    /// Look at cases.
    Read,
    /// And file, and answer what offices ask.
    File,
}

/// Where a mandate holds.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum MandateReach {
    /// For these services, or for every one where none is named.
    Services {
        /// The services.
        services: Vec<ServiceId>,
    },
    /// For one case of a service.
    OneCase {
        /// The service.
        service_id: ServiceId,
        /// The case, once there is one.
        case_id: Option<CaseId>,
    },
}

impl From<MandateExtent> for MandateReach {
    fn from(extent: MandateExtent) -> Self {
        match extent {
            MandateExtent::Services { services } => Self::Services { services },
            MandateExtent::OneCase { service_id, case_id } => Self::OneCase { service_id, case_id },
        }
    }
}

impl From<MandateReach> for MandateExtent {
    fn from(reach: MandateReach) -> Self {
        match reach {
            MandateReach::Services { services } => Self::Services { services },
            MandateReach::OneCase { service_id, case_id } => Self::OneCase { service_id, case_id },
        }
    }
}

/// A mandate that is to be given.
#[derive(Clone, uniffi::Record)]
pub struct MandateDraft {
    /// The ID number of who is to act.
    pub to_id_number: String,
    /// Their name.
    pub to_name: String,
    /// What they may do.
    pub acts: MandateActs,
    /// Where.
    pub reach: MandateReach,
    /// The last day on which it holds.
    pub until: Date,
}

impl From<MandateDraft> for MandateOffer {
    fn from(draft: MandateDraft) -> Self {
        let MandateDraft { to_id_number, to_name, acts, reach, until } = draft;
        Self { to_id_number, to_name, scope: MandateScope { acts, extent: reach.into() }, until }
    }
}

/// On which side of a mandate the person stands.
#[uniffi::remote(Enum)]
pub enum MandateSide {
    /// They gave it.
    Given,
    /// They were given it.
    Received,
}

/// How it stands with a mandate.
#[uniffi::remote(Enum)]
pub enum MandateStanding {
    /// It waits to be accepted.
    Offered,
    /// It holds.
    Holds,
    /// Its last day is over.
    Over,
    /// It was declined.
    Declined,
    /// It was ended.
    Revoked,
}

/// A mandate, as it is shown.
#[derive(Clone, uniffi::Record)]
pub struct MandateView {
    /// The mandate.
    pub mandate_id: MandateId,
    /// On which side the person stands.
    pub side: MandateSide,
    /// How it stands.
    pub standing: MandateStanding,
    /// Who is acted for.
    pub from: String,
    /// Who acts.
    pub to: String,
    /// What may be done.
    pub acts: MandateActs,
    /// Where.
    pub reach: MandateReach,
    /// The last day on which it holds.
    pub until: Date,
    /// What it says, in a sentence.
    pub sentence: Text,
}

impl From<mandate::MandateView> for MandateView {
    fn from(view: mandate::MandateView) -> Self {
        let mandate::MandateView { mandate, side, standing, sentence } = view;
        Self {
            mandate_id: mandate.mandate_id,
            side,
            standing,
            from: mandate.from.name,
            to: mandate.to.name,
            acts: mandate.scope.acts,
            reach: mandate.scope.extent.into(),
            until: mandate.until,
            sentence,
        }
    }
}

/// What was done under a mandate.
#[uniffi::remote(Enum)]
pub enum ActKind {
    /// What registers know for a form was asked.
    AskedRegisters,
    /// A case was looked at, or all of them.
    Read,
    /// An application was filed.
    Filed,
    /// A question of an office was answered.
    Answered,
}

/// Something that was done under a mandate, as it is shown.
#[derive(Clone, uniffi::Record)]
pub struct ActView {
    /// The act.
    pub act_id: ActId,
    /// Under which mandate.
    pub mandate_id: MandateId,
    /// What was done.
    pub kind: ActKind,
    /// The case, where it was one.
    pub case_id: Option<CaseId>,
    /// When, by the city's clock.
    pub at: Timestamp,
    /// Who did what for whom, in a sentence.
    pub sentence: Text,
}

impl From<mandate::ActView> for ActView {
    fn from(view: mandate::ActView) -> Self {
        let mandate::ActView { act, sentence } = view;
        Self {
            act_id: act.act_id,
            mandate_id: act.mandate_id,
            kind: act.kind,
            case_id: act.case_id,
            at: act.at,
            sentence,
        }
    }
}

/// Somebody who is acted for on this phone.
#[uniffi::remote(Record)]
pub struct Represented {
    /// Their compartment within the helper's.
    pub person_id: PersonId,
    /// What they are called.
    pub label: String,
    /// Whether there is a mandate that holds now.
    pub holds: bool,
}

/// A device that the person is signed in on.
#[derive(Clone, uniffi::Record)]
pub struct DeviceCard {
    /// The device.
    pub device_id: DeviceId,
    /// What the person would recognise it by.
    pub name: String,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Whether it is this one.
    pub this: bool,
}

impl From<DeviceView> for DeviceCard {
    fn from(DeviceView { device, this }: DeviceView) -> Self {
        Self { device_id: device.device_id, name: device.name, registered_at: device.registered_at, this }
    }
}
