//! What a file is, by its first bytes.

/// How many of a file's first bytes decide.
pub const PROBE: usize = 1024;

/// The brands of an ISO media file (ISO/IEC 14496-12) that are HEIC images.
const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];

/// Words by which a browser takes a file for a page, wherever else it comes from.
const PAGES: [&[u8]; 3] = [b"<html", b"<script", b"<!doctype"];

/// The kinds of file that can be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A picture of the web.
    Webp,
    /// A photograph by newer phones.
    Heic,
    /// A document.
    Pdf,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::Webp, Self::Heic, Self::Pdf];

    /// Its name on the wire.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }

    /// The kind of that name.
    pub fn named(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// The kind of a file that begins so.
    pub fn of(beginning: &[u8]) -> Option<Self> {
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

/// The media type of a file that begins so, also where it cannot be handed in: whoever chose it wants to be told what
/// it is.
pub fn found(beginning: &[u8]) -> &'static str {
    if let Some(kind) = FileKind::of(beginning) {
        return kind.media_type();
    }
    match beginning {
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'B', b'M', ..] => "image/bmp",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "image/tiff",
        [b'P', b'K', 3, 4, ..] | [0x1F, 0x8B, ..] | [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xBC, ..] => {
            "application/zip"
        }
        text if says(text, b"<svg") => "image/svg+xml",
        text if is_page(text) => "text/html",
        _ => "application/octet-stream",
    }
}

/// Whether a browser would take a file that begins so for a page.
pub fn is_page(beginning: &[u8]) -> bool {
    PAGES.iter().any(|word| says(beginning, word))
}

fn says(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{FileKind, found};

    #[test]
    fn each_kind_is_known_by_its_beginning() {
        for (beginning, kind) in [
            (&b"\xFF\xD8\xFF\xE1\x00\x10Exif"[..], Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Some(FileKind::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(FileKind::Webp)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(FileKind::Heic)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", Some(FileKind::Heic)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", None),
            (b"\0\0\0\x18ftyp", None),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b"<!doctype html>", None),
            (b"\xFF\xD8", None),
            (b"", None),
        ] {
            assert_eq!(FileKind::of(beginning), kind, "{beginning:?}");
        }
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::named(kind.media_type()), Some(kind));
        }
        assert_eq!(FileKind::named("image/gif"), None);
    }

    #[test]
    fn what_cannot_be_handed_in_has_a_name_all_the_same() {
        for (beginning, name) in [
            (&b"GIF89a"[..], "image/gif"),
            (b"PK\x03\x04", "application/zip"),
            (b"<?xml version='1.0'?><SVG onload=''>", "image/svg+xml"),
            (b"<!DOCTYPE html><title>", "text/html"),
            (b"%PDF-1.4", "application/pdf"),
            (b"MZ", "application/octet-stream"),
        ] {
            assert_eq!(found(beginning), name);
        }
    }
}
