//! Registers that cannot be asked just now: `GET /v1/officer/registers`, `POST …/{register}/down` and `…/up`.

use std::collections::BTreeSet;

use axum::extract::State;
use citizen_api::RegisterId;
use citizen_api::officer_evidence::{RegisterList, RegisterState, RegisterUp};
use citizen_api::problem::{Problem, ProblemType};

use super::prefill::registers_of;
use super::title;
use crate::cases::look_up::look_up;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::{StoreError, Tx};

/// The registers that are down.
pub(super) fn down(tx: &mut dyn Tx) -> Result<BTreeSet<RegisterId>, StoreError> {
    let rows = tx.query("SELECT register FROM register_outages", &[])?;
    rows.iter().map(|row| row.text(0).map(RegisterId)).collect()
}

/// Every register that a service names, and whether it can be asked.
#[utoipa::path(
    get, path = "/v1/officer/registers", tag = "officers",
    responses(
        (status = 200, description = "The registers", body = RegisterList),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn list_registers(
    State(city): State<City>,
    _: Officer,
) -> Result<Json<RegisterList>, Refusal> {
    let named = named(&city);
    let work = move |tx: &mut dyn Tx| -> Result<RegisterList, StoreError> {
        let all: BTreeSet<RegisterId> = named.into_iter().chain(down(tx)?).collect();
        let registers = all.iter().map(|register| state(tx, register)).collect::<Result<_, _>>()?;
        Ok(RegisterList { registers })
    };
    Ok(Json(city.store.read(work).await?))
}

/// Notes that a register cannot be asked. From then on nothing is read from it, and nobody is kept waiting for it.
#[utoipa::path(
    post, path = "/v1/officer/registers/{register}/down", tag = "officers",
    params(("register" = RegisterId, Path, description = "The register")),
    responses(
        (status = 200, description = "Down, now or before", body = RegisterState),
        (status = 404, description = "No service names such a register", body = Problem),
    ),
)]
pub(super) async fn take_down(
    State(city): State<City>,
    _: Officer,
    Path(register): Path<RegisterId>,
) -> Result<Json<RegisterState>, Refusal> {
    let (named, at) = (named(&city), city.clock.now());
    let work = move |tx: &mut dyn Tx| -> Result<RegisterState, Refusal> {
        refuse_unknown(tx, &named, &register)?;
        tx.execute(
            "INSERT INTO register_outages (register, since) VALUES ($1, $2) ON CONFLICT (register) DO NOTHING",
            &[register.as_str().into(), at.into()],
        )?;
        Ok(state(tx, &register)?)
    };
    Ok(Json(city.store.write(work).await?))
}

/// Notes that a register can be asked again, and looks up in the same transaction what cases waited for.
#[utoipa::path(
    post, path = "/v1/officer/registers/{register}/up", tag = "officers",
    params(("register" = RegisterId, Path, description = "The register")),
    responses(
        (status = 200, description = "Up, now or before", body = RegisterUp),
        (status = 404, description = "No service names such a register", body = Problem),
    ),
)]
pub(super) async fn bring_up(
    State(city): State<City>,
    _: Officer,
    Path(register): Path<RegisterId>,
) -> Result<Json<RegisterUp>, Refusal> {
    let (named, at) = (named(&city), city.clock.now());
    let work = move |tx: &mut dyn Tx| -> Result<RegisterUp, Refusal> {
        refuse_unknown(tx, &named, &register)?;
        tx.execute("DELETE FROM register_outages WHERE register = $1", &[register.as_str().into()])?;
        let done = look_up(tx, &register, at)?;
        let state = state(tx, &register)?;
        Ok(RegisterUp { state, found: done.found, asked: done.asked, missing: done.missing })
    };
    Ok(Json(city.store.write(work).await?))
}

/// The registers that services on offer name.
fn named(city: &City) -> BTreeSet<RegisterId> {
    city.catalogue.services().iter().flat_map(|service| registers_of(service)).collect()
}

/// Refuses a name that no service uses. One that is down can always be brought up again.
fn refuse_unknown(
    tx: &mut dyn Tx,
    named: &BTreeSet<RegisterId>,
    register: &RegisterId,
) -> Result<(), Refusal> {
    if named.contains(register) || down(tx)?.contains(register) {
        return Ok(());
    }
    let names: Vec<&str> = named.iter().map(RegisterId::as_str).collect();
    Err(Refusal::new(
        ProblemType::NotFound,
        format!("没有事项用到这个登记库。可以选：{}。", names.join("、")),
        format!("No service names such a register. Choose one of: {}.", names.join(", ")),
    ))
}

fn state(tx: &mut dyn Tx, register: &RegisterId) -> Result<RegisterState, StoreError> {
    let row = tx.query_one(
        "SELECT (SELECT since FROM register_outages WHERE register = $1),
                (SELECT COUNT(*) FROM case_evidence WHERE way = 'deferred' AND register = $1)",
        &[register.as_str().into()],
    )?;
    let row = row.ok_or(StoreError::Column { column: 0, expected: "a count" })?;
    Ok(RegisterState {
        register: register.clone(),
        title: title(register),
        down_since: row.optional_parse(0)?,
        waiting: row.number(1)?,
    })
}
