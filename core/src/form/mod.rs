//! A draft as a person sees it: pages, answers with where they come from, papers with how each is met, and what
//! is still needed before it can be filed.
//!
//! Everything here is derived from the service's document, the answers, the attachments and what the registers said;
//! nothing is stored, nothing asks the network. Shells draw any form from it and hold no field of any service.

mod build;
mod fields;
mod in_words;
mod needed;
mod papers;
mod view;

pub(crate) use build::{Material, build};
pub use citizen_form::migrate::{EarlierAnswer, Fate};
pub use papers::{DeclarationView, EvidenceCounts, RequirementView, ResolutionView};
pub use view::{
    ConcernView, DraftKind, DraftState, DraftView, FieldView, FormView, Needed, Origin, PageView, Progress,
    RegisterAnswer,
};
