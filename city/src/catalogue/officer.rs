//! `PUT /v1/officer/services/{service_id}`: publishes a document while the city runs. Adding a service is adding a
//! document; it needs no restart and no new program.

use axum::extract::State;
use citizen_api::ServiceId;
use citizen_api::officer_evidence::PublishedService;
use citizen_api::problem::{Problem, ProblemType};

use super::check::check;
use super::fault::PlacedFault;
use super::publish::CatalogueError;
use crate::http::{City, Json, JsonBytes, Officer, Path, Refusal};

/// Publishes a document, checked as strictly as those that the city is started with. The same document again changes
/// nothing.
#[utoipa::path(
    put, path = "/v1/officer/services/{service_id}", tag = "officers", request_body = Object,
    params(("service_id" = ServiceId, Path, description = "The service")),
    responses(
        (status = 200, description = "Published, now or before", body = PublishedService),
        (status = 409, description = "A published version never changes and never goes back", body = Problem),
        (status = 413, description = "Too large", body = Problem),
        (status = 415, description = "Not JSON", body = Problem),
        (status = 422, description = "The document is not sound", body = Problem),
    ),
)]
pub(super) async fn publish_service(
    State(city): State<City>,
    _: Officer,
    Path(service_id): Path<ServiceId>,
    JsonBytes(document): JsonBytes,
) -> Result<Json<PublishedService>, Refusal> {
    let text = std::str::from_utf8(&document).map_err(|_| Refusal::malformed())?;
    let service = check(service_id.as_str(), text).map_err(|faults| not_sound(&faults))?;
    let version = service.version;
    let catalogue_version =
        city.catalogue.add(&city.store, service, city.clock.today()).await.map_err(not_published)?;
    Ok(Json(PublishedService { service_id, version, catalogue_version }))
}

/// The first fault, with its place; how many more there are. All of them are told by `city catalogue check`.
fn not_sound(faults: &[PlacedFault]) -> Refusal {
    let Some(PlacedFault { line, fault }) = faults.first() else { return Refusal::internal() };
    let (more, reason) = (faults.len() - 1, &fault.reason);
    Refusal::new(
        ProblemType::InvalidAnswer,
        format!("事项文档第 {line} 行有误，没有发布：{} 另外还有 {more} 处。用 city catalogue check 可以看到全部。", reason.zh),
        format!(
            "Line {line} of the document is wrong and it was not published: {} {more} more; city catalogue check tells all.",
            reason.en
        ),
    )
    .at(fault.pointer.clone())
}

fn not_published(error: CatalogueError) -> Refusal {
    match error {
        CatalogueError::VersionKept { version, .. } => Refusal::new(
            ProblemType::WrongState,
            format!("第 {version} 版已经发布过，内容不能再改。请把 version 加一，并写上迁移步骤。"),
            format!("Version {version} was published before and never changes. Raise the version by one and write its migration."),
        )
        .at("/version"),
        CatalogueError::OlderVersion { version, published, .. } => Refusal::new(
            ProblemType::WrongState,
            format!("已经发布到第 {published} 版，不能退回第 {version} 版。请用更高的 version。"),
            format!("Version {published} is published already, so version {version} cannot follow. Use a higher version."),
        )
        .at("/version"),
        CatalogueError::DoesNotFit { fault, .. } => {
            Refusal::new(ProblemType::InvalidAnswer, fault.reason.zh, fault.reason.en).at(fault.pointer)
        }
        CatalogueError::Store(error) => error.into(),
        CatalogueError::Document(error) => {
            tracing::error!(%error, "one document was published, and others are told of");
            Refusal::internal()
        }
    }
}
