//! The catalogue of public services and the trust anchors: pulled when there is a network, whole without one.
//!
//! Both are public and need no login. A pull replaces what is there in one transaction or not at all.
//! What is searched is packed in that same transaction and stored beside the documents, so opening the app reads
//! no document; where it is missing or damaged it is packed again.

mod anchors;
mod entry;
mod fold;
mod install;
mod life_events;
mod near;
mod packed;
mod pinyin;
mod pull;
mod scan;
mod search;
mod services;
mod sought;
mod store;
mod synonyms;
mod word;

pub(crate) use anchors::{anchors, city_keys, doubt_anchors, pull_anchors};
pub use entry::ServiceSummary;
pub(crate) use install::install;
pub use life_events::LifeEventSummary;
pub use pull::CatalogueState;
pub(crate) use pull::pull;
pub(crate) use services::Cache;
pub use services::{ServiceView, Services};

#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod tests;
