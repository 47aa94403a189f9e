//! Which pairs of characters and threes of letters occur at all: a word with one that does not occur is nowhere,
//! and nothing has to be read to know it.

/// A set of hashes, as bits.
pub(in crate::catalogue) struct Grams<'a>(pub(super) &'a [u8]);

impl Grams<'_> {
    /// Whether a word can occur. Of a single character nothing is known.
    /// Whether a word can occur. Of a single character nothing is known.
    pub(in crate::catalogue) fn may_hold(&self, word: &str) -> bool {
        self.0.is_empty() || grams(word).all(|gram| self.has(gram))
    }

    /// Whether a word of letters can be, or begin, one that occurs.
    pub(in crate::catalogue) fn may_begin(&self, word: &str) -> bool {
        self.0.is_empty() || beginnings(word).last().is_some_and(|gram| self.has(gram)) && self.may_hold(word)
    }

    fn has(&self, gram: u64) -> bool {
        let (byte, bit) = place(gram, self.0.len());
        self.0.get(byte).is_some_and(|byte| byte & bit != 0)
    }
}

/// Adds what occurs in a word.
pub(super) fn add(bits: &mut [u8], word: &str) {
    let size = bits.len();
    for gram in grams(word).chain(beginnings(word)) {
        let (byte, bit) = place(gram, size);
        if let Some(byte) = bits.get_mut(byte) {
            *byte |= bit;
        }
    }
}

/// How many bytes of bits suit so many services: mostly nought, even where every one speaks of other things.
pub(super) fn size_for(services: usize) -> usize {
    (services * 2).next_power_of_two().clamp(8 * 1024, 1024 * 1024)
}

fn place(gram: u64, size: usize) -> (usize, u8) {
    let hash = gram.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let byte = usize::try_from(hash >> 3).unwrap_or_default() & size.saturating_sub(1);
    (byte, 1 << (hash & 7))
}

/// The threes of letters of a word in ASCII, the pairs of characters of any other.
fn grams(word: &str) -> impl Iterator<Item = u64> {
    let wide = if word.is_ascii() { 3 } else { 2 };
    let mut gram = 0_u64;
    word.chars().enumerate().filter_map(move |(at, character)| {
        let kept = if wide == 3 { gram & 0xFFFF } else { gram & 0x1F_FFFF };
        gram = kept << if wide == 3 { 8 } else { 21 } | u64::from(character);
        (at + 1 >= wide).then_some(gram)
    })
}

/// The first letter of a word in ASCII, and its first two.
fn beginnings(word: &str) -> impl Iterator<Item = u64> {
    const BEGINS: u64 = 1 << 48;
    let letters = word.bytes().take(if word.is_ascii() { 2 } else { 0 });
    letters.scan(BEGINS, |gram, letter| {
        *gram = *gram << 8 | u64::from(letter);
        Some(*gram)
    })
}
