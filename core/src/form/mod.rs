//! A draft as a person sees it: pages, answers with where they come from, papers with how each is met, and what
//! is still needed before it can be filed.
//!
//! Everything here is derived from the frozen service document, the answers, the attachments and what the
//! registers said; nothing is stored, nothing asks the network. Shells draw any form from it and hold no field of
//! any service.

mod build;
mod needed;
mod view;

pub(crate) use build::{Material, build};
pub use view::{
    DeclarationView, DraftKind, DraftState, DraftView, EvidenceCounts, FieldView, Needed, Origin, PageView,
    RequirementView, ResolutionView,
};
