//! A presentation as the text of a QR code, and back, without losing a byte.
//!
//! A presentation is base64url in pieces joined by `.` and `~`. Base64 is what makes it too long for a code
//! that a cheap phone can read at arm's length, so the pieces are carried as bytes, deflated, in base45. What
//! comes out at the other end is the very text that was signed, so verification follows the specification.

use citizen_api::jose;

use super::base45;
use super::deflate::{deflate, inflate};

/// What a code begins with, so that a scanner knows what it has and which version.
const PREFIX: &str = "CC1:";

/// The most bytes a code may unpack to. A genuine one has about 1,000; a code that would grow beyond this is
/// an attack on the reader's memory.
const LIMIT: usize = 16 * 1024;

/// A text that is not a code, or not a whole one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the text of a card's code")]
pub(super) struct NotACode;

/// Packs a presentation.
pub(super) fn pack(presentation: &str) -> Result<String, NotACode> {
    let shape: String = presentation.chars().filter(|c| is_joint(*c)).collect();
    let mut bytes = vec![u8::try_from(shape.len()).map_err(|_| NotACode)?];
    bytes.extend(shape.bytes());
    for piece in presentation.split(is_joint) {
        let decoded = jose::decode(piece).map_err(|_| NotACode)?;
        bytes.extend(u16::try_from(decoded.len()).map_err(|_| NotACode)?.to_be_bytes());
        bytes.extend(decoded);
    }
    let packed = deflate(&bytes).ok_or(NotACode)?;
    Ok(format!("{PREFIX}{}", base45::encode(&packed)))
}

/// Unpacks the text of a code to the presentation it carries.
pub(super) fn unpack(text: &str) -> Result<String, NotACode> {
    let packed = text.trim().strip_prefix(PREFIX).and_then(base45::decode).ok_or(NotACode)?;
    let bytes = inflate(&packed, LIMIT).ok_or(NotACode)?;
    let (joints, mut rest) = bytes.split_first().ok_or(NotACode)?;
    let shape = take(&mut rest, usize::from(*joints))?;
    let mut presentation = piece(&mut rest)?;
    for joint in shape.iter().copied().map(char::from) {
        if !is_joint(joint) {
            return Err(NotACode);
        }
        presentation.push(joint);
        presentation.push_str(&piece(&mut rest)?);
    }
    if rest.is_empty() { Ok(presentation) } else { Err(NotACode) }
}

fn is_joint(c: char) -> bool {
    matches!(c, '.' | '~')
}

fn piece(rest: &mut &[u8]) -> Result<String, NotACode> {
    let length = take(rest, 2)?;
    let length = length.try_into().map(u16::from_be_bytes).map_err(|_| NotACode)?;
    take(rest, usize::from(length)).map(jose::encode)
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], NotACode> {
    let (taken, left) = rest.split_at_checked(count).ok_or(NotACode)?;
    *rest = left;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::base45;
    use super::{NotACode, deflate, pack, unpack};

    #[test]
    fn a_presentation_comes_back_to_the_byte() {
        for text in ["e30.e30.AAAA~WyJh~WyJi~e30.e30.BBBB", "~", "", "e30.e30.AA~"] {
            assert_eq!(unpack(&pack(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn a_code_that_unpacks_without_end_is_refused() {
        let bomb = deflate(&vec![0; 10_000_000]).unwrap();
        assert_eq!(unpack(&format!("CC1:{}", base45::encode(&bomb))), Err(NotACode));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(CC1:)?[0-9A-Z $%*+./:-]{0,300}") {
            let _ = unpack(&text);
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = unpack(&format!("CC1:{}", base45::encode(&deflate(&bytes).unwrap())));
        }
    }
}
