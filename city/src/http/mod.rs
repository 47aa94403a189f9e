//! How the city is reached: the router, refusals, who asks, and writes that can be repeated.

mod access_log;
mod auth;
mod city;
pub(crate) mod dpop;
pub mod idempotency;
mod json;
mod path;
mod query;
mod refusal;
mod router;
mod server;

pub use auth::{Citizen, LatelySignedIn, Officer};
pub(crate) use auth::{Pass, prove};
pub use city::City;
pub use json::{Json, JsonBytes};
pub use path::Path;
pub use query::Query;
pub(crate) use refusal::Challenge;
pub use refusal::Refusal;
pub use router::{openapi, router};
pub use server::{Config, ServeError, Server};
