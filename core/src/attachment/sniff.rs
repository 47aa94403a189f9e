//! What a file is, by its first bytes, and whether that is what it claims and what is asked for.

use citizen_api::evidence::Provided;

use crate::Error;

/// How many of a file's first bytes are looked at.
pub(super) const HEAD: usize = 8 * 1024;

/// What a name's ending claims a file to be. Endings that claim nothing are left out.
const CLAIMS: [(&str, &str); 10] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("png", "image/png"),
    ("pdf", "application/pdf"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
];

/// The media type of a file by its first bytes. Refuses one that is not what its name claims, or that the
/// requirement does not accept.
pub(super) fn media_type(head: &[u8], name: &str, provided: &Provided) -> Result<String, Error> {
    let found = infer::get(head).map_or("application/octet-stream", |kind| kind.mime_type());
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let claimed =
        CLAIMS.iter().find(|(known, _)| Some(*known) == ending.as_deref()).map(|(_, claimed)| *claimed);
    let honest = claimed.is_none_or(|claimed| claimed == found);
    let accepted = provided.accept.iter().any(|accepted| accepted == found);
    match honest && accepted {
        true => Ok(found.to_owned()),
        false => Err(Error::FileNotAccepted {
            claimed: claimed.unwrap_or(found).to_owned(),
            found: found.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::evidence::Provided;

    use super::media_type;
    use crate::Error;

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16];
    const PDF: &[u8] = b"%PDF-1.7\n";

    fn photographs() -> Provided {
        Provided { min_files: 1, max_files: 3, max_bytes: 10, accept: vec!["image/jpeg".to_owned()] }
    }

    #[test]
    fn a_photograph_is_known_by_its_bytes_whatever_its_name() {
        for name in ["a.jpg", "A.JPEG", "发票", "scan.0001"] {
            assert_eq!(media_type(JPEG, name, &photographs()).unwrap(), "image/jpeg", "{name}");
        }
    }

    #[test]
    fn a_file_that_is_not_what_its_name_says_is_refused() {
        let refused = media_type(JPEG, "a.png", &photographs()).unwrap_err();
        assert!(
            matches!(&refused, Error::FileNotAccepted { claimed, found } if claimed == "image/png" && found == "image/jpeg")
        );
        assert!(media_type(b"MZ\x90\0", "a.jpg", &photographs()).is_err());
        assert!(media_type(b"hello", "a.jpg", &photographs()).is_err());
    }

    #[test]
    fn a_kind_that_is_not_asked_for_is_refused() {
        assert!(media_type(PDF, "a.pdf", &photographs()).is_err());
    }
}
