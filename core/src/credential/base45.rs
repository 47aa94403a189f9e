//! Base45 (RFC 9285): bytes in the 45 characters that a QR code packs into 5.5 bits each.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Writes bytes: two as three characters, a last one as two.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 3 / 2 + 2);
    for pair in bytes.chunks(2) {
        let (value, characters) = match pair {
            [high, low] => (usize::from(*high) * 256 + usize::from(*low), 3),
            [one] => (usize::from(*one), 2),
            _ => continue,
        };
        let digits = [value % 45, value / 45 % 45, value / (45 * 45)];
        text.extend(
            digits.iter().take(characters).filter_map(|digit| ALPHABET.get(*digit)).map(|c| char::from(*c)),
        );
    }
    text
}

/// Reads bytes, or `None` where a character or a group is not of the encoding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text
        .bytes()
        .map(|byte| ALPHABET.iter().position(|c| *c == byte).and_then(|place| u32::try_from(place).ok()))
        .collect::<Option<_>>()?;
    let mut bytes = Vec::with_capacity(digits.len() * 2 / 3 + 1);
    for group in digits.chunks(3) {
        match group {
            [a, b, c] => bytes.extend(u16::try_from(a + b * 45 + c * 45 * 45).ok()?.to_be_bytes()),
            [a, b] => bytes.push(u8::try_from(a + b * 45).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, encode};

    // RFC 9285, §4.3 and §4.4.
    #[test]
    fn the_specifications_examples() {
        for (bytes, text) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
    }

    #[test]
    fn what_is_not_of_the_encoding_is_refused() {
        for text in ["A", "GGW", ":::", "::", "a00", "汉汉汉"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
    }
}
