//! `Upload-Checksum`: the digest of the bytes of one request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::upload::UPLOAD_CHECKSUM;
use ring::digest::{Algorithm, Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};

use super::refused::Refused;

/// The algorithms on offer. SHA-1 is what the specification obliges every server to; it guards against faults
/// of a line here, not against people.
const ALGORITHMS: [(&str, &Algorithm); 2] = [("sha256", &SHA256), ("sha1", &SHA1_FOR_LEGACY_USE_ONLY)];

/// What `Tus-Checksum-Algorithm` says.
pub(super) const ALGORITHM_NAMES: &str = "sha256,sha1";

/// The digest that the bytes of a request must have.
pub(super) struct Checksum {
    expected: Vec<u8>,
    seen: Context,
}

impl Checksum {
    /// Reads the header: the name of an algorithm, a space, the digest in base64.
    pub(super) fn parse(header: &str) -> Result<Self, Refused> {
        let malformed = Refused::Header { name: UPLOAD_CHECKSUM };
        let (name, digest) = header.split_once(' ').ok_or(Refused::Header { name: UPLOAD_CHECKSUM })?;
        let algorithm = ALGORITHMS.iter().find(|(known, _)| *known == name);
        let (_, algorithm) = algorithm.ok_or(Refused::Algorithm)?;
        match STANDARD.decode(digest) {
            Ok(expected) if expected.len() == algorithm.output_len() => {
                Ok(Self { expected, seen: Context::new(algorithm) })
            }
            _ => Err(malformed),
        }
    }

    /// Takes in the next bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.seen.update(bytes);
    }

    /// Whether the bytes were those that were meant.
    pub(super) fn matches(self) -> bool {
        self.seen.finish().as_ref() == self.expected
    }
}

#[cfg(test)]
mod tests {
    use super::{ALGORITHM_NAMES, ALGORITHMS, Checksum, Refused};

    #[test]
    fn both_algorithms_tell_right_from_wrong() {
        for header in
            ["sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="]
        {
            let mut right = Checksum::parse(header).unwrap();
            right.update(b"hello ");
            right.update(b"world");
            assert!(right.matches(), "{header}");
            let mut wrong = Checksum::parse(header).unwrap();
            wrong.update(b"hello world!");
            assert!(!wrong.matches(), "{header}");
        }
    }

    #[test]
    fn an_unknown_algorithm_is_told_from_a_malformed_digest() {
        assert!(matches!(Checksum::parse("crc32 AAAA"), Err(Refused::Algorithm)));
        for malformed in ["", "sha1", "sha1 AAAA", "sha1 %%%", "sha1  Kq5sNclPz7QV2+lfQIuc6R7oRu0="] {
            assert!(matches!(Checksum::parse(malformed), Err(Refused::Header { .. })), "{malformed}");
        }
    }

    #[test]
    fn what_is_announced_is_what_is_offered() {
        assert_eq!(ALGORITHMS.map(|(name, _)| name).join(","), ALGORITHM_NAMES);
    }
}
