//! A department asks another's register: `POST /v1/officer/registers/{register}/query`.

use std::collections::BTreeSet;

use axum::extract::State;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::register::{RegisterAnswer, RegisterQuery};
use citizen_api::{RegisterId, ServiceId};
use citizen_form::IdNumber;
use jiff::Timestamp;

use super::outage;
use super::purposes::KnownPurpose;
use super::read::read;
use crate::cases::record;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::Tx;

/// Asks a register about a person. The purpose decides which items are answered, and no other is; the reading is
/// in the person's log before it is answered.
#[utoipa::path(
    post, path = "/v1/officer/registers/{register}/query", tag = "officers", request_body = RegisterQuery,
    params(("register" = RegisterId, Path, description = "The register")),
    responses(
        (status = 200, description = "What the purpose allows", body = RegisterAnswer),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token, or not for this purpose", body = Problem),
        (status = 404, description = "Nobody has this ID number", body = Problem),
        (status = 422, description = "Not an ID number", body = Problem),
        (status = 503, description = "The register cannot be asked now", body = Problem),
    ),
)]
pub(super) async fn query(
    State(city): State<City>,
    _: Officer,
    Path(register): Path<RegisterId>,
    Json(query): Json<RegisterQuery>,
) -> Result<Json<RegisterAnswer>, Refusal> {
    let id_number = IdNumber::parse(&query.id_number).map_err(|error| {
        let reason = error.reason();
        Refusal::new(ProblemType::InvalidIdNumber, reason.zh, reason.en).at("/id_number")
    })?;
    let purpose = KnownPurpose::named(&query.purpose)?.filter(|known| known.register == register);
    let purpose = purpose.ok_or_else(|| no_purpose("/purpose"))?;
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx| answer(tx, &register, &id_number, &purpose, &query, at);
    city.store.write(work).await.map(Json)
}

fn answer(
    tx: &mut dyn Tx,
    register: &RegisterId,
    id_number: &IdNumber,
    purpose: &KnownPurpose,
    query: &RegisterQuery,
    at: Timestamp,
) -> Result<RegisterAnswer, Refusal> {
    if outage::down(tx)?.contains(register) {
        return Err(cannot_be_asked());
    }
    let found =
        tx.query_one("SELECT citizen_id FROM residents WHERE id_number = $1", &[id_number.as_str().into()])?;
    let citizen_id = found.ok_or_else(Refusal::not_found)?.text(0)?;
    let service_id = service_of(tx, &citizen_id, purpose, query)?;
    let items: BTreeSet<&str> = purpose.items.iter().map(String::as_str).collect();
    let record = read(tx, &citizen_id, register, &items, &purpose.logged(query.case_id, service_id), at)?;
    let last = tx.query_one(
        "SELECT MAX(sequence) FROM register_log WHERE citizen_id = $1",
        &[citizen_id.as_str().into()],
    )?;
    let value = |item: &str| Some((item.to_owned(), record.item(item)?.value.clone()));
    Ok(RegisterAnswer {
        known: record.source(register).is_some(),
        items: items.into_iter().filter_map(value).collect(),
        sequence: last.ok_or_else(Refusal::internal)?.number(0)?,
    })
}

/// The service of the case that it is asked for. The case must be the person's, and open: what is done needs no more
/// looking up.
fn service_of(
    tx: &mut dyn Tx,
    citizen_id: &str,
    purpose: &KnownPurpose,
    query: &RegisterQuery,
) -> Result<Option<ServiceId>, Refusal> {
    let Some(case_id) = query.case_id else {
        return if purpose.needs_case { Err(no_purpose("/case_id")) } else { Ok(None) };
    };
    let case = record::find_of(tx, citizen_id, case_id)?.map(|record| record.case);
    let open = case.filter(|case| !case.status.is_final()).ok_or_else(|| no_purpose("/case_id"))?;
    Ok(Some(open.service_id))
}

fn no_purpose(pointer: &str) -> Refusal {
    Refusal::new(
        ProblemType::Forbidden,
        "不能这样查：要有登记过的用途，需要办件的还要写明本人正在办的办件。",
        "This may not be asked: it takes a purpose that is on record, and where that needs one, an open case of this person.",
    )
    .at(pointer)
}

fn cannot_be_asked() -> Refusal {
    Refusal::new(
        ProblemType::Unavailable,
        "这个登记库暂时查不了，请稍后再试。不要让群众补证明。",
        "This register cannot be asked just now. Try again later; do not ask the citizen for a proof.",
    )
    .retry_after(300)
}
