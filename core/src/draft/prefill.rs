//! Answers that registers give.
//!
//! What they said about a service is kept, sealed, with its date, so that a draft begun without a network
//! already knows it. It is looked up under the service and never copied into a draft: a draft holds what the
//! person wrote and nothing else.

use citizen_api::ServiceId;
use citizen_api::catalogue::PublicService;
use citizen_api::evidence::EvidenceRoute;
use citizen_api::register::ServicePrefill;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;

use super::records::{document, draft};
use super::{DraftId, Drafts};
use crate::Error;
use crate::consent::Purpose;
use crate::people::Compartment;
use crate::store::{Place, Sealer, now_ms, timestamp};

/// What asking the registers brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PrefillReport {
    /// How many answers they give.
    pub answers: usize,
    /// How many papers they stand for.
    pub shared: usize,
}

impl Drafts {
    /// Asks the registers what they know for this draft's service. Each reading is logged at the city with its
    /// purpose; answers that the person gave stay as they are.
    pub async fn prefill(&self, draft_id: DraftId) -> Result<PrefillReport, Error> {
        let service_id = self.compartment.read(|tx, sealer| {
            draft(tx, draft_id)?;
            Ok(document(tx, sealer, draft_id)?.service.service_id.clone())
        })?;
        pull(&self.compartment, &service_id).await
    }
}

/// How long what registers said is taken to hold before they are asked again without a draft.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);
/// For how many services registers are asked ahead at most, whatever a catalogue says: each reading is logged.
const AHEAD: usize = 20;

impl Drafts {
    /// Asks the registers for the services that are often filled in without a network, unless they were asked within
    /// a week, so that a draft which is begun without a network already holds it. Gives how many services were asked
    /// for; one that is refused does not keep the others from it.
    pub async fn prefill_ahead(&self) -> Result<usize, Error> {
        if !self.compartment.agrees_to(Purpose::RegistersAhead)? {
            return Ok(0);
        }
        let mut asked = 0;
        let services = self.compartment.services().documents()?;
        for service in services.iter().filter(|service| registers_know(service)).take(AHEAD) {
            let kept = self.compartment.read(|tx, sealer| kept(tx, sealer, &service.service_id))?;
            let now = Timestamp::now();
            // A time that lies ahead was written by a clock that has since been set back, and says nothing.
            if kept.is_some_and(|(_, at)| at <= now && now.duration_since(at) < FRESH) {
                continue;
            }
            match pull(&self.compartment, &service.service_id).await {
                Ok(_) => asked += 1,
                Err(Error::Refused(_)) => continue,
                Err(error) => return Err(error),
            }
        }
        Ok(asked)
    }
}

/// Whether people file for a service without a network, and a register can answer a question or stand for a paper of it.
fn registers_know(service: &PublicService) -> bool {
    let shared = |route: &EvidenceRoute| matches!(route, EvidenceRoute::Shared { .. });
    service.often_offline
        && service.workflow.is_filed()
        && (service.form.fields().any(|field| field.prefill.is_some())
            || service.requirements.iter().any(|requirement| requirement.routes.iter().any(shared)))
}

/// Asks the registers what they know for a service, and keeps it.
pub(crate) async fn pull(compartment: &Compartment, service_id: &ServiceId) -> Result<PrefillReport, Error> {
    let path = format!("v1/services/{service_id}/prefill");
    let prefill: ServicePrefill = compartment.session().get_json(&path).await?;
    let report = PrefillReport { answers: prefill.answers.len(), shared: prefill.shared.len() };
    compartment.write(|tx, sealer| keep(tx, sealer, service_id, &prefill))?;
    Ok(report)
}

fn slot(sealer: &Sealer, service_id: &ServiceId) -> [u8; 16] {
    sealer.slot("prefills", &[service_id.as_str()])
}

fn place(slot: &[u8], revision: u64) -> Place<'static> {
    Place { table: "prefills", row: citizen_api::jose::encode(slot).into(), column: "sealed", revision }
}

pub(super) fn keep(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    service_id: &ServiceId,
    prefill: &ServicePrefill,
) -> Result<(), Error> {
    let slot = slot(sealer, service_id);
    let revision = tx
        .query_row("SELECT revision FROM prefills WHERE slot = ?1", [slot], |row| row.get::<_, u64>(0))
        .optional()?
        .unwrap_or_default()
        + 1;
    let sealed = sealer.seal(&place(&slot, revision), prefill)?;
    tx.execute(
        "INSERT INTO prefills (slot, revision, fetched_at, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (slot) DO UPDATE
         SET revision = excluded.revision, fetched_at = excluded.fetched_at, sealed = excluded.sealed",
        params![slot, revision, now_ms(), sealed],
    )?;
    Ok(())
}

/// What registers said about a service, and when they were asked.
pub(super) fn kept(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    service_id: &ServiceId,
) -> Result<Option<(ServicePrefill, jiff::Timestamp)>, Error> {
    let slot = slot(sealer, service_id);
    let row = tx
        .query_row("SELECT revision, fetched_at, sealed FROM prefills WHERE slot = ?1", [slot], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })
        .optional()?;
    row.map(|(revision, fetched_at, sealed)| {
        Ok((sealer.open(&place(&slot, revision), &sealed)?, timestamp(fetched_at)?))
    })
    .transpose()
}
