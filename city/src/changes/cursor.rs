//! Places in a feed, as phones hold them.

use citizen_api::{SyncCursor, jose};

/// How many bytes of a cursor name the place.
const SEQUENCE_BYTES: usize = 8;

/// A place in a citizen's feed. The phone cannot read it, and need not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Which feed.
    pub(super) epoch: String,
    /// The last change that was seen; 0 before the first.
    pub(super) sequence: i64,
}

impl Place {
    /// As it travels: base64url of the epoch and the sequence.
    pub(super) fn to_cursor(&self) -> SyncCursor {
        let bytes = [self.epoch.as_bytes(), &self.sequence.to_be_bytes()].concat();
        SyncCursor(jose::encode(&bytes))
    }

    /// The place that a cursor names; none where it names none.
    pub(super) fn of(cursor: &str) -> Option<Self> {
        let bytes = jose::decode(cursor).ok()?;
        let (epoch, sequence) = bytes.split_last_chunk::<SEQUENCE_BYTES>()?;
        let epoch = String::from_utf8(epoch.to_vec()).ok()?;
        Some(Self { epoch, sequence: i64::from_be_bytes(*sequence) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Place;

    proptest! {
        #[test]
        fn a_place_is_found_again(epoch in "[0-9a-f]{0,16}", sequence in any::<i64>()) {
            let place = Place { epoch, sequence };
            prop_assert_eq!(Place::of(place.to_cursor().as_str()), Some(place));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Place::of(&text);
        }
    }
}
