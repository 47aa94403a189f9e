//! The keys that sign ID tokens, as a provider publishes them (RFC 7517): ES256, PS256, and RS256 because OpenID
//! Connect asks it of every provider.

use citizen_api::jose::{Jwk, decode};
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, RsaPublicKeyComponents,
};
use serde::{Deserialize, Serialize};

use crate::jws::verify_es256;

/// More keys than any provider publishes.
const MOST_KEYS: usize = 100;

/// A signature algorithm that this core verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Algorithm {
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// RSA PKCS #1 v1.5 with SHA-256, keys of 2,048 bits and more.
    Rs256,
    /// RSA PSS with SHA-256, keys of 2,048 bits and more.
    Ps256,
}

impl Algorithm {
    /// The algorithm of a provider that lists these: its best one. The app is registered with it, so no other is taken
    /// from that provider, however well it would verify.
    pub(crate) fn best_of(listed: &[String]) -> Option<Self> {
        let is_listed = |algorithm: &Self| listed.iter().any(|name| name == algorithm.name());
        [Self::Es256, Self::Ps256, Self::Rs256].into_iter().find(is_listed)
    }

    /// Its name in RFC 7518.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
        }
    }
}

/// A published set of keys. A key of a kind that is not verified here stays in it and verifies nothing.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PublicKeys {
    keys: Vec<PublicKey>,
}

/// One published key. Every member is optional, so that a key of a kind nobody here knows spoils no set.
#[derive(Debug, Clone, Deserialize)]
struct PublicKey {
    #[serde(default)]
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
}

impl PublicKeys {
    /// Whether a key of that name is in the set.
    pub(super) fn has(&self, kid: &str) -> bool {
        self.keys.iter().any(|key| key.kid.as_deref() == Some(kid))
    }

    /// Whether a key of this set made the signature. A `kid` picks the one key of that name; without one,
    /// the set must hold exactly one key of the algorithm, so that nothing is tried at random.
    pub(crate) fn verify(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        signed: &[u8],
        signature: &[u8],
    ) -> bool {
        if self.keys.len() > MOST_KEYS {
            return false;
        }
        let mut fitting = self.keys.iter().filter(|key| key.serves(algorithm)).filter(|key| match kid {
            Some(kid) => key.kid.as_deref() == Some(kid),
            None => true,
        });
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => key.verify(algorithm, signed, signature),
            _ => false,
        }
    }
}

impl PublicKey {
    fn serves(&self, algorithm: Algorithm) -> bool {
        let kty = match algorithm {
            Algorithm::Es256 => "EC",
            Algorithm::Rs256 | Algorithm::Ps256 => "RSA",
        };
        self.kty == kty
            && self.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
            && self.alg.as_deref().is_none_or(|alg| alg == algorithm.name())
    }

    fn verify(&self, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> bool {
        match algorithm {
            Algorithm::Es256 => {
                let (kty, crv) = (self.kty.clone(), self.crv.clone());
                verify_es256(
                    &Jwk { kty, crv, x: self.x.clone(), y: self.y.clone(), kid: None },
                    signed,
                    signature,
                )
            }
            Algorithm::Rs256 => self.verify_rsa(&RSA_PKCS1_2048_8192_SHA256, signed, signature),
            Algorithm::Ps256 => self.verify_rsa(&RSA_PSS_2048_8192_SHA256, signed, signature),
        }
    }

    fn verify_rsa(&self, scheme: &RsaParameters, signed: &[u8], signature: &[u8]) -> bool {
        let (Ok(n), Ok(e)) = (decode(&self.n), decode(&self.e)) else { return false };
        // RFC 7518 writes the modulus without leading zeros, but some providers keep the sign byte.
        let n = n.strip_prefix(&[0]).unwrap_or(&n);
        RsaPublicKeyComponents { n, e: &e }.verify(scheme, signed, signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::jose::{Compact, decode};

    use super::{Algorithm, PublicKeys};

    // RFC 7515, appendix A.3 (ES256) and A.2 (RS256): keys and documents.
    const ES256_KEY: &str = r#"{"kty":"EC","crv":"P-256","kid":"a3",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    const ES256_SIGNED: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const ES256_SIGNATURE: &str =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    const RS256_KEY: &str = r#"{"kty":"RSA","kid":"a2","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#;
    const RS256_SIGNED: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const RS256_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    fn set(keys: &[&str]) -> PublicKeys {
        serde_json::from_str(&format!(r#"{{"keys":[{}]}}"#, keys.join(","))).unwrap()
    }

    #[test]
    fn the_signatures_of_the_specification_verify() {
        let odd = r#"{"kty":"OKP","crv":"Ed25519","x":"AA","kid":"odd"}"#;
        let keys = set(&[odd, ES256_KEY, RS256_KEY]);
        for (algorithm, kid, signed, signature) in [
            (Algorithm::Es256, "a3", ES256_SIGNED, ES256_SIGNATURE),
            (Algorithm::Rs256, "a2", RS256_SIGNED, RS256_SIGNATURE),
        ] {
            let signature = decode(signature).unwrap();
            assert!(keys.verify(algorithm, Some(kid), signed.as_bytes(), &signature));
            assert!(keys.verify(algorithm, None, signed.as_bytes(), &signature));
            assert!(!keys.verify(algorithm, Some("other"), signed.as_bytes(), &signature));
            assert!(!keys.verify(algorithm, Some(kid), b"something else", &signature));
            assert!(!keys.verify(algorithm, Some(kid), signed.as_bytes(), &[]));
        }
    }

    #[test]
    fn two_keys_without_a_name_are_not_tried_in_turn() {
        let signature = decode(ES256_SIGNATURE).unwrap();
        let keys = set(&[ES256_KEY, ES256_KEY]);
        assert!(!keys.verify(Algorithm::Es256, None, ES256_SIGNED.as_bytes(), &signature));
    }

    #[test]
    fn a_key_for_encryption_or_another_algorithm_verifies_nothing() {
        let signature = decode(ES256_SIGNATURE).unwrap();
        for spoiled in [r#""use":"enc","#, r#""alg":"ES512","#] {
            let key = ES256_KEY.replacen('{', &format!("{{{spoiled}"), 1);
            assert!(!set(&[&key]).verify(Algorithm::Es256, Some("a3"), ES256_SIGNED.as_bytes(), &signature));
        }
    }

    #[test]
    fn a_document_without_a_kind_is_none_of_ours() {
        assert!(Compact::parse(&format!("{ES256_SIGNED}.{ES256_SIGNATURE}")).is_err());
    }
}
