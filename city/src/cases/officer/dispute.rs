//! What citizens say is wrong in registers: listed, put right, or kept with a reason.

use axum::extract::State;
use citizen_api::case::{Case, CaseDispute, DisputeStatus};
use citizen_api::officer_evidence::{DisputeEntry, DisputeList, WithReason};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{CaseId, FieldId, RegisterId, Text};
use jiff::Timestamp;
use serde::Deserialize;

use super::request::in_both_languages;
use super::{Done, on_case};
use crate::cases::dispute::as_registered;
use crate::cases::record::CaseRecord;
use crate::cases::{act, services};
use crate::clock::day_of;
use crate::http::{City, Json, Officer, Path, Query, Refusal};
use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word, word};

/// Which disputes.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    status: Option<DisputeStatus>,
}

/// What citizens say is wrong, oldest first, at most 500.
#[utoipa::path(
    get, path = "/v1/officer/disputes", tag = "officers",
    params(("status" = Option<DisputeStatus>, Query, description = "Only disputes in this status")),
    responses(
        (status = 200, description = "The disputes", body = DisputeList),
        (status = 400, description = "Not a status", body = Problem),
    ),
)]
pub(super) async fn disputes(
    State(city): State<City>,
    _: Officer,
    Query(filter): Query<Filter>,
) -> Result<Json<DisputeList>, Refusal> {
    if filter.status == Some(DisputeStatus::Unknown) {
        return Err(Refusal::malformed());
    }
    let work = move |tx: &mut dyn Tx| -> Result<DisputeList, StoreError> {
        let status = filter.status.map(|status| word(&status)).transpose()?.unwrap_or(Value::Null);
        let rows = tx.query(
            "SELECT case_id, field_id, label_zh, label_en, register, item, registered, answer, note, status
             FROM disputes WHERE $1 IS NULL OR status = $1
             ORDER BY received_at, case_id, field_id LIMIT 500",
            &[status],
        )?;
        Ok(DisputeList { disputes: rows.iter().map(entry).collect::<Result<_, _>>()? })
    };
    Ok(Json(city.store.read(work).await?))
}

fn entry(row: &Row) -> Result<DisputeEntry, StoreError> {
    Ok(DisputeEntry {
        case_id: row.parse(0)?,
        field_id: row.text(1)?.as_str().into(),
        label: read_text(row, 2)?,
        register: RegisterId(row.text(4)?),
        item: row.text(5)?,
        registered: row.json(6)?,
        answer: row.json(7)?,
        note: row.text(8)?,
        status: read_word(row, 9)?,
    })
}

/// Writes the citizen's answer into the register's record, as of today.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/disputes/{field_id}/correct", tag = "officers",
    params(
        ("case_id" = CaseId, Path, description = "The case"),
        ("field_id" = FieldId, Path, description = "The field that the register answered"),
    ),
    responses(
        (status = 200, description = "Corrected, now or before", body = Case),
        (status = 404, description = "No such case or dispute", body = Problem),
        (status = 409, description = "Settled otherwise before, or no text of a register", body = Problem),
    ),
)]
pub(super) async fn correct(
    State(city): State<City>,
    _: Officer,
    Path((case_id, field_id)): Path<(CaseId, FieldId)>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx, record: &CaseRecord| {
        if !still_open(&record.case.disputes, &field_id, DisputeStatus::Corrected, None)? {
            return Ok(Done::Before);
        }
        write_record(tx, record, &field_id, at)?;
        settle(tx, record, &field_id, DisputeStatus::Corrected, &Text::default(), at)
    };
    on_case(&city, case_id, work).await.map(Json)
}

