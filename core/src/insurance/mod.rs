//! The medical-insurance account (医保个人账户), with its age.

mod refresh;
mod show;

pub(crate) use refresh::store;
pub use show::InsuranceView;

use crate::people::Compartment;

/// The insurance account of an unlocked person.
#[derive(Clone)]
pub struct Insurance {
    compartment: Compartment,
}

impl Insurance {
    /// The account of that person.
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
