//! Requests that are made for somebody else: with the helper's session, and under a mandate that each names.

use citizen_api::MandateId;
use citizen_api::mandate::ON_BEHALF_OF;
use reqwest::RequestBuilder;

use super::Session;
use crate::Error;

impl Session {
    /// The same session, for what was signed under a certain mandate.
    pub(crate) fn under(self, mandate: Option<MandateId>) -> Self {
        Self { mandate, ..self }
    }

    /// Under which mandate a request goes; none where the person acts for themselves.
    pub(super) fn mandate(&self) -> Result<Option<MandateId>, Error> {
        let Some(represented) = &self.represented else { return Ok(None) };
        let holding = match self.mandate {
            Some(mandate) => Some(mandate),
            None => self.compartment.mandates().holding(&represented.subject()?)?,
        };
        holding.map(Some).ok_or(Error::NoMandate)
    }
}

/// Names the mandate that a request goes under.
pub(super) fn name(request: RequestBuilder, mandate: Option<MandateId>) -> RequestBuilder {
    match mandate {
        Some(mandate_id) => request.header(ON_BEHALF_OF, mandate_id.to_string()),
        None => request,
    }
}
