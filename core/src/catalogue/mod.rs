//! The catalogue of public services and the trust anchors: pulled when there is a network, whole without one.
//!
//! Both are public and need no login. A pull replaces what is there in one transaction or not at all.

mod anchors;
mod index;
mod pinyin;
mod pull;
mod search;
mod services;
mod store;

pub(crate) use anchors::{anchors, city_keys, pull_anchors};
pub use index::ServiceSummary;
pub use pull::CatalogueState;
pub(crate) use pull::pull;
pub(crate) use services::Cache;
pub use services::{ServiceView, Services};

#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod tests;
