//! Beginning a grievance.

use citizen_api::grievance::{About, RefusedBefore};
use citizen_api::{CaseId, ServiceId, Text, TransactionId};

use super::Grievances;
use crate::Error;
use crate::draft::{self, Concern, DraftDocument, DraftId};

/// What a grievance is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concerning {
    /// Nothing that the phone knows.
    Nothing,
    /// A service.
    Service(ServiceId),
    /// A case: also an answer to an earlier grievance that did not help.
    Case(CaseId),
    /// Something in the outbox that the city refuses.
    Refused(TransactionId),
    /// A reading of the person's records that they object to, by its place in the register log.
    Reading(u64),
}

impl Grievances {
    /// Begins a draft that says what could not be done, or gives the open one about the same thing. Works without a
    /// network.
    ///
    /// Nothing but the name of the case or the service goes along, unless the person lets the desk read more: see
    /// [`Drafts::share_case`](crate::draft::Drafts::share_case).
    pub fn begin(&self, concerning: &Concerning) -> Result<DraftId, Error> {
        let services = self.compartment.services();
        let service = services.for_grievances()?;
        let concern = self.concern(concerning)?;
        let draft_id = DraftId::generate();
        self.compartment.write(|tx, sealer| {
            let same = |document: &DraftDocument| {
                document.service.service_id == service.service_id
                    && document.supplement.is_none()
                    && document.concern == concern
            };
            if let Some(begun) = draft::begun(tx, sealer, same)? {
                return Ok(begun);
            }
            let document = DraftDocument { concern: concern.clone(), ..DraftDocument::of(service.clone()) };
            draft::insert(tx, sealer, draft_id, &document)?;
            Ok(draft_id)
        })
    }

    fn concern(&self, concerning: &Concerning) -> Result<Option<Concern>, Error> {
        Ok(match concerning {
            Concerning::Nothing => None,
            Concerning::Service(service_id) => {
                let title = self.compartment.services().view(service_id)?.summary.title;
                Some(about_service(service_id.clone(), title, None))
            }
            Concerning::Case(case_id) => {
                let case = self.compartment.cases().stored(*case_id)?;
                let about = About {
                    service_id: Some(case.service_id),
                    case_id: Some(case.case_id),
                    ..About::default()
                };
                Some(Concern { about, title: case.title })
            }
            Concerning::Reading(sequence) => {
                let mut entries = self.compartment.register_log().list()?.entries.into_iter();
                let entry = entries.find(|entry| entry.sequence == *sequence).ok_or(Error::UnknownReading)?;
                let about = About { reading: Some(entry.sequence), ..About::default() };
                Some(Concern { about, title: entry.title })
            }
            Concerning::Refused(transaction_id) => {
                let (draft_id, problem) = self.compartment.outbox().refusal(*transaction_id)?;
                let refused = RefusedBefore { kind: problem.kind, title: problem.title };
                let summary = self.compartment.drafts().show(draft_id)?;
                Some(about_service(summary.service_id, summary.title, Some(refused)))
            }
        })
    }
}

fn about_service(service_id: ServiceId, title: Text, refused: Option<RefusedBefore>) -> Concern {
    Concern { about: About { service_id: Some(service_id), refused, ..About::default() }, title }
}
