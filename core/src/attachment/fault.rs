//! Why a file is refused, as a person is told it.

use std::io;

use citizen_api::evidence::Provided;
use citizen_form::file::{Fault, FileKind, found};

use crate::Error;

/// What a name's ending claims a file to be. Endings that claim nothing are left out.
const CLAIMS: [(&str, &str); 12] = [
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("png", "image/png"),
    ("pdf", "application/pdf"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("heic", "image/heic"),
    ("heif", "image/heic"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
];

/// The kind of a file by its first bytes. Refuses one that is not what its name claims, or that the requirement does
/// not accept.
pub(super) fn kind(head: &[u8], name: &str, provided: &Provided) -> Result<FileKind, Error> {
    let found = found(head);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let claimed =
        CLAIMS.iter().find(|(known, _)| Some(*known) == ending.as_deref()).map(|(_, claimed)| *claimed);
    let honest = claimed.is_none_or(|claimed| claimed == found);
    let accepted = provided.accept.iter().any(|accepted| accepted == found);
    match FileKind::named(found) {
        Some(kind) if honest && accepted => Ok(kind),
        _ => Err(Error::FileNotAccepted {
            claimed: claimed.unwrap_or(found).to_owned(),
            found: found.to_owned(),
        }),
    }
}

/// What is the matter with a file that could not be copied in.
pub(super) fn refused(fault: Fault) -> Error {
    match fault {
        Fault::TooManyPoints => Error::PictureTooLarge,
        Fault::Encrypted => Error::FileEncrypted,
        Fault::Bomb => Error::FileUnpacksTooLarge,
        Fault::TwoInOne => Error::FileTwoInOne,
        Fault::Damaged => Error::FileUnreadable,
        Fault::Io(error) => unreadable(error),
    }
}

/// A file that cannot be opened or read is the file's trouble; a store that cannot take it is ours.
pub(super) fn unreadable(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::StoreFull,
        _ => Error::FileUnreadable,
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::evidence::Provided;
    use citizen_form::file::FileKind;

    use super::kind;
    use crate::Error;

    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16];
    const PDF: &[u8] = b"%PDF-1.7\n";

    fn photographs() -> Provided {
        Provided { min_files: 1, max_files: 3, max_bytes: 10, accept: vec!["image/jpeg".to_owned()] }
    }

    #[test]
    fn a_photograph_is_known_by_its_bytes_whatever_its_name() {
        for name in ["a.jpg", "A.JPEG", "发票", "scan.0001"] {
            assert_eq!(kind(JPEG, name, &photographs()).unwrap(), FileKind::Jpeg, "{name}");
        }
    }

    #[test]
    fn a_file_that_is_not_what_its_name_says_is_refused() {
        let refused = kind(JPEG, "a.png", &photographs()).unwrap_err();
        assert!(
            matches!(&refused, Error::FileNotAccepted { claimed, found } if claimed == "image/png" && found == "image/jpeg")
        );
        for other in [&b"MZ\x90\0"[..], b"hello", b"<svg onload='alert(1)'>", b"PK\x03\x04"] {
            assert!(kind(other, "a.jpg", &photographs()).is_err());
        }
    }

    #[test]
    fn a_kind_that_is_not_asked_for_is_refused() {
        assert!(kind(PDF, "a.pdf", &photographs()).is_err());
    }
}
