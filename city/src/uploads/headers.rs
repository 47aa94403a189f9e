//! The request headers of tus, read strictly: each at most once, and exactly as the specification writes them.

use axum::http::HeaderMap;
use citizen_api::upload::{
    OFFSET_MEDIA_TYPE, TUS_RESUMABLE, TUS_VERSION, UPLOAD_CHECKSUM, UPLOAD_LENGTH, UPLOAD_METADATA,
    UPLOAD_OFFSET,
};

use super::checksum::Checksum;
use super::metadata::Declared;
use super::refused::Refused;

/// The longest `Upload-Metadata` that is kept.
const LONGEST_METADATA: usize = 4096;

/// The one value of a header; none where it is not there. Two of them contradict each other even where they
/// are equal.
fn single<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<&'a str>, Refused> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(Refused::Header { name });
    }
    first.map(|value| value.to_str().map_err(|_| Refused::Header { name })).transpose()
}

/// A count of bytes: digits only, as RFC 9110 writes a length, and no more than a file can have.
fn count(headers: &HeaderMap, name: &'static str) -> Result<u64, Refused> {
    let text = single(headers, name)?.ok_or(Refused::Header { name })?;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<u64>() {
        Ok(count) if digits && i64::try_from(count).is_ok() => Ok(count),
        _ => Err(Refused::Header { name }),
    }
}

/// Refuses a request that speaks another version of tus.
pub(super) fn check_version(headers: &HeaderMap) -> Result<(), Refused> {
    match single(headers, TUS_RESUMABLE) {
        Ok(Some(TUS_VERSION)) => Ok(()),
        _ => Err(Refused::Version),
    }
}

/// How many bytes the whole file has.
pub(super) fn length(headers: &HeaderMap) -> Result<u64, Refused> {
    count(headers, UPLOAD_LENGTH)
}

/// Where the bytes of this request begin.
pub(super) fn offset(headers: &HeaderMap) -> Result<u64, Refused> {
    count(headers, UPLOAD_OFFSET)
}

/// `Upload-Metadata` as it was sent.
pub(super) fn metadata(headers: &HeaderMap) -> Result<&str, Refused> {
    let malformed = Refused::Header { name: UPLOAD_METADATA };
    let text = single(headers, UPLOAD_METADATA)?.filter(|text| text.len() <= LONGEST_METADATA);
    text.ok_or(malformed)
}

/// What the file is said to be.
pub(super) fn declared(headers: &HeaderMap) -> Result<Declared, Refused> {
    Declared::parse(metadata(headers)?)
}

/// The checksum of the bytes of this request, where one is given.
pub(super) fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Refused> {
    single(headers, UPLOAD_CHECKSUM)?.map(Checksum::parse).transpose()
}

/// Whether the request carries bytes of a file; refuses any other content.
pub(super) fn carries_bytes(headers: &HeaderMap) -> Result<bool, Refused> {
    match single(headers, "content-type").map_err(|_| Refused::ContentType)? {
        Some(OFFSET_MEDIA_TYPE) => Ok(true),
        Some(_) => Err(Refused::ContentType),
        None => Ok(false),
    }
}

/// How many bytes the request says it has; none where it does not say.
pub(super) fn content_length(headers: &HeaderMap) -> Option<u64> {
    single(headers, "content-length").ok().flatten()?.parse().ok()
}

/// The key that makes a creation repeatable.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<String, Refused> {
    const NAME: &str = citizen_api::submission::IDEMPOTENCY_KEY;
    let key = single(headers, "idempotency-key").map_err(|_| Refused::Header { name: NAME })?;
    let key = key.ok_or(Refused::KeyMissing)?;
    let sound = (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { Ok(key.to_owned()) } else { Err(Refused::Header { name: NAME }) }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::{Refused, check_version, count, idempotency_key, offset, single};

    fn with(name: &'static str, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn a_count_is_digits_and_nothing_else() {
        assert_eq!(offset(&with("upload-offset", &["0"])).unwrap(), 0);
        assert_eq!(
            offset(&with("upload-offset", &["9223372036854775807"])).unwrap(),
            9_223_372_036_854_775_807
        );
        for hostile in
            ["", "+5", "-5", "5.0", "0x5", "5,5", "9223372036854775808", "18446744073709551616", "５"]
        {
            let mut headers = HeaderMap::new();
            headers.append("upload-offset", HeaderValue::from_bytes(hostile.as_bytes()).unwrap());
            assert!(matches!(offset(&headers), Err(Refused::Header { name: "Upload-Offset" })), "{hostile}");
        }
    }

    #[test]
    fn a_header_that_is_there_twice_is_refused_even_if_equal() {
        assert!(single(&with("upload-offset", &["5", "5"]), "upload-offset").is_err());
        assert!(matches!(check_version(&with("tus-resumable", &["1.0.0", "1.0.0"])), Err(Refused::Version)));
    }

    #[test]
    fn only_one_version_is_spoken() {
        assert!(check_version(&with("tus-resumable", &["1.0.0"])).is_ok());
        for other in [&[][..], &["0.2.2"], &["1.0"], &["1.0.0 "]] {
            let spoken = check_version(&with("tus-resumable", other)).is_ok();
            assert!(!spoken, "{other:?}");
        }
    }

    #[test]
    fn a_key_is_a_short_word() {
        assert!(matches!(idempotency_key(&HeaderMap::new()), Err(Refused::KeyMissing)));
        for bad in ["", "two words", &"x".repeat(65)] {
            assert!(matches!(idempotency_key(&with("idempotency-key", &[bad])), Err(Refused::Header { .. })));
        }
    }

    proptest! {
        #[test]
        fn every_number_survives(number in 0..=i64::MAX as u64) {
            let headers = with("upload-length", &[&number.to_string()]);
            prop_assert_eq!(count(&headers, "Upload-Length").ok(), Some(number));
        }
    }
}
