//! Whether somebody may do something for another, asked in the transaction of the act.

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use citizen_api::mandate::{
    ActKind, ByMandate, Mandate, MandateAct, MandateActs, MandateExtent, MandateStatus, ON_BEHALF_OF,
};
use citizen_api::problem::ProblemType;
use citizen_api::{ActId, CaseId, MandateId, ServiceId, Subject, Text};
use jiff::Timestamp;

use super::record;
use crate::clock::day_of;
use crate::http::{Citizen, City, Refusal};
use crate::store::{StoreError, Tx};

/// The routes that can be used for somebody else. Every other refuses the header, rather than do for the one who asks
/// what was meant for another. Files are the asker's own until a document cites them, and who has filed something may
/// ask what came of it.
const ROUTES: [(Method, &str); 12] = [
    (Method::GET, "/v1/cases"),
    (Method::GET, "/v1/cases/{case_id}"),
    (Method::GET, "/v1/services/{service_id}/prefill"),
    (Method::POST, "/v1/submissions"),
    (Method::POST, "/v1/cases/{case_id}/supplements"),
    (Method::GET, "/v1/submissions/{transaction_id}"),
    (Method::POST, "/v1/uploads"),
    (Method::POST, "/v1/uploads/{upload_id}"),
    (Method::POST, "/v1/uploads/{upload_id}/pass"),
    (Method::HEAD, "/v1/uploads/{upload_id}"),
    (Method::PATCH, "/v1/uploads/{upload_id}"),
    (Method::DELETE, "/v1/uploads/{upload_id}"),
];

/// The mandate that a request names; none where somebody acts for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnBehalf(pub Option<MandateId>);

impl FromRequestParts<City> for OnBehalf {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &City) -> Result<Self, Refusal> {
        named(&parts.headers).map(Self)
    }
}

fn named(headers: &HeaderMap) -> Result<Option<MandateId>, Refusal> {
    let Some(value) = headers.get(ON_BEHALF_OF) else { return Ok(None) };
    let parsed = value.to_str().ok().and_then(|text| text.parse().ok());
    parsed.map(Some).ok_or_else(no_mandate)
}

/// Refuses a request that names a mandate on a route where nobody acts for another.
pub async fn refuse_elsewhere(path: MatchedPath, request: Request, next: Next) -> Response {
    let known = ROUTES.iter().any(|(method, route)| request.method() == method && path.as_str() == *route);
    if !known && request.headers().contains_key(ON_BEHALF_OF) {
        return no_mandate().into_response();
    }
    next.run(request).await
}

/// What somebody wants to do.
pub struct Need<'a> {
    /// Reading or filing.
    pub acts: MandateActs,
    /// For which service.
    pub service: &'a ServiceId,
    /// Within which case, where there is one.
    pub case: Option<CaseId>,
}

/// Whose matter a request is about.
#[derive(Clone)]
pub struct Whose {
    /// The citizen whose it is.
    pub citizen_id: String,
    mandate: Option<Mandate>,
}

impl Whose {
    /// The matter of the one who asks, or of whom they may act for by the mandate they name. What it covers is asked
    /// with [`Whose::check`].
    pub fn find(
        tx: &mut dyn Tx,
        citizen: &Citizen,
        on_behalf: OnBehalf,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        let Some(mandate_id) = on_behalf.0 else {
            return Ok(Self { citizen_id: citizen.citizen_id.clone(), mandate: None });
        };
        let mandate = record::find(tx, mandate_id)?.filter(|mandate| {
            mandate.to.subject.as_str() == citizen.citizen_id
                && mandate.status == MandateStatus::Accepted
                && day_of(at) <= mandate.until
        });
        let mandate = mandate.ok_or_else(no_mandate)?;
        Ok(Self { citizen_id: mandate.from.subject.0.clone(), mandate: Some(mandate) })
    }

    /// Whether something may be done. Who acts for themselves may.
    pub fn may(&self, need: &Need<'_>) -> bool {
        self.mandate.as_ref().is_none_or(|mandate| mandate.scope.covers(need.acts, need.service, need.case))
    }

    /// Refuses what may not be done.
    pub fn check(&self, need: &Need<'_>) -> Result<(), Refusal> {
        if self.may(need) { Ok(()) } else { Err(no_mandate()) }
    }

    /// Under which mandate it is done, and by whom.
    pub fn by(&self) -> Option<ByMandate> {
        let mandate = self.mandate.as_ref()?;
        Some(ByMandate { mandate_id: mandate.mandate_id, by: mandate.to.subject.clone() })
    }

    /// Who did it, in words for the one whose matter it is.
    pub fn in_words(&self) -> Text {
        match &self.mandate {
            None => Text::new("您", "You"),
            Some(Mandate { to, .. }) => {
                Text::new(format!("{}（替您）", to.name), format!("{} (for you)", to.name))
            }
        }
    }

    /// Writes down what was done for somebody else, and tells both.
    pub fn note(
        &self,
        tx: &mut dyn Tx,
        kind: ActKind,
        title: &Text,
        case_id: Option<CaseId>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(mandate) = &self.mandate else { return Ok(()) };
        let act = MandateAct {
            act_id: ActId::generate(),
            mandate_id: mandate.mandate_id,
            kind,
            by: mandate.to.clone(),
            on_behalf_of: mandate.from.clone(),
            title: title.clone(),
            case_id,
            at,
        };
        record::note(tx, mandate, act)
    }

    /// Ties a mandate for one case to the case that was made under it.
    pub fn tie(&self, tx: &mut dyn Tx, made: CaseId) -> Result<(), StoreError> {
        let Some(mandate) = &self.mandate else { return Ok(()) };
        let MandateExtent::OneCase { service_id, case_id: None } = &mandate.scope.extent else {
            return Ok(());
        };
        let mut tied = mandate.clone();
        tied.scope.extent = MandateExtent::OneCase { service_id: service_id.clone(), case_id: Some(made) };
        tied.revision += 1;
        record::keep(tx, &tied)
    }

    /// Refuses a document that says of itself something else than the request it came with.
    pub fn check_document(&self, by: Option<&ByMandate>) -> Result<(), Refusal> {
        if by == self.by().as_ref() { Ok(()) } else { Err(no_mandate()) }
    }
}

/// What is said where there is no mandate for something: which of the reasons it is, is told to nobody who guesses.
pub(super) fn no_mandate() -> Refusal {
    Refusal::new(
        ProblemType::NoMandate,
        "没有办这件事的委托：可能还没有接受、已经到期、已被收回，或者不包括这个事项。什么都没有办，您写的都在；请让本人重新委托，或请本人自己办。",
        "There is no mandate for this: it may not have been accepted, has ended, was revoked, or does not cover this service. Nothing was done and all you wrote is kept; ask the person for a new mandate, or to do it themselves.",
    )
}

/// The one who asks, as a subject.
pub(super) fn subject(citizen: &Citizen) -> Subject {
    Subject(citizen.citizen_id.clone())
}
