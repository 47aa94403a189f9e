//! Cards issued to a citizen (证照): SD-JWT VC with key binding and a status list.

use serde::{Deserialize, Serialize};

use crate::jose::JwkSet;
use crate::{CredentialId, DeliveryId, Text};

/// A card that the city has made for a citizen, as the changes feed tells it. The card itself is fetched
/// with `POST /v1/credentials/{credential_id}/issue`, because it is bound to the key of the phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialOffer {
    /// The card's name.
    pub credential_id: CredentialId,
    /// What kind of card.
    pub kind: CredentialKind,
    /// What people call it.
    pub title: Text,
    /// Why this person has it, which data said so, and what happens next.
    pub reason: Text,
    /// The day it was made, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub issued_on: jiff::civil::Date,
    /// The parcel with the printed card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_id: Option<DeliveryId>,
    /// Whether it still holds.
    pub valid: bool,
}

/// What kind of card. Its name is the last part of the credential's `vct`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// The senior card (老年人优待证) from 60 on.
    #[serde(rename = "senior-card-60")]
    SeniorCard60,
    /// The senior card from 70 on.
    #[serde(rename = "senior-card-70")]
    SeniorCard70,
    /// A kind that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

/// `POST /v1/credentials/{credential_id}/issue`: asks for the card, bound to this phone's key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueRequest {
    /// An [`IssueProof`] in compact form, signed by the registered device key, `kid` its `DeviceId`.
    pub proof: String,
}

/// The payload of a compact document of type [`ISSUE_PROOF`](crate::jose::typ::ISSUE_PROOF).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueProof {
    /// The issuer, as its metadata names it.
    pub aud: String,
    /// The card that is asked for, so that a proof serves once.
    pub credential_id: CredentialId,
    /// When it was signed, in seconds since 1970.
    pub iat: i64,
}

/// The answer: an SD-JWT VC, `<issuer-signed JWT>~<disclosure>~…~`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedCredential {
    /// The credential, with every disclosure, ending in `~`.
    pub credential: String,
}

hidden_debug!(
    IssuedCredential,
    CredentialOffer,
    IssueRequest,
    IssueProof,
    CredentialClaims,
    KeyBindingClaims
);

/// `GET /.well-known/jwt-vc-issuer`: who issues, and with which keys. Public: a verifier needs no login.
/// The same keys sign receipts and status lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuerMetadata {
    /// The issuer: the city's own address.
    pub issuer: String,
    /// Its public keys.
    pub jwks: JwkSet,
    /// The addresses of the status lists in use, so that a verifier holds them before it meets a card and
    /// has no network.
    #[serde(default)]
    pub status_lists: Vec<String>,
}

/// The claims of a card's issuer-signed part.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialClaims {
    /// The issuer.
    pub iss: String,
    /// When it was issued, in seconds since 1970 by the city's civil clock.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// What kind of credential: `urn:citizen-core:senior-card-60` and its like.
    pub vct: String,
    /// The key that may present it.
    pub cnf: Confirmation,
    /// Where its status stands.
    pub status: StatusClaim,
    /// Digests of the disclosures: SHA-256, base64url. The claims are [`disclosed`].
    #[serde(rename = "_sd")]
    pub sd: Vec<String>,
}

/// The prefix of `vct`; the rest is the [`CredentialKind`] as it is written on the wire.
pub const VCT_PREFIX: &str = "urn:citizen-core:";

/// The names of the claims that are disclosed one by one.
pub mod disclosed {
    /// The holder's name.
    pub const NAME: &str = "name";
    /// The holder's day of birth, `YYYY-MM-DD`.
    pub const BIRTH_DATE: &str = "birthdate";
    /// The card's printed number.
    pub const CARD_NUMBER: &str = "card_number";
}

/// The key that may present a credential (RFC 7800).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The public key.
    pub jwk: crate::jose::Jwk,
}

/// Where a credential's status stands (Token Status List).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusClaim {
    /// The list and the place in it.
    pub status_list: StatusReference,
}

/// A place in a status list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusReference {
    /// The place: which bit.
    pub idx: u64,
    /// The list's address. `GET` gives the compact document; public.
    pub uri: String,
}

/// The payload of a status list: a compact document of type [`STATUS_LIST`](crate::jose::typ::STATUS_LIST).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusListClaims {
    /// The list's own address.
    pub sub: String,
    /// When it was made, in seconds since 1970 by the city's civil clock.
    pub iat: i64,
    /// The bits.
    pub status_list: StatusList,
}

/// The bits of a status list: 1 means revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusList {
    /// Bits for each credential: always 1.
    pub bits: u8,
    /// The bits, lowest first in each byte, compressed (zlib), base64url.
    pub lst: String,
}

/// The payload of the holder's part of a presentation: a compact document of type
/// [`KEY_BINDING`](crate::jose::typ::KEY_BINDING).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyBindingClaims {
    /// When it was presented, in seconds since 1970. A verifier refuses one that is older than a minute.
    pub iat: i64,
    /// Whom it is shown to; for a code shown face to face, `face-to-face`.
    pub aud: String,
    /// Makes each presentation another.
    pub nonce: String,
    /// SHA-256 of what goes before the holder's part, base64url.
    pub sd_hash: String,
}
