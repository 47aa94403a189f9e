//! Acting for someone (代办): a daughter for her mother, an agent at a counter for one case.
//!
//! The person who is acted for gives a mandate, the other accepts it; either ends it. What is done under it names it in
//! the header [`ON_BEHALF_OF`], and a document that is signed under it says so too. The city looks at it in the
//! transaction of every act, and tells both of each.

use serde::{Deserialize, Serialize};

use crate::{ActId, CaseId, MandateId, ServiceId, Subject, Text};

/// The header that names the [`MandateId`] under which a request is made. Without it a person acts for themselves.
pub const ON_BEHALF_OF: &str = "On-Behalf-Of";

/// One of the two sides.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// The person.
    pub subject: Subject,
    /// Their name, as the population register has it.
    pub name: String,
}

/// A mandate as it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mandate {
    /// Its name.
    pub mandate_id: MandateId,
    /// Who is acted for.
    pub from: Party,
    /// Who acts.
    pub to: Party,
    /// What it covers.
    pub scope: MandateScope,
    /// The last day on which it holds, by the civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: jiff::civil::Date,
    /// Where it stands. That it is over by its date is not said here.
    pub status: MandateStatus,
    /// Grows with each change.
    pub revision: u64,
    /// When it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub given_at: jiff::Timestamp,
}

/// Where a mandate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MandateStatus {
    /// Given, and not answered yet.
    Offered,
    /// Accepted: it holds until its last day.
    Accepted,
    /// The other side said no.
    Declined,
    /// One of the two ended it.
    Revoked,
}

/// What a mandate covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MandateScope {
    /// What may be done.
    pub acts: MandateActs,
    /// Where.
    pub extent: MandateExtent,
}

/// What may be done under a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MandateActs {
    /// Look at cases.
    Read,
    /// And file, and answer what offices ask.
    File,
}

/// Where a mandate holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MandateExtent {
    /// For these services, or for every one where none is named.
    Services {
        /// The services.
        #[serde(default)]
        services: Vec<ServiceId>,
    },
    /// For one case of a service: the one that is named, or the one that the first filing makes.
    OneCase {
        /// The service.
        service_id: ServiceId,
        /// The case, once there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case_id: Option<CaseId>,
    },
}

impl MandateScope {
    /// Whether something may be done for a service, within a case where there is one.
    pub fn covers(&self, acts: MandateActs, service: &ServiceId, case: Option<CaseId>) -> bool {
        let there = match &self.extent {
            MandateExtent::Services { services } => services.is_empty() || services.contains(service),
            MandateExtent::OneCase { service_id, case_id: None } => service_id == service && case.is_none(),
            MandateExtent::OneCase { service_id, case_id } => service_id == service && *case_id == case,
        };
        there && self.acts >= acts
    }
}

/// `POST /v1/mandates`: gives a mandate. The other side is named by ID number and name; both must be right.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MandateOffer {
    /// Their ID number (GB 11643).
    pub to_id_number: String,
    /// Their name.
    pub to_name: String,
    /// What it covers.
    pub scope: MandateScope,
    /// The last day on which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: jiff::civil::Date,
}

/// `GET /v1/mandates`: every mandate of the person, oldest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MandateList {
    /// Those that they gave, and those that they were given.
    pub mandates: Vec<Mandate>,
}

/// Under which mandate something was done, and by whom: part of what is signed, and of the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ByMandate {
    /// The mandate.
    pub mandate_id: MandateId,
    /// Who acted.
    pub by: Subject,
}

/// Something that was done under a mandate. Both sides are told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MandateAct {
    /// Its name.
    pub act_id: ActId,
    /// Under which mandate.
    pub mandate_id: MandateId,
    /// What was done.
    pub kind: ActKind,
    /// By whom.
    pub by: Party,
    /// For whom.
    pub on_behalf_of: Party,
    /// The service, in words.
    pub title: Text,
    /// The case, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
}

/// What was done under a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
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

hidden_debug!(Party, Mandate, MandateOffer, MandateList, MandateAct);

#[cfg(test)]
mod tests {
    use super::{MandateActs, MandateExtent, MandateScope};
    use crate::CaseId;

    #[test]
    fn a_scope_covers_what_it_names_and_nothing_beside() {
        let scope = |acts, extent| MandateScope { acts, extent };
        let (file, read) = (MandateActs::File, MandateActs::Read);
        let some = scope(read, MandateExtent::Services { services: vec!["a".into()] });
        assert!(some.covers(read, &"a".into(), Some(CaseId::generate())));
        assert!(!some.covers(file, &"a".into(), None) && !some.covers(read, &"b".into(), None));
        let all = scope(file, MandateExtent::Services { services: Vec::new() });
        assert!(all.covers(file, &"b".into(), None) && all.covers(read, &"b".into(), None));
    }

    #[test]
    fn a_mandate_for_one_case_is_for_the_one_that_it_made() {
        let (case, other) = (CaseId::generate(), CaseId::generate());
        let one = |case_id| MandateScope {
            acts: MandateActs::File,
            extent: MandateExtent::OneCase { service_id: "a".into(), case_id },
        };
        assert!(one(None).covers(MandateActs::File, &"a".into(), None));
        assert!(!one(None).covers(MandateActs::Read, &"a".into(), Some(case)), "not those from before");
        assert!(one(Some(case)).covers(MandateActs::File, &"a".into(), Some(case)));
        assert!(!one(Some(case)).covers(MandateActs::File, &"a".into(), Some(other)));
        assert!(!one(Some(case)).covers(MandateActs::File, &"a".into(), None), "not a second one");
    }
}
