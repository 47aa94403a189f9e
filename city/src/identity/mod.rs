//! Sign-in: an OpenID Connect provider with an ID number and a one-time code, and the devices of citizens.
//!
//! A real city puts its own provider in this place; phones find it by discovery and know nothing of the
//! pages. What is kept of tokens and codes are digests, so that a copy of the database signs nobody in.
//!
//! | Step | File |
//! | --- | --- |
//! | what the provider can do | `discovery` |
//! | the request of the app, checked; or taken beforehand | `authorize`, `push`, `redirect_uri` |
//! | ID number, one-time code, consent | `sign_in`, `flow`, `one_time_code`, `attempts`, `pages` |
//! | tokens for a code, and new ones for old | `token`, `grant_code`, `grant_refresh`, `tokens` |
//! | signing out | `revoke` |
//! | who is signed in, and on which device | `userinfo`, `me`, `devices` |

mod attempts;
mod authorize;
mod devices;
mod discovery;
mod flow;
mod grant_code;
mod grant_refresh;
mod me;
mod one_time_code;
mod pages;
mod push;
mod redirect_uri;
mod revoke;
mod sign_in;
mod token;
mod tokens;
mod userinfo;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;

pub use devices::public_key;

/// The routes of sign-in and devices.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(discovery::openid_configuration))
        .routes(routes!(discovery::jwks))
        .routes(routes!(authorize::authorize, sign_in::take_step))
        .routes(routes!(push::push))
        .routes(routes!(token::token))
        .routes(routes!(revoke::revoke))
        .routes(routes!(userinfo::userinfo))
        .routes(routes!(me::me))
        .routes(routes!(devices::register_device, devices::revoke_device))
        .routes(routes!(devices::list_devices))
        .routes(routes!(one_time_code::give_code))
}

#[cfg(test)]
mod devices_tests;
