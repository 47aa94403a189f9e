//! Deflate (RFC 1951) with a preset dictionary: the text that every presentation has in common costs a few
//! bits. The dictionary is part of the code's format; another one needs another prefix.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// What presentations have in common, the most frequent last, where it is cheapest to refer to.
const DICTIONARY: &[u8] = br#"["","name","["","birthdate","19["","card_number","ZJ3307{"iat":17,"aud":"face-to-face","nonce":"","sd_hash":"{"alg":"ES256","typ":"kb+jwt"}{"alg":"ES256","typ":"dc+sd-jwt","kid":"city-{"iss":"https://","iat":17,"exp":2,"vct":"urn:citizen-core:senior-card-60","cnf":{"jwk":{"kty":"EC","crv":"P-256","x":"","y":""}},"status":{"status_list":{"idx":,"uri":"/v1/status-lists/1"}},"_sd":["","#;

/// Compresses, or `None` where it does not get smaller than twice its size.
pub(super) fn deflate(bytes: &[u8]) -> Option<Vec<u8>> {
    const HIGHEST_LEVEL: i32 = 10;
    const RAW: i32 = 0;
    const DEFAULT_STRATEGY: i32 = 0;
    let flags = create_comp_flags_from_zip_params(HIGHEST_LEVEL, RAW, DEFAULT_STRATEGY);
    let mut compressor = CompressorOxide::new(flags);
    let mut packed = vec![0; 2 * (DICTIONARY.len() + bytes.len()) + 64];
    // What the dictionary itself compresses to is thrown away; the compressor remembers it as its past.
    compress(&mut compressor, DICTIONARY, &mut packed, TDEFLFlush::Sync);
    let (status, read, written) = compress(&mut compressor, bytes, &mut packed, TDEFLFlush::Finish);
    packed.truncate(written);
    (status == TDEFLStatus::Done && read == bytes.len()).then_some(packed)
}

/// Decompresses at most `limit` bytes, or `None` where it is not whole or more.
pub(super) fn inflate(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut window = DICTIONARY.to_vec();
    window.resize(DICTIONARY.len() + limit, 0);
    let mut decompressor = DecompressorOxide::new();
    let (status, read, written) = decompress(
        &mut decompressor,
        packed,
        &mut window,
        DICTIONARY.len(),
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    );
    let whole = status == TINFLStatus::Done && read == packed.len();
    whole.then(|| window.get(DICTIONARY.len()..DICTIONARY.len() + written).map(<[u8]>::to_vec)).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DICTIONARY, deflate, inflate};

    #[test]
    fn what_all_presentations_share_costs_next_to_nothing() {
        assert!(deflate(DICTIONARY).unwrap().len() < 32);
    }

    #[test]
    fn more_than_the_limit_is_refused() {
        let packed = deflate(&[0; 1_001]).unwrap();
        assert_eq!(inflate(&packed, 1_001).unwrap().len(), 1_001);
        assert_eq!(inflate(&packed, 1_000), None);
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            prop_assert_eq!(inflate(&deflate(&bytes).unwrap(), 2_000).unwrap(), bytes);
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = inflate(&bytes, 4_096);
        }
    }
}
