//! The feed that a phone follows.
//!
//! `GET /v1/changes?after=CURSOR` gives the person's changes in the city's order, a page at a time. Each
//! change carries the whole thing as it then stood, so applying one twice, or an older after a newer, does
//! no harm: the revision decides. `GET /v1/changes/events` is an event stream (SSE) that only ever says
//! `changed`: pull now.

use serde::{Deserialize, Serialize};

use crate::SyncCursor;
use crate::case::Case;
use crate::counter::Booking;
use crate::credential::CredentialOffer;
use crate::delivery::Delivery;
use crate::insurance::InsuranceAccount;
use crate::mandate::{Mandate, MandateAct};
use crate::offer::Offer;

/// The name of the one event of the event stream.
pub const CHANGED_EVENT: &str = "changed";

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangesPage {
    /// The changes, oldest first, at most 500.
    pub changes: Vec<Change>,
    /// Where to go on.
    pub next: SyncCursor,
    /// Whether there is more already.
    pub more: bool,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Change {
    /// A case was made or moved on.
    Case(Box<Case>),
    /// The insurance account changed.
    Insurance(InsuranceAccount),
    /// A card was made, or changed its standing.
    Credential(CredentialOffer),
    /// A mandate was given, answered or ended.
    Mandate(Box<Mandate>),
    /// Something was done under a mandate.
    MandateAct(Box<MandateAct>),
    /// A parcel moved on.
    Delivery(Delivery),
    /// The city has found something for the citizen, or an offer changed its standing.
    Offer(Box<Offer>),
    /// A place at a counter was booked, or given back.
    Booking(Booking),
    /// A kind that this version does not know: passed over.
    #[serde(other)]
    Unknown,
}
