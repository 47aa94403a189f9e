//! Signing.

use std::sync::Arc;

use citizen_api::jose::{self, ES256, Header, Jwk};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;

use super::{KeyError, thumbprint};

/// A P-256 key of the city.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<EcdsaKeyPair>,
    public: Jwk,
}

impl SigningKey {
    pub(super) fn from_pkcs8(document: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document, &SystemRandom::new())
            .ok()?;
        let mut public = Jwk::from_point(pair.public_key().as_ref()).ok()?;
        public.kid = Some(thumbprint(&public).0);
        Some(Self { pair: Arc::new(pair), public })
    }

    /// The public half, named by its thumbprint.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// Signs claims as a compact document of a type.
    pub fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, KeyError> {
        let header = Header { alg: ES256.to_owned(), typ: typ.to_owned(), kid: self.public.kid.clone() };
        let claims = serde_json::to_vec(claims).map_err(|_| KeyError::Unwritable)?;
        let signed = jose::signing_input(&header, &claims).map_err(|_| KeyError::Unwritable)?;
        let signature =
            self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| KeyError::Random)?;
        Ok(jose::join(&signed, signature.as_ref()))
    }
}
