//! Signed documents (RFC 7515, ES256 only): made with the device key, believed only from a known key.

use citizen_api::jose::{self, Compact, ES256, Header, Jwk, JwkSet};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a signed document is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwsError {
    /// It is not a compact document, or not of the form its type promises.
    #[error("the document cannot be read")]
    Malformed,
    /// It is of another type, or signed by another algorithm, than it has to be.
    #[error("the document is of another type")]
    OtherType,
    /// It names a key that is not among the known ones.
    #[error("the document is signed by an unknown key")]
    UnknownKey,
    /// The signature does not fit.
    #[error("the signature does not fit the document")]
    BadSignature,
}

/// Signs a document: `sign` makes the 64 bytes of an ES256 signature over what it is given.
pub(crate) fn sign<E>(
    typ: &str,
    kid: Option<&str>,
    claims: &impl Serialize,
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
) -> Result<String, E>
where
    E: From<JwsError>,
{
    let header = Header { alg: ES256.to_owned(), typ: typ.to_owned(), kid: kid.map(str::to_owned) };
    let payload = serde_json::to_vec(claims).map_err(|_| JwsError::Malformed)?;
    let signed = jose::signing_input(&header, &payload).map_err(|_| JwsError::Malformed)?;
    let signature = sign(signed.as_bytes())?;
    Ok(jose::join(&signed, &signature))
}

/// Reads a document of type `typ` that one of `keys` has signed. A document that names its key is held to it;
/// one that names none may be from any.
pub(crate) fn verify<T: DeserializeOwned>(text: &str, typ: &str, keys: &JwkSet) -> Result<T, JwsError> {
    let compact = parse(text, typ)?;
    let kid = compact.header.kid.as_deref();
    let mut candidates = keys.keys.iter().filter(|key| kid.is_none() || key.kid.as_deref() == kid).peekable();
    if candidates.peek().is_none() {
        return Err(JwsError::UnknownKey);
    }
    if !candidates.any(|key| is_signed_by(&compact, key)) {
        return Err(JwsError::BadSignature);
    }
    compact.claims().map_err(|_| JwsError::Malformed)
}

/// Reads a document of type `typ` that exactly this key has signed, whatever key it names.
pub(crate) fn verify_with<T: DeserializeOwned>(text: &str, typ: &str, key: &Jwk) -> Result<T, JwsError> {
    let compact = parse(text, typ)?;
    if !is_signed_by(&compact, key) {
        return Err(JwsError::BadSignature);
    }
    compact.claims().map_err(|_| JwsError::Malformed)
}

fn parse(text: &str, typ: &str) -> Result<Compact, JwsError> {
    let compact = Compact::parse(text).map_err(|_| JwsError::Malformed)?;
    if compact.header.alg != ES256 || compact.header.typ != typ {
        return Err(JwsError::OtherType);
    }
    Ok(compact)
}

fn is_signed_by(compact: &Compact, key: &Jwk) -> bool {
    verify_es256(key, compact.signed.as_bytes(), &compact.signature)
}

/// Whether that key made the signature.
pub(crate) fn verify_es256(key: &Jwk, signed: &[u8], signature: &[u8]) -> bool {
    key.point().is_ok_and(|point| {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use citizen_api::jose::{self, Jwk, JwkSet};
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::{JwsError, sign, verify, verify_with};

    /// A key pair for tests.
    pub(crate) struct TestKey(EcdsaKeyPair);

    impl TestKey {
        pub(crate) fn generate() -> Self {
            let random = SystemRandom::new();
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            Self(
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random)
                    .unwrap(),
            )
        }

        pub(crate) fn jwk(&self, kid: &str) -> Jwk {
            let mut jwk = Jwk::from_point(self.0.public_key().as_ref()).unwrap();
            jwk.kid = Some(kid.to_owned());
            jwk
        }

        pub(crate) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, JwsError> {
            Ok(self.0.sign(&SystemRandom::new(), bytes).unwrap().as_ref().to_vec())
        }
    }

    #[test]
    fn a_document_is_believed_from_its_key_only() {
        let (ours, other) = (TestKey::generate(), TestKey::generate());
        let keys = JwkSet { keys: vec![other.jwk("old"), ours.jwk("new")] };
        let text = sign("t", Some("new"), &json!({"a": 1}), |bytes| ours.sign(bytes)).unwrap();
        assert_eq!(verify::<Value>(&text, "t", &keys).unwrap(), json!({"a": 1}));
        assert_eq!(verify::<Value>(&text, "u", &keys), Err(JwsError::OtherType));
        let named_otherwise = sign("t", Some("old"), &json!({"a": 1}), |bytes| ours.sign(bytes)).unwrap();
        assert_eq!(verify::<Value>(&named_otherwise, "t", &keys), Err(JwsError::BadSignature));
        let unknown = sign("t", Some("x"), &json!({"a": 1}), |bytes| ours.sign(bytes)).unwrap();
        assert_eq!(verify::<Value>(&unknown, "t", &keys), Err(JwsError::UnknownKey));
        assert_eq!(verify_with::<Value>(&text, "t", &other.jwk("x")), Err(JwsError::BadSignature));
    }

    #[test]
    fn no_byte_of_a_document_can_change() {
        let ours = TestKey::generate();
        let text = sign("t", None, &json!({"a": 1}), |bytes| ours.sign(bytes)).unwrap();
        let key = ours.jwk("k");
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] ^= 1;
            let Ok(changed) = String::from_utf8(changed) else { continue };
            // The last character of a base64 text has bits that carry nothing; the decoder refuses them.
            assert!(verify_with::<Value>(&changed, "t", &key).is_err(), "byte {place}");
        }
    }

    #[test]
    fn other_algorithms_are_refused() {
        let ours = TestKey::generate();
        for alg in ["none", "HS256", "ES384", "es256"] {
            let header = jose::Header { alg: alg.into(), typ: "t".into(), kid: None };
            let signed = jose::signing_input(&header, b"{}").unwrap();
            let text = jose::join(&signed, &ours.sign(signed.as_bytes()).unwrap());
            assert_eq!(verify_with::<Value>(&text, "t", &ours.jwk("k")), Err(JwsError::OtherType), "{alg}");
        }
    }
}
