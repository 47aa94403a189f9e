//! Answering an office's request: `POST /v1/cases/{case_id}/supplements`. Each request is answered once.

use axum::extract::State;
use axum::http::StatusCode;
use citizen_api::case::{Case, CaseEventKind};
use citizen_api::jose::typ;
use citizen_api::mandate::{ActKind, MandateActs};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::submission::{Acknowledgement, SignedDocument, Supplement};
use citizen_api::{CaseId, TransactionId};
use jiff::Timestamp;

use super::document::{self, Origin};
use super::file::by_mandate;
use super::record::{self, CaseRecord};
use super::workflow::Action;
use super::{act, evidence_check, receipt, services};
use crate::http::idempotency::{Answer, Keyed, replay_or_run};
use crate::http::{Citizen, City, LatelySignedIn, Path, Refusal};
use crate::keys::SigningKey;
use crate::mandates::{Need, OnBehalf, Whose};
use crate::store::Tx;

/// The longest note, in characters.
const NOTE_LENGTH: usize = 2_000;

struct Answering {
    /// Who asks: the citizen whose case it is, or somebody who acts for them.
    asker: Citizen,
    whose: Whose,
    case_id: CaseId,
    key: TransactionId,
    document: String,
    at: Timestamp,
    issuer: SigningKey,
}

/// Answers the request that waits.
#[utoipa::path(
    post, path = "/v1/cases/{case_id}/supplements", tag = "cases", request_body = SignedDocument,
    params(
        ("case_id" = CaseId, Path, description = "The case that asked"),
        ("Idempotency-Key" = TransactionId, Header, description = "The supplement's transaction_id"),
    ),
    responses(
        (status = 201, description = "The city has it", body = Acknowledgement),
        (status = 400, description = "Unreadable, or without a key", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 403, description = "No mandate for it", body = Problem),
        (status = 404, description = "Not there, or not this citizen's", body = Problem),
        (status = 409, description = "Nothing waits for an answer, or evidence incomplete", body = Problem),
        (status = 413, description = "Too large", body = Problem),
        (status = 415, description = "Not JSON, or a file of a kind that is not accepted", body = Problem),
        (status = 422, description = "A file, a signature or the key is at fault", body = Problem),
    ),
)]
pub async fn answer(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    on_behalf: OnBehalf,
    Path(case_id): Path<CaseId>,
    keyed: Keyed<SignedDocument>,
) -> Result<Answer, Refusal> {
    let Keyed { key, request_sha256, body } = keyed;
    let (at, issuer) = (city.clock.now(), city.keys.issuer);
    city.store
        .write(move |tx| {
            let owner = citizen.citizen_id.clone();
            replay_or_run(tx, &owner, key, &request_sha256, |tx| {
                let whose = Whose::find(tx, &citizen, on_behalf, at)?;
                let document = body.document;
                let answering = Answering { asker: citizen, whose, case_id, key, document, at, issuer };
                answering.carry_out(tx).map(|acknowledgement| (StatusCode::CREATED, acknowledgement))
            })
        })
        .await
}

impl Answering {
    fn carry_out(&self, tx: &mut dyn Tx) -> Result<Acknowledgement, Refusal> {
        let record =
            record::find_of(tx, &self.whose.citizen_id, self.case_id)?.ok_or_else(act::no_such_case)?;
        let case = &record.case;
        let need = Need { acts: MandateActs::File, service: &case.service_id, case: Some(self.case_id) };
        self.whose.check(&need)?;
        let supplement = self.open(tx)?;
        self.check(tx, &record, &supplement)?;
        evidence_check::bind_uploads(tx, &self.asker.citizen_id, self.case_id, &supplement.attachments)?;
        let receipt = self.keep(tx, &supplement)?;
        act::advance(tx, &record, step(&record.case, &supplement), &self.whose.in_words(), self.at)?;
        self.whose.note(tx, ActKind::Answered, &case.title, Some(self.case_id), self.at)?;
        let case = act::publish(tx, &self.whose.citizen_id, self.case_id)?;
        Ok(Acknowledgement { receipt, case })
    }

    fn open(&self, tx: &mut dyn Tx) -> Result<Supplement, Refusal> {
        let (device_id, supplement) =
            document::open::<Supplement>(tx, &self.asker.citizen_id, typ::SUPPLEMENT, &self.document)?;
        let origin = Origin {
            transaction_id: supplement.transaction_id,
            subject: &supplement.subject,
            device_id: &supplement.device_id,
        };
        document::check_origin(&origin, self.key, &self.whose.citizen_id, &device_id)?;
        self.whose.check_document(supplement.by.as_ref())?;
        match supplement.case_id == self.case_id {
            true => Ok(supplement),
            false => Err(document::invalid_signature()),
        }
    }

    fn check(&self, tx: &mut dyn Tx, record: &CaseRecord, supplement: &Supplement) -> Result<(), Refusal> {
        let case = &record.case;
        let request = case
            .requests
            .iter()
            .find(|request| request.request_id == supplement.request_id && request.answered_by.is_none())
            .ok_or_else(nothing_waits)?;
        if supplement.note.chars().count() > NOTE_LENGTH {
            return Err(note_too_long());
        }
        // Who has no such paper can say so: the office then decides.
        if supplement.attachments.is_empty() && !supplement.note.trim().is_empty() {
            return Ok(());
        }
        let service = services::version_of(tx, &case.service_id, case.service_version)?;
        let requirement = service.as_ref().and_then(|service| {
            service.requirements.iter().find(|known| known.requirement_id == request.requirement_id)
        });
        requirement
            .map_or(Ok(()), |requirement| evidence_check::check_answer(requirement, &supplement.attachments))
    }

    fn keep(&self, tx: &mut dyn Tx, supplement: &Supplement) -> Result<String, Refusal> {
        let receipt =
            receipt::sign(&self.issuer, self.key, &self.whose, self.case_id, &self.document, self.at)?;
        tx.execute(
            "INSERT INTO supplements (citizen_id, transaction_id, case_id, request_id, document, receipt,
                                      received_at, by_mandate)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                (&self.whose.citizen_id).into(),
                self.key.to_string().into(),
                self.case_id.to_string().into(),
                supplement.request_id.to_string().into(),
                (&self.document).into(),
                (&receipt).into(),
                self.at.into(),
                by_mandate(&self.whose)?,
            ],
        )?;
        Ok(receipt)
    }
}

/// What the answer is to its case: one of several, or the last. The case then goes back to where it was when the city
/// or the office asked.
fn step(case: &Case, supplement: &Supplement) -> Action {
    let others = case
        .requests
        .iter()
        .any(|request| request.answered_by.is_none() && request.request_id != supplement.request_id);
    let taken_on = case.events.iter().any(|event| event.kind == CaseEventKind::Accepted);
    match (others, taken_on) {
        (true, _) => Action::AnswerPart,
        (false, true) => Action::Answer,
        (false, false) => Action::AnswerEarly,
    }
}

fn nothing_waits() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这个办件现在没有等您补材料，可能已经补过了。请看一看最新进展。",
        "The case does not wait for this answer; it may have been given already. Please look at where it stands.",
    )
}

fn note_too_long() -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        format!("说明太长了，请不要超过 {NOTE_LENGTH} 个字。"),
        format!("The note is too long. Please keep it to {NOTE_LENGTH} characters."),
    )
    .at("/note")
}
