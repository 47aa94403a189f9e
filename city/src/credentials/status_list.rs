//! The bits of a status list (Token Status List), one for each credential: 1 means revoked.

use citizen_api::credential::StatusList;
use citizen_api::jose;

/// The highest level of zlib, as the specification recommends: a list is made once and fetched often.
const COMPRESSION: u8 = 9;

/// The shortest list in bits. A list that grew with each card would tell how many there are.
const SHORTEST: u64 = 1 << 16;

/// The list of at least [`SHORTEST`] bits, and at least up to the highest place given out, in which the
/// places in `revoked` are set.
pub fn status_list(highest: u64, revoked: &[u64]) -> StatusList {
    encode(&bits(highest.saturating_add(1).max(SHORTEST), revoked))
}

/// Places lowest first in each byte; a place beyond the list is left out.
fn bits(length: u64, revoked: &[u64]) -> Vec<u8> {
    let bytes = usize::try_from(length.div_ceil(8)).unwrap_or(0);
    let mut bits = vec![0_u8; bytes];
    for place in revoked {
        let byte = usize::try_from(place / 8).ok().and_then(|byte| bits.get_mut(byte));
        if let Some(byte) = byte {
            *byte |= 1 << (place % 8);
        }
    }
    bits
}

fn encode(bits: &[u8]) -> StatusList {
    StatusList { bits: 1, lst: jose::encode(&miniz_oxide::deflate::compress_to_vec_zlib(bits, COMPRESSION)) }
}

#[cfg(test)]
mod tests {
    use citizen_api::jose;
    use miniz_oxide::inflate::decompress_to_vec_zlib;

    use super::{bits, encode, status_list};

    // Token Status List, §4.1 and the first test vector: sixteen places.
    #[test]
    fn the_specifications_example_comes_out_bit_by_bit() {
        let packed = bits(16, &[0, 3, 4, 5, 7, 8, 9, 13, 15]);
        assert_eq!(packed, [0xb9, 0xa3]);
        let list = encode(&packed);
        assert_eq!((list.bits, list.lst.as_str()), (1, "eNrbuRgAAhcBXQ"));
    }

    #[test]
    fn a_list_reads_back_and_does_not_tell_how_many_cards_there_are() {
        let list = status_list(70_001, &[1, 70_001]);
        let back = decompress_to_vec_zlib(&jose::decode(&list.lst).unwrap()).unwrap();
        assert_eq!(back.len(), 8_751);
        assert_eq!((back[0], back[8_750]), (0b10, 0b10));
        assert_eq!(back.iter().map(|byte| byte.count_ones()).sum::<u32>(), 2);
        let short = decompress_to_vec_zlib(&jose::decode(&status_list(0, &[]).lst).unwrap()).unwrap();
        assert_eq!(short.len(), 8_192);
    }
}
