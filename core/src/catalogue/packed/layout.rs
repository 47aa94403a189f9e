//! How the bytes are laid out: a head with a version, a stamp, a checksum and lengths, and then the parts.

use std::sync::LazyLock;

use crate::catalogue::{pinyin, synonyms};

/// What the bytes begin with; its last byte is the version of the layout.
pub(super) const MAGIC: [u8; 4] = *b"CCS\x03";
/// Magic, stamp, checksum, four counts, and of each part the length and how many bytes each of its numbers takes.
pub(super) const HEAD: usize = 4 + 8 + 8 + 4 * 4 + 5 * Part::ALL.len();
/// What the checksum covers begins here: everything behind itself.
pub(super) const COVERED: usize = 4 + 8 + 8;

/// One part of the packed bytes. `…Ends` says where each element of another part ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Part {
    /// The phrases, each with a line's end.
    Text,
    TextEnds,
    /// The services that have each phrase.
    Posts,
    PostEnds,
    Ids,
    IdEnds,
    /// One byte of flags a service.
    Flags,
    /// The phrases that each service has.
    Lists,
    ListEnds,
    /// How titles and sentences as they are shown differ from how they are searched.
    Shown,
    ShownEnds,
    /// Where each service stands by its English title.
    EnglishOrder,
    /// Which pairs of characters occur in names, and in sentences.
    NameGrams,
    SentenceGrams,
    /// The names that have each pair of first letters, and each sound.
    Heard,
    HeardEnds,
}

impl Part {
    pub(super) const ALL: [Self; 16] = [
        Self::Text,
        Self::TextEnds,
        Self::Posts,
        Self::PostEnds,
        Self::Ids,
        Self::IdEnds,
        Self::Flags,
        Self::Lists,
        Self::ListEnds,
        Self::Shown,
        Self::ShownEnds,
        Self::EnglishOrder,
        Self::NameGrams,
        Self::SentenceGrams,
        Self::Heard,
        Self::HeardEnds,
    ];

    /// Whether it is made of numbers.
    pub(super) fn is_numbers(self) -> bool {
        use Part::{EnglishOrder, HeardEnds, IdEnds, ListEnds, Lists, PostEnds, Posts, ShownEnds, TextEnds};
        matches!(
            self,
            TextEnds | Posts | PostEnds | IdEnds | Lists | ListEnds | ShownEnds | EnglishOrder | HeardEnds
        )
    }
}

/// What the packed bytes were made with beside the documents: this version of the app, its table of sounds and
/// its table of synonyms. A newer app understands more documents, and packs again.
pub(in crate::catalogue) fn stamp() -> u64 {
    static STAMP: LazyLock<u64> = LazyLock::new(|| {
        let made_with = [env!("CARGO_PKG_VERSION"), pinyin::TEXT, synonyms::TEXT];
        made_with.iter().fold(0, |sum, text| checksum(text.as_bytes()) ^ sum.rotate_left(1))
    });
    *STAMP
}

/// A sum that changes where a disk or a hand changed a byte. It keeps out accidents and nobody who means harm:
/// whoever can write here can write documents too.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR).rotate_left(29);
    }
    for byte in rest {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(FACTOR).rotate_left(29);
    }
    sum ^ sum >> 32
}
