//! Checking a card that someone else shows, without a network: with what was pulled before.

use citizen_api::credential::{
    CredentialKind, IssuerMetadata, KeyBindingClaims, StatusListClaims, StatusReference, VCT_PREFIX,
    disclosed,
};
use citizen_api::jose::{self, typ};
use jiff::Timestamp;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::sd_jwt::{self, SdJwt};
use super::{CardError, FACE_TO_FACE, qr};
use crate::jws;

/// How old a code may be, in seconds: a photograph of it is worth nothing after that.
const CODE_LIFETIME: i64 = 60;

/// How far two honest phones' clocks may lie apart, in seconds.
const CLOCK_SKEW: i64 = 30;

/// The most bytes a status list may unpack to: eight million cards.
const STATUS_LIST_LIMIT: usize = 1024 * 1024;

/// What a verifier has pulled and keeps: issuers with their keys, and their status lists, each a compact
/// signed document.
#[derive(Debug, Clone, Default)]
pub struct TrustAnchors {
    /// The issuers that are believed.
    pub issuers: Vec<IssuerMetadata>,
    /// Their status lists.
    pub status_lists: Vec<String>,
}

/// A card that holds.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedCard {
    /// What kind of card.
    pub kind: CredentialKind,
    /// The holder's name.
    pub name: String,
    /// The holder's day of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// The number printed on the card.
    pub card_number: String,
    /// How old the list of revoked cards is that it was checked against, by the city's civil clock.
    pub status_as_of: Timestamp,
}

/// Hides whose card it is: a log or a panic must not say.
impl std::fmt::Debug for VerifiedCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifiedCard").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Checks the text of a card's code at the moment `now`.
pub fn verify(text: &str, anchors: &TrustAnchors, now: Timestamp) -> Result<VerifiedCard, CardError> {
    let presentation = qr::unpack(text).map_err(|_| CardError::Malformed)?;
    let card = sd_jwt::parse(&presentation)?;
    let (issuer, claims) = anchors
        .issuers
        .iter()
        .find_map(|issuer| Some((issuer, card.verify_issuer(&issuer.jwks).ok()?)))
        .ok_or(CardError::UnknownIssuer)?;
    if claims.iss != issuer.issuer {
        return Err(CardError::UnknownIssuer);
    }
    let kind = claims.vct.strip_prefix(VCT_PREFIX).map(kind_of).ok_or(CardError::Malformed)?;
    check_holder(&card, &claims.cnf.jwk, now)?;
    if claims.exp <= now.as_second() {
        return Err(CardError::Expired);
    }
    let status_as_of = check_status(&claims.status.status_list, issuer, &anchors.status_lists)?;
    let mut shown = card.disclosed(&claims)?;
    let mut take = |name: &str| shown.remove(name).ok_or(CardError::Incomplete);
    Ok(VerifiedCard {
        kind,
        name: take(disclosed::NAME)?,
        birth_date: take(disclosed::BIRTH_DATE)?,
        card_number: take(disclosed::CARD_NUMBER)?,
        status_as_of,
    })
}

fn kind_of(name: &str) -> CredentialKind {
    serde_json::from_value(name.into()).unwrap_or(CredentialKind::Unknown)
}

/// The holder's part: by the key the issuer names, over exactly this presentation, made just now.
fn check_holder(card: &SdJwt<'_>, key: &jose::Jwk, now: Timestamp) -> Result<(), CardError> {
    let key_binding = card.key_binding.ok_or(CardError::NotShownByHolder)?;
    let shown: KeyBindingClaims =
        jws::verify_with(key_binding, typ::KEY_BINDING, key).map_err(|_| CardError::NotShownByHolder)?;
    if shown.sd_hash != sd_jwt::sha256(&card.covered()) || shown.aud != FACE_TO_FACE {
        return Err(CardError::Altered);
    }
    let age = now.as_second().saturating_sub(shown.iat);
    if (-CLOCK_SKEW..=CODE_LIFETIME + CLOCK_SKEW).contains(&age) {
        Ok(())
    } else {
        Err(CardError::CodeTooOld)
    }
}

/// The card's bit in its issuer's newest status list. Gives the list's own time.
fn check_status(
    place: &StatusReference,
    issuer: &IssuerMetadata,
    lists: &[String],
) -> Result<Timestamp, CardError> {
    let list = lists
        .iter()
        .filter_map(|list| jws::verify::<StatusListClaims>(list, typ::STATUS_LIST, &issuer.jwks).ok())
        .filter(|list| list.sub == place.uri)
        .max_by_key(|list| list.iat)
        .ok_or(CardError::StatusUnknown)?;
    let packed = jose::decode(&list.status_list.lst).map_err(|_| CardError::StatusUnknown)?;
    let bits = decompress_to_vec_zlib_with_limit(&packed, STATUS_LIST_LIMIT)
        .map_err(|_| CardError::StatusUnknown)?;
    let byte = usize::try_from(place.idx / 8).ok().and_then(|byte| bits.get(byte));
    match (list.status_list.bits, byte) {
        (1, Some(byte)) if byte >> (place.idx % 8) & 1 == 0 => {
            Timestamp::from_second(list.iat).map_err(|_| CardError::StatusUnknown)
        }
        (1, Some(_)) => Err(CardError::Revoked),
        _ => Err(CardError::StatusUnknown),
    }
}