/// Keeps the record as it is, for a reason.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/disputes/{field_id}/keep", tag = "officers",
    request_body = WithReason,
    params(
        ("case_id" = CaseId, Path, description = "The case"),
        ("field_id" = FieldId, Path, description = "The field that the register answered"),
    ),
    responses(
        (status = 200, description = "Kept, now or before with the same words", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 404, description = "No such case or dispute", body = Problem),
        (status = 409, description = "Settled otherwise before", body = Problem),
        (status = 422, description = "Without a reason", body = Problem),
    ),
)]
pub(super) async fn keep(
    State(city): State<City>,
    _: Officer,
    Path((case_id, field_id)): Path<(CaseId, FieldId)>,
    Json(body): Json<WithReason>,
) -> Result<Json<Case>, Refusal> {
    in_both_languages(&body.reason, "/reason")?;
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx, record: &CaseRecord| {
        let reason = Some(&body.reason);
        if !still_open(&record.case.disputes, &field_id, DisputeStatus::Kept, reason)? {
            return Ok(Done::Before);
        }
        settle(tx, record, &field_id, DisputeStatus::Kept, &body.reason, at)
    };
    on_case(&city, case_id, work).await.map(Json)
}

/// Whether a dispute waits; false where it was settled in this very way.
fn still_open(
    disputes: &[CaseDispute],
    field_id: &FieldId,
    status: DisputeStatus,
    reason: Option<&Text>,
) -> Result<bool, Refusal> {
    let dispute =
        disputes.iter().find(|dispute| dispute.field_id == *field_id).ok_or_else(no_such_dispute)?;
    match dispute.status {
        DisputeStatus::Received => Ok(true),
        before if before == status && dispute.reason.as_ref() == reason => Ok(false),
        _ => Err(settled_before()),
    }
}

fn settle(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    field_id: &FieldId,
    status: DisputeStatus,
    reason: &Text,
    at: Timestamp,
) -> Result<Done, Refusal> {
    tx.execute(
        "UPDATE disputes SET status = $4, reason_zh = $5, reason_en = $6, settled_at = $7
         WHERE citizen_id = $1 AND case_id = $2 AND field_id = $3",
        &[
            (&record.citizen_id).into(),
            record.case.case_id.to_string().into(),
            field_id.as_str().into(),
            word(&status)?,
            (&reason.zh).into(),
            (&reason.en).into(),
            at.into(),
        ],
    )?;
    act::touch(tx, &record.citizen_id, record.case.case_id)?;
    Ok(Done::Now)
}

/// Writes what the citizen answered into the register, in the text that registers keep.
fn write_record(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    field_id: &FieldId,
    at: Timestamp,
) -> Result<(), Refusal> {
    let (citizen_id, case) = (&record.citizen_id, &record.case);
    let row = tx.query_one(
        "SELECT register, item, answer FROM disputes
         WHERE citizen_id = $1 AND case_id = $2 AND field_id = $3",
        &[citizen_id.into(), case.case_id.to_string().into(), field_id.as_str().into()],
    )?;
    let row = row.ok_or_else(no_such_dispute)?;
    let service = services::version_of(tx, &case.service_id, case.service_version)?;
    let field = service.as_ref().and_then(|service| service.form.field(field_id));
    let answer: serde_json::Value = row.json(2)?;
    let text = field.and_then(|field| as_registered(field, &answer)).ok_or_else(not_a_record)?;
    tx.execute(
        "INSERT INTO register_records (citizen_id, register, item, value, as_of) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (citizen_id, register, item)
         DO UPDATE SET value = excluded.value, as_of = excluded.as_of",
        &[citizen_id.into(), row.text(0)?.into(), row.text(1)?.into(), text.into(), day_of(at).into()],
    )?;
    Ok(())
}

fn no_such_dispute() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "这个办件没有这项更正申请。请用 city dispute list 看一看有哪些。",
        "The case has no such dispute. See which there are with city dispute list.",
    )
}

fn settled_before() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这项更正申请已经有了另一种结果，不能再改。请本人重新提出。",
        "The dispute was settled otherwise before. The citizen can bring it forward again.",
    )
}

fn not_a_record() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这一项的填写内容没法直接写进登记库。请到登记库的主管部门更正，再在这里写明理由保留。",
        "This answer cannot be written into the register from here. Correct it at the register's own office, then keep it here with that reason.",
    )
}
