//! Verifying.

use citizen_api::DeviceId;
use citizen_api::jose::{Compact, ES256, Jwk};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// A document that its supposed signer did not sign, or that is not of the type it was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to the document and the key")]
pub struct InvalidSignature;

/// Checks that a key signed a document of that type.
pub fn verify(document: &Compact, typ: &str, key: &Jwk) -> Result<(), InvalidSignature> {
    if document.header.alg != ES256 || document.header.typ != typ {
        return Err(InvalidSignature);
    }
    let point = key.point().map_err(|_| InvalidSignature)?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(document.signed.as_bytes(), &document.signature)
        .map_err(|_| InvalidSignature)
}

/// The name of a key: its thumbprint (RFC 7638).
pub fn thumbprint(key: &Jwk) -> DeviceId {
    DeviceId(super::sha256(key.thumbprint_input().as_bytes()))
}

#[cfg(test)]
mod tests {
    use citizen_api::jose::{Compact, Jwk, typ};

    use super::{thumbprint, verify};
    use crate::keys::Keys;

    #[test]
    fn a_document_verifies_with_its_key_its_type_and_its_bytes_only() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(folder.path()).unwrap();
        let document = Compact::parse(&keys.issuer.sign(typ::RECEIPT, &["a"]).unwrap()).unwrap();
        assert!(verify(&document, typ::RECEIPT, keys.issuer.public()).is_ok());
        assert!(verify(&document, typ::SUBMISSION, keys.issuer.public()).is_err());
        assert!(verify(&document, typ::RECEIPT, keys.identity.public()).is_err());
        let changed = Compact { signed: format!("{}A", document.signed), ..document };
        assert!(verify(&changed, typ::RECEIPT, keys.issuer.public()).is_err());
    }

    // The vector of RFC 9449, section 6.1: a key and its thumbprint.
    #[test]
    fn a_thumbprint_is_the_digest_of_the_required_members() {
        let key = Jwk {
            kty: "EC".into(),
            crv: "P-256".into(),
            x: "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs".into(),
            y: "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA".into(),
            kid: Some("not part of it".into()),
        };
        assert_eq!(thumbprint(&key).as_str(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }
}
