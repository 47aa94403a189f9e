//! Creating an upload at the city.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::submission::{IDEMPOTENCY_KEY, SubmittedAttachment};
use citizen_api::upload::{
    OFFSET_MEDIA_TYPE, TUS_RESUMABLE, TUS_VERSION, UPLOAD_CHECKSUM, UPLOAD_LENGTH, UPLOAD_METADATA, metadata,
};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use ring::digest::{SHA256, digest};
use url::Url;

use super::state::UploadState;
use super::transfer::{offset, same_city};
use crate::Error;
use crate::http::Reply;
use crate::people::Compartment;

/// The largest file that goes with its creation: one request instead of two, and no state to resume by.
const SMALL: u64 = 1024 * 1024;

/// Creates the upload, with the file where its bytes go along, and gives where it is and how much of it the city holds.
/// Repeating a creation under its key gives the same upload at its present offset.
pub(super) async fn create(
    compartment: &Compartment,
    state: &UploadState,
    file: &SubmittedAttachment,
    bytes: Option<&[u8]>,
) -> Result<(Url, u64), Error> {
    let url = compartment.city("v1/uploads")?;
    let reply = compartment
        .session()
        .authorized(|http| {
            let request = http
                .request(Method::POST, url.clone())?
                .header(TUS_RESUMABLE, TUS_VERSION)
                .header(IDEMPOTENCY_KEY, state.creation.to_string())
                .header(UPLOAD_LENGTH, file.size)
                .header(UPLOAD_METADATA, upload_metadata(file));
            Ok(match bytes {
                None => request,
                Some(bytes) => request
                    .header(CONTENT_TYPE, OFFSET_MEDIA_TYPE)
                    .header(UPLOAD_CHECKSUM, checksum(bytes))
                    .body(bytes.to_vec()),
            })
        })
        .await?;
    let location = location(&reply, &url)?;
    // A creation without bytes may be answered without an offset, which is then nought.
    Ok((location, offset(&reply).unwrap_or_default()))
}

/// The whole file, where it is small.
pub(super) fn small(compartment: &Compartment, file: &SubmittedAttachment) -> Result<Option<Vec<u8>>, Error> {
    if file.size > SMALL {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut blob = compartment.blobs().open(file.attachment_id)?;
    blob.read_to_end(&mut bytes).map_err(|_| Error::FileUnreadable)?;
    Ok(Some(bytes))
}

fn checksum(bytes: &[u8]) -> String {
    format!("sha256 {}", STANDARD.encode(digest(&SHA256, bytes)))
}

fn upload_metadata(file: &SubmittedAttachment) -> String {
    [
        (metadata::ATTACHMENT_ID, file.attachment_id.to_string()),
        (metadata::MEDIA_TYPE, file.media_type.clone()),
        (metadata::SHA256, file.sha256.clone()),
    ]
    .map(|(key, value)| format!("{key} {}", STANDARD.encode(value)))
    .join(",")
}

/// Where the city put it. Another host would be given the bytes and the session, so it is nonsense.
fn location(reply: &Reply, city: &Url) -> Result<Url, Error> {
    let location = reply.headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.and_then(|location| city.join(location).ok());
    location.filter(|location| same_city(location, city)).ok_or(Error::CityAnsweredNonsense)
}

#[cfg(test)]
mod tests {
    use citizen_api::AttachmentId;
    use citizen_api::submission::SubmittedAttachment;

    use super::{checksum, upload_metadata};

    #[test]
    fn metadata_says_what_the_city_reads_and_no_name() {
        let file = SubmittedAttachment {
            attachment_id: AttachmentId("018f3c1e-0000-7000-8000-000000000000".parse().unwrap()),
            requirement_id: "invoice".into(),
            sha256: "abc".to_owned(),
            size: 3,
            media_type: "image/jpeg".to_owned(),
        };
        assert_eq!(
            upload_metadata(&file),
            "attachment_id MDE4ZjNjMWUtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw,filetype aW1hZ2UvanBlZw==,sha256 YWJj"
        );
    }

    #[test]
    fn a_checksum_is_the_digest_of_the_body() {
        assert_eq!(checksum(b""), "sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
