//! `Upload-Metadata`: pairs of a key and a value in base64, separated by commas.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use citizen_api::AttachmentId;
use citizen_api::upload::{UPLOAD_METADATA, metadata};
use citizen_form::file::FileKind;

use super::refused::Refused;

/// What a file is said to be before its first byte is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    /// The name the phone gave it.
    pub(super) attachment_id: AttachmentId,
    /// What it contains.
    pub(super) media_type: FileKind,
    /// SHA-256 of the whole, base64url without padding.
    pub(super) sha256: String,
}

const MALFORMED: Refused = Refused::Header { name: UPLOAD_METADATA };

impl Declared {
    /// Reads the header. Keys that the city does not know are passed over, as the specification has it.
    pub(super) fn parse(header: &str) -> Result<Self, Refused> {
        let pairs = pairs(header)?;
        let value = |key: &str| {
            let mut values = pairs.iter().filter(|(name, _)| *name == key).map(|(_, value)| value.as_str());
            values.next().ok_or(MALFORMED)
        };
        let attachment_id = value(metadata::ATTACHMENT_ID)?.parse().map_err(|_| MALFORMED)?;
        let sha256 = value(metadata::SHA256)?;
        let bytes = URL_SAFE_NO_PAD.decode(sha256).map_err(|_| MALFORMED)?;
        if bytes.len() != ring::digest::SHA256_OUTPUT_LEN {
            return Err(MALFORMED);
        }
        let media_type = FileKind::named(value(metadata::MEDIA_TYPE)?).ok_or(Refused::MediaType)?;
        Ok(Self { attachment_id, media_type, sha256: sha256.to_owned() })
    }
}

/// The pairs of the header. The same key twice is refused, and so is anything that is not base64.
fn pairs(header: &str) -> Result<Vec<(&str, String)>, Refused> {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for pair in header.split(',') {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
        if !named || pairs.iter().any(|(known, _)| *known == key) {
            return Err(MALFORMED);
        }
        let bytes = STANDARD.decode(value).map_err(|_| MALFORMED)?;
        pairs.push((key, String::from_utf8(bytes).map_err(|_| MALFORMED)?));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::{Declared, FileKind, Refused};

    const ATTACHMENT: &str = "0192f3a0-0000-7000-8000-000000000001";

    fn header(pairs: &[(&str, &str)]) -> String {
        let pair = |(key, value): &(&str, &str)| format!("{key} {}", STANDARD.encode(value));
        pairs.iter().map(pair).collect::<Vec<_>>().join(",")
    }

    fn digest() -> String {
        URL_SAFE_NO_PAD.encode([7; 32])
    }

    #[test]
    fn what_the_city_needs_is_read_and_the_rest_passed_over() {
        let digest = digest();
        let text = header(&[
            ("attachment_id", ATTACHMENT),
            ("filetype", "image/png"),
            ("sha256", &digest),
            ("colour", "red"),
        ]) + ",is_confidential";
        let declared = Declared::parse(&text).unwrap();
        assert_eq!(declared.attachment_id.to_string(), ATTACHMENT);
        assert_eq!(declared.media_type, FileKind::Png);
        assert_eq!(declared.sha256, digest);
    }

    #[test]
    fn each_fault_is_refused() {
        let digest = digest();
        let sound = [("attachment_id", ATTACHMENT), ("filetype", "image/png"), ("sha256", digest.as_str())];
        assert!(Declared::parse(&header(&sound)).is_ok());
        let malformed = [
            String::new(),
            header(&sound[..2]),
            header(&sound) + ",",
            header(&sound) + &format!(",sha256 {}", STANDARD.encode(&digest)),
            header(&sound) + ",note %%%",
            header(&[sound[0], sound[1], ("sha256", "AAAA")]),
            header(&[("attachment_id", "1"), sound[1], sound[2]]),
            header(&sound).replace(' ', "  "),
            header(&sound) + " ,note eA==",
            header(&sound) + ", eA==",
            header(&sound) + ",note\teA==",
        ];
        for text in malformed {
            assert!(matches!(Declared::parse(&text), Err(Refused::Header { .. })), "{text}");
        }
        let text = header(&[sound[0], ("filetype", "text/html"), sound[2]]);
        assert!(matches!(Declared::parse(&text), Err(Refused::MediaType)));
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(text in any::<String>()) {
            let _ = Declared::parse(&text);
        }
    }
}
