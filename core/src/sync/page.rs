//! A page of changes, read one change at a time: one that cannot be read must not hold up the others.

use citizen_api::SyncCursor;
use citizen_api::changes::Change;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A page as it came.
#[derive(Deserialize)]
pub(super) struct Page {
    changes: Vec<Box<RawValue>>,
    /// Where to go on.
    pub(super) next: SyncCursor,
    /// Whether there is more already.
    pub(super) more: bool,
}

impl Page {
    /// The changes that this version can read, in order. The others are for a newer version, which reads the
    /// feed from the beginning once.
    pub(super) fn readable(&self) -> Vec<Change> {
        self.changes.iter().filter_map(|change| serde_json::from_str(change.get()).ok()).collect()
    }

    /// How many changes came.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::changes::Change;
    use serde_json::json;

    use super::Page;

    #[test]
    fn what_this_version_cannot_read_holds_nothing_up() {
        let parcel = json!({ "delivery_id": "018f3b1e-0000-7000-8000-000000000001", "content": { "zh": "卡", "en": "Card" },
            "status": "teleported", "revision": 2, "tracking_number": "T1", "events": [] });
        let page = json!({ "next": "c9", "more": false, "changes": [
            { "kind": "weather", "body": { "sky": "blue" } },
            { "kind": "case", "body": { "case_id": 7 } },
            { "kind": "delivery", "body": parcel },
        ]});
        let page: Page = serde_json::from_value(page).unwrap();
        assert_eq!(page.len(), 3);
        let known: Vec<Change> =
            page.readable().into_iter().filter(|change| !matches!(change, Change::Unknown)).collect();
        assert!(matches!(known.as_slice(), [Change::Delivery(delivery)] if delivery.revision == 2));
    }
}
