//! Grievances that the city has.

use super::Grievances;
use crate::Error;
use crate::case::CaseView;

impl Grievances {
    /// The grievances that the city has, the newest first. Works without a network.
    pub fn list(&self) -> Result<Vec<CaseView>, Error> {
        let mut views = self.compartment.cases().views()?;
        views.retain(|view| view.case.grievance.is_some());
        Ok(views)
    }
}
