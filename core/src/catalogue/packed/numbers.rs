//! Numbers of one part, each of as many bytes as the largest needs.

/// So many bytes beyond the end may be read with the last number.
pub(super) const BEYOND: usize = 3;

/// Numbers as they lie there.
#[derive(Clone, Copy)]
pub(in crate::catalogue) struct Numbers<'a> {
    /// The numbers, with the bytes beyond.
    bytes: &'a [u8],
    width: usize,
    mask: u32,
}

impl<'a> Numbers<'a> {
    /// Numbers of so many bytes each.
    pub(in crate::catalogue) fn new(bytes: &'a [u8], width: usize) -> Self {
        Self { bytes, width, mask: u32::MAX >> (32 - 8 * width.clamp(1, 4)) }
    }

    /// The number at a place; none behind the last.
    pub(in crate::catalogue) fn get(self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at.checked_mul(self.width)?..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) & self.mask)
    }

    /// The numbers of a range, as far as there are any.
    pub(in crate::catalogue) fn within(self, from: usize, to: usize) -> impl Iterator<Item = u32> + use<'a> {
        (from..to).map_while(move |at| self.get(at))
    }
}

/// Numbers of four bytes each, in as few as the largest needs, and how many that is.
pub(super) fn narrowed(numbers: &[u8]) -> (Vec<u8>, usize) {
    let numbers = numbers.as_chunks::<4>().0;
    let largest = numbers.iter().map(|number| u32::from_le_bytes(*number)).max().unwrap_or_default();
    let width = (4 - largest.leading_zeros() as usize / 8).max(1);
    (numbers.iter().flat_map(|number| number.iter().take(width)).copied().collect(), width)
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, Numbers, narrowed};

    #[test]
    fn numbers_take_as_few_bytes_as_the_largest_needs() {
        for (largest, needed) in
            [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 3), (1 << 24, 4), (u32::MAX, 4)]
        {
            let numbers = [7, largest, 0, 1_u32];
            let (mut bytes, width) = narrowed(&numbers.map(u32::to_le_bytes).concat());
            assert_eq!((width, bytes.len()), (needed, needed * numbers.len()), "{largest}");
            bytes.extend([0xFF; BEYOND]);
            let bytes = &bytes[..bytes.len() - (width - 1)];
            let read = Numbers::new(bytes, width);
            assert_eq!(read.within(0, 9).take(4).collect::<Vec<_>>(), numbers, "{largest}");
        }
    }
}
