//! Filing: `POST /v1/submissions`.
//!
//! The case, the document as it was signed, what it claims, the receipt, the change for the phones and the
//! memory of the key are one transaction: either all of it is on the disk when the answer leaves, or none.

use axum::extract::State;
use axum::http::StatusCode;
use citizen_api::case::{CaseEventKind, CaseStatus};
use citizen_api::catalogue::PublicService;
use citizen_api::jose::typ;
use citizen_api::mandate::{ActKind, MandateActs};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::submission::{Acknowledgement, SignedDocument, Submission};
use citizen_api::{CaseId, TransactionId};
use citizen_form::CompiledForm;
use citizen_form::answers::check_all;
use jiff::Timestamp;

use super::ask::ask_by_city;
use super::document::{self, Origin};
use super::met::{self, Met, Way};
use super::services::Offer;
use super::working_days::WorkingDays;
use super::{act, claims, dispute, evidence_check, receipt, services};
use crate::clock::day_of;
use crate::courier;
use crate::grievances;
use crate::http::idempotency::{Answer, Keyed, replay_or_run};
use crate::http::{Citizen, City, LatelySignedIn, Refusal};
use crate::keys::SigningKey;
use crate::mandates::{Need, OnBehalf, Whose};
use crate::registers::{Purpose, ask};
use crate::store::{StoreError, Tx, Value};
use crate::words::word;

/// What a filing needs beside the document.
struct Filing {
    /// Who asks: the citizen whose application it is, or somebody who acts for them.
    asker: Citizen,
    whose: Whose,
    key: TransactionId,
    document: String,
    at: Timestamp,
    issuer: SigningKey,
}

/// Files a submission.
#[utoipa::path(
    post, path = "/v1/submissions", tag = "cases", request_body = SignedDocument,
    params(("Idempotency-Key" = TransactionId, Header, description = "The submission's transaction_id")),
    responses(
        (status = 201, description = "The city has it", body = Acknowledgement),
        (status = 400, description = "Unreadable, or without a key", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 403, description = "No mandate for it", body = Problem),
        (status = 404, description = "No such service or version", body = Problem),
        (status = 409, description = "Evidence incomplete, claimed before, or an outdated form", body = Problem),
        (status = 413, description = "Too large", body = Problem),
        (status = 415, description = "Not JSON, or a file of a kind that is not accepted", body = Problem),
        (status = 422, description = "An answer, a signature or the key is at fault", body = Problem),
    ),
)]
pub async fn file(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    on_behalf: OnBehalf,
    keyed: Keyed<SignedDocument>,
) -> Result<Answer, Refusal> {
    let Keyed { key, request_sha256, body } = keyed;
    let (at, issuer) = (city.clock.now(), city.keys.issuer);
    city.store
        .write(move |tx| {
            // The key is the asker's: who has filed something for another hears what came of it, even when the mandate
            // has ended since.
            let owner = citizen.citizen_id.clone();
            replay_or_run(tx, &owner, key, &request_sha256, |tx| {
                let whose = Whose::find(tx, &citizen, on_behalf, at)?;
                let filing = Filing { asker: citizen, whose, key, document: body.document, at, issuer };
                filing.carry_out(tx).map(|acknowledgement| (StatusCode::CREATED, acknowledgement))
            })
        })
        .await
}

impl Filing {
    fn carry_out(&self, tx: &mut dyn Tx) -> Result<Acknowledgement, Refusal> {
        let submission = self.open(tx)?;
        let service = self.service(tx, &submission)?;
        self.whose.check(&Need { acts: MandateActs::File, service: &service.service_id, case: None })?;
        check_answers(&service, &submission, self.at)?;
        check_delivery(&service, &submission)?;
        let case_id = CaseId::generate();
        let purpose = Purpose::of_service(&service, "核对材料：", "Check the papers for");
        let registers = ask(tx, &self.whose.citizen_id, service.requirements.iter(), &purpose, self.at)?;
        let met = met::judge(&service.requirements, &registers, &submission)?;
        // Files come from the phone that signs.
        evidence_check::bind_uploads(tx, &self.asker.citizen_id, case_id, &submission.attachments)?;
        self.open_case(tx, case_id, &service, &submission)?;
        self.claim(tx, case_id, &submission)?;
        let receipt = self.keep(tx, case_id)?;
        met::keep(tx, &self.whose.citizen_id, case_id, &met, self.at)?;
        self.keep_declarations(tx, case_id, &service, &submission)?;
        dispute::keep(tx, &self.whose.citizen_id, case_id, &service.form, &submission, self.at)?;
        self.ask_afterwards(tx, case_id, &met)?;
        grievances::open(tx, &self.whose.citizen_id, case_id, &service, &submission, self.at)?;
        self.whose.note(tx, ActKind::Filed, &service.title, Some(case_id), self.at)?;
        self.whose.tie(tx, case_id)?;
        let case = act::publish(tx, &self.whose.citizen_id, case_id)?;
        Ok(Acknowledgement { receipt, case })
    }

