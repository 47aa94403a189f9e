//! What a file is, by its first bytes.

/// How many of a file's first bytes decide.
pub(super) const PROBE: usize = 16;

/// The brands of an ISO media file (ISO/IEC 14496-12) that are HEIC images.
const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];

/// The kinds of file that the city takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    Jpeg,
    Png,
    Webp,
    Heic,
    Pdf,
}

impl MediaType {
    const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::Webp, Self::Heic, Self::Pdf];

    /// Its name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }

    /// The kind of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind of a file that begins so.
    pub(super) fn sniff(beginning: &[u8]) -> Option<Self> {
        match beginning {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
                let heic = brand.get(..4).is_some_and(|brand| HEIC_BRANDS.contains(&brand));
                heic.then_some(Self::Heic)
            }
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn each_kind_is_known_by_its_beginning() {
        for (beginning, kind) in [
            (&b"\xFF\xD8\xFF\xE1\x00\x10Exif"[..], Some(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Some(MediaType::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(MediaType::Heic)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", Some(MediaType::Heic)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", None),
            (b"\0\0\0\x18ftyp", None),
            (b"%PDF-1.7", Some(MediaType::Pdf)),
            (b"<!doctype html>", None),
            (b"\xFF\xD8", None),
            (b"", None),
        ] {
            assert_eq!(MediaType::sniff(beginning), kind, "{beginning:?}");
        }
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in MediaType::ALL {
            assert_eq!(MediaType::named(kind.name()), Some(kind));
        }
        assert_eq!(MediaType::named("image/gif"), None);
    }
}
