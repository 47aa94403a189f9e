//! Opening the compartment of somebody who is acted for.

use citizen_api::mandate::{Mandate, MandateStatus};
use citizen_api::{MandateId, Subject};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::list::standing;
use super::represented::{self, Row};
use super::{MandateStanding, Mandates};
use crate::Error;
use crate::error::disk;
use crate::mirror::{self, Kind};
use crate::people::{Compartment, PersonId, PersonRecord};
use crate::store::wiping_deep_after;

/// Somebody who is acted for on this phone.
#[derive(Clone, PartialEq, Eq)]
pub struct Represented {
    /// Their compartment within the helper's.
    pub person_id: PersonId,
    /// What they are called.
    pub label: String,
    /// Whether there is a mandate that holds now. Without one everything can be read and written, and nothing sent.
    pub holds: bool,
}

impl Mandates {
    /// Everyone whom this person acts, or has acted, for.
    pub fn represented(&self) -> Result<Vec<Represented>, Error> {
        let (rows, mandates) = (self.compartment.read(represented::all)?, self.list()?);
        rows.into_iter()
            .map(|(person_id, row)| {
                let subject = &row.record.subject;
                let holds = mandates.iter().any(|view| {
                    view.mandate.from.subject == *subject && view.standing == MandateStanding::Holds
                });
                Ok(Represented { person_id, label: row.record.label, holds })
            })
            .collect()
    }

    /// The compartment of somebody whom this person acts for: drafts, papers and the outbox are theirs, the phone's key
    /// and the session are the helper's. It is made where a mandate was accepted, and opens for as long as the helper's
    /// is open, whatever became of the mandate since.
    pub fn act_for(&self, mandate_id: MandateId) -> Result<Compartment, Error> {
        let kept = self
            .compartment
            .read(|tx, sealer| mirror::get::<Mandate>(tx, sealer, Kind::Mandate, &mandate_id.to_string()))?;
        let mandate = kept.ok_or(Error::NoMandate)?.document;
        if mandate.to.subject != self.compartment.subject()? {
            return Err(Error::NoMandate);
        }
        let subject = &mandate.from.subject;
        let known = self.compartment.read(|tx, sealer| represented::of_subject(tx, sealer, subject))?;
        match known {
            Some((person_id, row)) => self.open(person_id, row),
            None if mandate.status == MandateStatus::Accepted => self.make(&mandate),
            None => Err(Error::NoMandate),
        }
    }

    /// The compartment of somebody whom this person acts for, by its name.
    pub fn open_represented(&self, person_id: PersonId) -> Result<Compartment, Error> {
        let rows = self.compartment.read(represented::all)?;
        let (person_id, row) =
            rows.into_iter().find(|(known, _)| *known == person_id).ok_or(Error::NoSuchPerson)?;
        self.open(person_id, row)
    }

    /// Removes what is written for somebody from this phone, and nothing else. The key goes first.
    pub fn remove_represented(&self, person_id: PersonId) -> Result<(), Error> {
        self.compartment.lock_represented(person_id);
        if !self.compartment.write(|tx, _| represented::remove(tx, person_id))? {
            return Err(Error::NoSuchPerson);
        }
        match std::fs::remove_dir_all(self.compartment.folder_of_represented(person_id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(disk(error)),
            _ => Ok(()),
        }
    }

    /// The mandate by which this person may act for somebody: of several, the newest that holds.
    pub(crate) fn holding(&self, subject: &Subject) -> Result<Option<MandateId>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::all::<Mandate>(tx, sealer, Kind::Mandate))?;
        let own = self.compartment.subject()?;
        let accepted = |mandate: &Mandate| {
            mandate.from.subject == *subject
                && mandate.to.subject == own
                && mandate.status == MandateStatus::Accepted
        };
        // One that is over by this device's clock comes last and is tried all the same: the city goes by its own clock.
        let mandates = kept.into_iter().map(|kept| kept.document).filter(accepted);
        let order = |mandate: &Mandate| (standing(mandate) == MandateStanding::Holds, mandate.given_at);
        Ok(mandates.max_by_key(order).map(|mandate| mandate.mandate_id))
    }

    fn make(&self, mandate: &Mandate) -> Result<Compartment, Error> {
        let record = PersonRecord { label: mandate.from.name.clone(), subject: mandate.from.subject.clone() };
        let (person_id, mut key) = (PersonId::generate(), Zeroizing::new(vec![0; 32]));
        SystemRandom::new().fill(&mut key).map_err(|_| Error::internal("no random bytes"))?;
        let row = Row { record, key };
        self.compartment.make_represented(person_id, &row.record, array(&row.key)?)?;
        self.compartment.write(|tx, sealer| represented::insert(tx, sealer, person_id, &row))?;
        self.open(person_id, row)
    }

    fn open(&self, person_id: PersonId, row: Row) -> Result<Compartment, Error> {
        wiping_deep_after(|| self.compartment.open_represented(person_id, row.record, array(&row.key)?))
    }
}

fn array(key: &[u8]) -> Result<&[u8; 32], Error> {
    key.try_into().map_err(|_| Error::RecordAltered)
}