    fn open(&self, tx: &mut dyn Tx) -> Result<Submission, Refusal> {
        let (device_id, submission) =
            document::open::<Submission>(tx, &self.asker.citizen_id, typ::SUBMISSION, &self.document)?;
        let origin = Origin {
            transaction_id: submission.transaction_id,
            subject: &submission.subject,
            device_id: &submission.device_id,
        };
        document::check_origin(&origin, self.key, &self.whose.citizen_id, &device_id)?;
        self.whose.check_document(submission.by.as_ref())?;
        Ok(submission)
    }

    /// The document that the filing is judged by: the version that the citizen saw, as long as it is accepted.
    fn service(&self, tx: &mut dyn Tx, submission: &Submission) -> Result<PublicService, Refusal> {
        let version = submission.service_version;
        match services::offer(tx, &submission.service_id, version, day_of(self.at))? {
            Offer::Accepted(service) if service.workflow.is_filed() => Ok(*service),
            Offer::Outdated => Err(form_outdated()),
            Offer::Accepted(_) | Offer::NotOffered => Err(no_such_service()),
        }
    }

    fn open_case(
        &self,
        tx: &mut dyn Tx,
        case_id: CaseId,
        service: &PublicService,
        submission: &Submission,
    ) -> Result<(), Refusal> {
        let calendar = WorkingDays::embedded()?;
        let promised_by = calendar.after(day_of(self.at), service.promised_deadline_days);
        let delivery = submission.delivery.map(|choice| word(&choice)).transpose()?;
        tx.execute(
            "INSERT INTO cases (citizen_id, case_id, transaction_id, service_id, service_version, workflow,
                                title_zh, title_en, status, revision, received_at, promised_by, off_hours,
                                delivery)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12, $13)",
            &[
                (&self.whose.citizen_id).into(),
                case_id.to_string().into(),
                self.key.to_string().into(),
                service.service_id.as_str().into(),
                service.version.into(),
                word(&service.workflow)?,
                (&service.title.zh).into(),
                (&service.title.en).into(),
                word(&CaseStatus::Received)?,
                self.at.into(),
                promised_by.into(),
                (!calendar.is_open(self.at)).into(),
                delivery.unwrap_or_else(|| "".into()),
            ],
        )?;
        let by = self.whose.in_words();
        act::add_event(tx, &self.whose.citizen_id, case_id, 1, CaseEventKind::Received, &by, self.at)?;
        Ok(())
    }

    /// Keeps which of the service's declarations were signed, so that the case shows them without its documents.
    fn keep_declarations(
        &self,
        tx: &mut dyn Tx,
        case_id: CaseId,
        service: &PublicService,
        submission: &Submission,
    ) -> Result<(), StoreError> {
        let signed = service
            .declarations
            .iter()
            .filter(|declaration| submission.declarations.contains(&declaration.declaration_id));
        for declaration in signed {
            tx.execute(
                "INSERT INTO case_declarations (citizen_id, case_id, declaration_id, title_zh, title_en)
                 VALUES ($1, $2, $3, $4, $5)",
                &[
                    (&self.whose.citizen_id).into(),
                    case_id.to_string().into(),
                    declaration.declaration_id.as_str().into(),
                    (&declaration.title.zh).into(),
                    (&declaration.title.en).into(),
                ],
            )?;
        }
        Ok(())
    }

    /// Asks the citizen for what no register has, where the phone could not know that when it filed.
    fn ask_afterwards(&self, tx: &mut dyn Tx, case_id: CaseId, met: &[Met<'_>]) -> Result<(), Refusal> {
        for Met { requirement, way, .. } in met {
            if let Way::Asked { register } = way {
                ask_by_city(tx, &self.whose.citizen_id, case_id, requirement, register, self.at)?;
            }
        }
        Ok(())
    }

    fn claim(&self, tx: &mut dyn Tx, case_id: CaseId, submission: &Submission) -> Result<(), Refusal> {
        let service_id = &submission.service_id;
        let Some(fact) = claims::fact(&claims::embedded()?, service_id, &submission.answers) else {
            return Ok(());
        };
        let claimed = claims::claim(tx, service_id, &fact, &self.whose.citizen_id, case_id)?;
        claimed.then_some(()).ok_or_else(already_claimed)
    }

    fn keep(&self, tx: &mut dyn Tx, case_id: CaseId) -> Result<String, Refusal> {
        let receipt = receipt::sign(&self.issuer, self.key, &self.whose, case_id, &self.document, self.at)?;
        tx.execute(
            "INSERT INTO submissions (citizen_id, transaction_id, case_id, document, receipt, received_at,
                                      by_mandate)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                (&self.whose.citizen_id).into(),
                self.key.to_string().into(),
                case_id.to_string().into(),
                (&self.document).into(),
                (&receipt).into(),
                self.at.into(),
                by_mandate(&self.whose)?,
            ],
        )?;
        Ok(receipt)
    }
}

