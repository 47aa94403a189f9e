//! Compact signed documents (RFC 7515) and public keys (RFC 7517), without the cryptography.
//!
//! Each side signs and verifies with its own library; what a document looks like is agreed on here.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The one signature algorithm of the contract.
pub const ES256: &str = "ES256";

/// Header of a signed document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The algorithm. Only [`ES256`] is ever accepted.
    pub alg: String,
    /// What the document is. Checked by every reader, so that one kind can never pass for another.
    pub typ: String,
    /// Which key signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
}

/// What a signed document is.
pub mod typ {
    /// A [`Submission`](crate::submission::Submission), signed by the citizen's device.
    pub const SUBMISSION: &str = "citizen-submission+jwt";
    /// A [`Supplement`](crate::submission::Supplement), signed by the citizen's device.
    pub const SUPPLEMENT: &str = "citizen-supplement+jwt";
    /// A [`Receipt`](crate::submission::Receipt), signed by the city.
    pub const RECEIPT: &str = "citizen-receipt+jwt";
    /// An [`Instruction`](crate::instruction::Instruction), signed by the citizen's device.
    pub const INSTRUCTION: &str = "citizen-instruction+jwt";
    /// An [`InstructionReceipt`](crate::instruction::InstructionReceipt), signed by the city.
    pub const INSTRUCTION_RECEIPT: &str = "citizen-instruction-receipt+jwt";
    /// A proof of possession of the device key, for the issuing of a credential.
    pub const ISSUE_PROOF: &str = "openid4vci-proof+jwt";
    /// A credential (SD-JWT VC), signed by the city.
    pub const CREDENTIAL: &str = "dc+sd-jwt";
    /// The holder's part of a presented credential, signed by the device.
    pub const KEY_BINDING: &str = "kb+jwt";
    /// A status list, signed by the city.
    pub const STATUS_LIST: &str = "statuslist+jwt";
    /// A proof of possession that goes with a request (RFC 9449), signed by the citizen's device.
    pub const DPOP: &str = "dpop+jwt";
    /// An [`UploadPass`](crate::upload::UploadPass), signed by the city.
    pub const UPLOAD_PASS: &str = "citizen-upload-pass+jwt";
}

/// A compact signed document taken apart. Reading it says nothing of its signature: whoever holds one
/// verifies `signature` over `signed` before believing `payload`.
#[derive(Clone)]
pub struct Compact {
    /// The header, read.
    pub header: Header,
    /// The payload's bytes.
    pub payload: Vec<u8>,
    /// The signature's bytes: for ES256, `r` and `s` in 64 bytes.
    pub signature: Vec<u8>,
    /// What the signature covers: the first two parts and the dot between them.
    pub signed: String,
}

/// A signed document, or a part of it, that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a compact signed document")]
pub struct Malformed;

impl Compact {
    /// Takes a compact document apart.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (signed, signature) = text.rsplit_once('.').ok_or(Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(Malformed)?;
        Ok(Self {
            header: serde_json::from_slice(&decode(header)?).map_err(|_| Malformed)?,
            payload: decode(payload)?,
            signature: decode(signature)?,
            signed: signed.to_owned(),
        })
    }

    /// Reads the payload as what `typ` says it is.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, Malformed> {
        serde_json::from_slice(&self.payload).map_err(|_| Malformed)
    }
}

/// The part of a document that is signed: header and payload, encoded and joined.
pub fn signing_input(header: &Header, payload: &[u8]) -> Result<String, Malformed> {
    let header = serde_json::to_vec(header).map_err(|_| Malformed)?;
    Ok(format!("{}.{}", encode(&header), encode(payload)))
}

/// Joins the signed part and its signature to a compact document.
pub fn join(signed: &str, signature: &[u8]) -> String {
    format!("{signed}.{}", encode(signature))
}

/// Base64url without padding.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding.
pub fn decode(text: &str) -> Result<Vec<u8>, Malformed> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Malformed)
}

/// A public P-256 key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jwk {
    /// Always `EC`.
    pub kty: String,
    /// Always `P-256`.
    pub crv: String,
    /// The point's first coordinate: 32 bytes, base64url.
    pub x: String,
    /// The point's second coordinate: 32 bytes, base64url.
    pub y: String,
    /// The key's name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
}

impl Jwk {
    /// A key from an uncompressed point (`04 ‖ x ‖ y`, 65 bytes).
    pub fn from_point(point: &[u8]) -> Result<Self, Malformed> {
        let (Some(4), Some(x), Some(y), 65) = (point.first(), point.get(1..33), point.get(33..), point.len())
        else {
            return Err(Malformed);
        };
        Ok(Self { kty: "EC".to_owned(), crv: "P-256".to_owned(), x: encode(x), y: encode(y), kid: None })
    }

    /// The uncompressed point (`04 ‖ x ‖ y`, 65 bytes). Whether it lies on the curve is for the verifier.
    pub fn point(&self) -> Result<Vec<u8>, Malformed> {
        let (x, y) = (decode(&self.x)?, decode(&self.y)?);
        if self.kty != "EC" || self.crv != "P-256" || x.len() != 32 || y.len() != 32 {
            return Err(Malformed);
        }
        Ok([&[4], x.as_slice(), y.as_slice()].concat())
    }

    /// What the thumbprint of RFC 7638 is the SHA-256 of: the required members, sorted, without spaces.
    pub fn thumbprint_input(&self) -> String {
        format!(r#"{{"crv":"{}","kty":"{}","x":"{}","y":"{}"}}"#, self.crv, self.kty, self.x, self.y)
    }
}

/// A set of public keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JwkSet {
    /// The keys, newest first.
    pub keys: Vec<Jwk>,
}

hidden_debug!(Compact);

#[cfg(test)]
mod tests {
    use super::{Compact, ES256, Header, Jwk, decode, join, signing_input};

    #[test]
    fn a_document_comes_apart_as_it_was_joined() {
        let header = Header { alg: ES256.into(), typ: "t".into(), kid: Some("k".into()) };
        let signed = signing_input(&header, br#"{"a":1}"#).unwrap();
        let compact = Compact::parse(&join(&signed, &[7; 64])).unwrap();
        assert_eq!(compact.header, header);
        assert_eq!(compact.payload, br#"{"a":1}"#);
        assert_eq!(compact.signature, [7; 64]);
        assert_eq!(compact.signed, signed);
    }

    #[test]
    fn what_is_not_a_document_is_refused() {
        for text in ["", ".", "..", "a.b", "e30.e30.", "e30.e30.e30", "!.e30.AA"] {
            assert!(Compact::parse(text).is_err(), "{text}");
        }
    }

    // The key of RFC 7515, appendix A.3.
    #[test]
    fn a_key_is_its_point() {
        let jwk = Jwk {
            kty: "EC".into(),
            crv: "P-256".into(),
            x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU".into(),
            y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0".into(),
            kid: None,
        };
        let point = jwk.point().unwrap();
        assert_eq!(point.len(), 65);
        assert_eq!(point[1..33], decode(&jwk.x).unwrap()[..]);
        assert_eq!(Jwk::from_point(&point).unwrap(), jwk);
    }
}
