//! `GET /v1/services/{service_id}/prefill`: what registers already know for a form.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use citizen_api::catalogue::PublicService;
use citizen_api::evidence::Requirement;
use citizen_api::form::Field;
use citizen_api::mandate::{ActKind, MandateActs};
use citizen_api::problem::Problem;
use citizen_api::register::{PrefilledAnswer, ServicePrefill};
use citizen_api::{RegisterId, ServiceId};

use super::outage;
use super::read::{Purpose, Record, read, source};
use super::shared::met;
use crate::http::{Citizen, City, Json, Refusal};
use crate::mandates::{Need, OnBehalf, Whose};
use crate::store::Tx;

/// What registers know for the form of a service. Each register is read once, and each reading is logged. One that is
/// down is named and not read.
#[utoipa::path(
    get,
    path = "/v1/services/{service_id}/prefill",
    tag = "registers",
    params(("service_id" = String, Path, description = "The service")),
    responses((status = 200, body = ServicePrefill), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn prefill_service(
    State(city): State<City>,
    citizen: Citizen,
    on_behalf: OnBehalf,
    Path(service_id): Path<String>,
) -> Result<Json<ServicePrefill>, Refusal> {
    let service = city.catalogue.service(&ServiceId(service_id)).ok_or_else(Refusal::not_found)?;
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx| -> Result<ServicePrefill, Refusal> {
        let whose = Whose::find(tx, &citizen, on_behalf, at)?;
        // Only who may file has something to fill in.
        whose.check(&Need { acts: MandateActs::File, service: &service.service_id, case: None })?;
        whose.note(tx, ActKind::AskedRegisters, &service.title, None, at)?;
        let purpose = Purpose::of_service(&service, "预先填好：", "Fill in beforehand:");
        let down = outage::down(tx)?;
        let (unavailable, here): (Vec<_>, Vec<_>) =
            registers_of(&service).into_iter().partition(|register| down.contains(register));
        let mut records = BTreeMap::new();
        for register in here {
            let items = items_of(&service, &register);
            let record = read(tx, &whose.citizen_id, &register, &items, &purpose, at)?;
            records.insert(register, record);
        }
        Ok(ServicePrefill {
            service_id: service.service_id.clone(),
            answers: service.form.fields().filter_map(|field| answer(field, &records)).collect(),
            shared: met(service.requirements.iter(), &records),
            purpose: purpose.purpose,
            unavailable,
        })
    };
    Ok(Json(city.store.write(work).await?))
}

/// The registers that a service's form and requirements name.
pub(super) fn registers_of(service: &PublicService) -> BTreeSet<RegisterId> {
    let of_fields = service.form.fields().filter_map(|field| field.prefill.as_ref());
    let of_requirements = service.requirements.iter().flat_map(Requirement::shared);
    of_fields.map(|prefill| &prefill.register).chain(of_requirements).cloned().collect()
}

/// What the form asks of a register: nothing beside it is read.
pub(super) fn items_of<'a>(service: &'a PublicService, register: &RegisterId) -> BTreeSet<&'a str> {
    let of_fields = service.form.fields().filter_map(|field| field.prefill.as_ref());
    of_fields.filter(|prefill| prefill.register == *register).map(|prefill| prefill.item.as_str()).collect()
}

/// The answer that a register gives to a field. What it says is judged as if a person had typed it, so that
/// nothing is filled in that could not be filed.
fn answer(field: &Field, records: &BTreeMap<RegisterId, Record>) -> Option<PrefilledAnswer> {
    let prefill = field.prefill.as_ref()?;
    let item = records.get(&prefill.register)?.item(&prefill.item)?;
    let value = citizen_form::answer::read(field, &item.value).ok()?;
    Some(PrefilledAnswer {
        field_id: field.field_id.clone(),
        value,
        source: source(&prefill.register, item.as_of),
    })
}
