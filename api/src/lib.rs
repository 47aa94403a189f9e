//! The wire types of the contract between a citizen's phone and the city.
//!
//! Both sides compile these types and nothing else in common but the judging of forms
//! (`citizen-form`). Every type here is what travels as JSON; the city's OpenAPI document is derived
//! from them behind the feature `openapi`.
//!
//! # Layout
//!
//! | Module | What travels |
//! | --- | --- |
//! | [`text`] | words in both languages, and which language a person reads |
//! | [`id`] | identifiers, each a type of its own |
//! | [`money`] | amounts in fen |
//! | [`problem`] | refusals, as RFC 9457 problem details with stable types |
//! | [`jose`] | compact signed documents (RFC 7515) and public keys (RFC 7517), without the cryptography |
//! | [`identity`] | devices and who is signed in |
//! | [`catalogue`], [`form`], [`evidence`], [`migration`] | public services as documents, and how drafts follow their versions |
//! | [`submission`] | what a citizen files, frozen and signed, and the city's receipt |
//! | [`upload`] | the tus 1.0 headers and metadata in use |
//! | [`case`] | what became of it |
//! | [`grievance`] | what could not be done in one trip, and the answer to it |
//! | [`offer`] | what the city has found for a citizen before they asked |
//! | [`instruction`] | what a citizen tells the city to do with something that is theirs already |
//! | [`insurance`], [`settlement`] | the medical-insurance account, and how a bill is settled |
//! | [`credential`] | cards issued to a citizen |
//! | [`mandate`] | acting for someone |
//! | [`counter`] | counters where people are served, and places booked there |
//! | [`delivery`] | how a result travels to the door |
//! | [`changes`] | the feed a phone follows |
//! | [`register`] | answers that registers give, and who asked them for what |
//! | [`officer`], [`officer_evidence`] | what officers send, and the ledger they may read |
//! | [`figures`] | the figures of the reform, computed from documents and cases |

#[macro_use]
mod hidden;

pub mod case;
pub mod catalogue;
pub mod changes;
pub mod counter;
pub mod credential;
pub mod delivery;
pub mod evidence;
pub mod figures;
pub mod form;
pub mod grievance;
pub mod id;
pub mod identity;
pub mod instruction;
pub mod insurance;
pub mod jose;
pub mod mandate;
pub mod migration;
pub mod money;
pub mod offer;
pub mod officer;
pub mod officer_evidence;
pub mod problem;
pub mod register;
pub mod settlement;
pub mod submission;
pub mod text;
pub mod upload;

pub use id::*;
pub use money::Fen;
pub use text::{Language, Text};
