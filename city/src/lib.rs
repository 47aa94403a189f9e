//! The reference city: the counterpart of the phone, whole in one process.
//!
//! # Layout
//!
//! | Module | What it is |
//! | --- | --- |
//! | [`http`] | the router, refusals, who asks, writes that can be repeated, the server |
//! | [`store`] | the seam to the database, with the one writer that gathers commits |
//! | [`clock`] | the civil clock |
//! | [`keys`] | signing, verifying, digests, secrets |
//! | [`data_folder`] | the folder that a city keeps everything in |
//! | [`identity`] | sign-in (OpenID Connect) and devices |
//! | [`registers`] | residents, what departments know of them, and who asked for it |
//! | [`insurance`] | medical-insurance accounts |
//! | [`cases`] | submissions, what became of them, and what officers do with them |
//! | [`mandates`] | acting for someone, and what was done that way |
//! | [`credentials`] | cards issued to citizens |
//! | [`proactive`] | rules over the registers by which the city begins by itself |
//! | [`courier`] | parcels to the door, and what a carrier says of them |
//! | [`instructions`] | what citizens tell the city to do with what is theirs |
//! | [`counters`] | counters on four levels, and places booked there |
//! | [`ledger`] | everything that the city did for a person |
//! | [`figures`] | the figures of the reform, computed and shown |
//! | [`grievances`] | what could not be done in one trip, with its desks and their time |
//! | [`catalogue`] | public services as documents, checked and published |
//! | [`uploads`] | files on their way from phones (tus 1.0) |
//! | [`changes`] | the feed that a phone follows |
//! | [`seed`] | residents that are made up, the same each time |
//! | [`commands`] | the program `city` |

use std::future::Future;

pub mod cases;
pub mod catalogue;
pub mod changes;
pub mod clock;
pub mod commands;
pub mod counters;
pub mod courier;
pub mod credentials;
pub mod data_folder;
pub mod figures;
pub mod grievances;
pub mod http;
pub mod identity;
pub mod instructions;
pub mod insurance;
pub mod keys;
pub mod ledger;
pub mod mandates;
mod openapi;
pub mod proactive;
pub mod registers;
mod rules;
pub mod seed;
pub mod store;
#[cfg(test)]
mod testing;
pub mod uploads;
mod words;

use http::{Config, ServeError, Server};

/// Serves a city behind a listener until `shutdown` ends.
pub async fn serve(
    listener: tokio::net::TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    Server::open(listener, config).await?.run(shutdown).await;
    Ok(())
}
