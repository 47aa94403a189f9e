//! Cards issued to a citizen (证照): SD-JWT VC bound to the key of a phone, with a status list.

pub mod issue;
pub mod publish;
pub mod record;
pub mod revoke;
pub mod sd_jwt;
pub mod status_list;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use revoke::end;

use crate::http::City;

/// The routes of cards.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(issue::issue))
        .routes(routes!(publish::status_list))
        .routes(routes!(publish::issuer))
        .routes(routes!(revoke::revoke))
}
