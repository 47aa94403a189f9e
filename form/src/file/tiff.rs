//! Exif data (a TIFF structure): which side of a picture is up, and nothing else.

/// The bytes of the least Exif data that says an orientation.
pub(super) const LEAST: usize = 26;

/// Exif data with one entry: the orientation.
pub(super) fn upright(orientation: u16) -> [u8; LEAST] {
    let [high, low] = orientation.to_be_bytes();
    [
        b'M', b'M', 0, 42, 0, 0, 0, 8, // header
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, high, low, 0, 0, // one entry: orientation, one short
        0, 0, 0, 0, // no further directory
    ]
}

/// The orientation that the first directory names, where it turns the picture. 1 is upright, which is also what is
/// assumed without a word.
pub(super) fn turned(tiff: &[u8]) -> Option<u16> {
    orientation(tiff).filter(|orientation| (2..=8).contains(orientation))
}

fn orientation(tiff: &[u8]) -> Option<u16> {
    let big_endian = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map_while(|index| directory.checked_add(2 + index * 12))
        .find_map(|entry| (short(entry)? == 0x0112).then(|| short(entry.checked_add(8)?)).flatten())
}

#[cfg(test)]
mod tests {
    use super::{orientation, turned, upright};

    #[test]
    fn what_is_written_is_read() {
        for number in 2..=8 {
            assert_eq!(turned(&upright(number)), Some(number));
        }
        for number in [0, 1, 9] {
            assert_eq!((orientation(&upright(number)), turned(&upright(number))), (Some(number), None));
        }
    }

    #[test]
    fn a_hostile_directory_is_no_orientation() {
        for hostile in [
            &b"MM\0\x2A\xFF\xFF\xFF\xFF"[..],
            b"II\x2A\0\x08\0\0\0\xFF\xFF\x12\x01",
            b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03",
            b"MM",
            b"",
        ] {
            assert_eq!(orientation(hostile), None);
        }
    }
}