/// Under which mandate a document came, as it is kept.
pub(super) fn by_mandate(whose: &Whose) -> Result<Value, StoreError> {
    whose.by().map_or_else(|| Ok("".into()), |by| Value::json(&by))
}

/// Judges the answers as the phone should have: the first that is at fault is named. Rules that look at the day see
/// the one on which the citizen filed, unless the phone's clock runs ahead: a claim that waited for a network is judged
/// as it was signed.
fn check_answers(service: &PublicService, submission: &Submission, at: Timestamp) -> Result<(), Refusal> {
    let form = CompiledForm::compile(&service.form).map_err(|error| {
        tracing::error!(service = %service.service_id, %error, "a published form cannot be compiled");
        Refusal::internal()
    })?;
    let today = day_of(submission.made_at.min(at));
    match check_all(&form, &submission.answers, today).into_iter().next() {
        None => Ok(()),
        Some(finding) => {
            let reason = finding.error.reason();
            let escaped = finding.field_id.as_str().replace('~', "~0").replace('/', "~1");
            Err(Refusal::new(ProblemType::InvalidAnswer, reason.zh, reason.en)
                .at(format!("/answers/{escaped}")))
        }
    }
}

fn check_delivery(service: &PublicService, submission: &Submission) -> Result<(), Refusal> {
    match submission.delivery {
        Some(choice) if !service.delivery.contains(&choice) => Err(Refusal::new(
            ProblemType::InvalidAnswer,
            "这个事项不提供您选的领取方式，请换一种。",
            "This service does not offer that way of delivery. Please choose another.",
        )
        .at("/delivery")),
        _ => match &submission.deliver_to {
            Some(to) => courier::check_address(to).map_err(|refusal| refusal.at("/deliver_to")),
            None => Ok(()),
        },
    }
}

fn no_such_service() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "这个事项现在不能在网上办，或者表单的版本已经不收了。请更新事项目录后再试。",
        "This service cannot be filed online now, or this version of its form is not accepted. Please update the catalogue and try again.",
    )
}

fn form_outdated() -> Refusal {
    Refusal::new(
        ProblemType::FormOutdated,
        "这个事项的表单已经更新，您填的是上一版，所以没有收下。您填的内容一样也没丢：请打开草稿，它会移到新表单上，再提交一次。",
        "The form of this service has changed and this was filled in on the one before, so it was not taken. Nothing that you wrote is lost: open the draft, it is moved to the new form, and file it again.",
    )
    .at("/service_version")
}

fn already_claimed() -> Refusal {
    Refusal::new(
        ProblemType::AlreadyClaimed,
        "这张发票已经申请过报销，不能再报一次。如果号码填错了，请改正后再提交。",
        "This invoice has been claimed before and cannot be claimed twice. If its number is wrong, please correct it and file again.",
    )
    .at("/answers")
}

/// The document of the submission that made a case.
pub(crate) fn submission_of(
    tx: &mut dyn Tx,
    citizen_id: &str,
    transaction_id: TransactionId,
) -> Result<Submission, StoreError> {
    let row = tx.query_one(
        "SELECT document FROM submissions WHERE citizen_id = $1 AND transaction_id = $2",
        &[citizen_id.into(), transaction_id.to_string().into()],
    )?;
    let missing = StoreError::Column { column: 0, expected: "the submission of a case" };
    document::reread(&row.ok_or(missing)?.text(0)?)
}
