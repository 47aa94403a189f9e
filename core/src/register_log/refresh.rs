//! Asking the city who has read what since.

use citizen_api::register::{self, RegisterRead};
use ring::digest::{SHA256, digest};
use rusqlite::Transaction;

use super::{RegisterLog, RegisterLogView};
use crate::Error;
use crate::mirror::{self, Kind, ONLY};
use crate::store::Sealer;

impl RegisterLog {
    /// Fetches the readings that are new, and keeps them where they follow those that are here. Where they do not, the
    /// city has changed or dropped a reading: [`Error::RegisterLogAltered`], and what is here stays.
    pub async fn refresh(&self) -> Result<RegisterLogView, Error> {
        let subject = self.compartment.subject()?;
        loop {
            let newest =
                |tx: &Transaction<'_>, sealer: &Sealer| mirror::newest(tx, sealer, Kind::RegisterRead);
            let head = self.compartment.read(newest)?.map(|kept| kept.document);
            let after = head.as_ref().map_or(0, |head: &RegisterRead| head.sequence);
            let page: register::RegisterLog =
                self.compartment.session().get_json(&format!("v1/register-log?after={after}")).await?;
            if page.last < after || !follow(head.as_ref(), &page.entries, subject.as_str()) {
                return Err(Error::RegisterLogAltered);
            }
            self.keep(&page)?;
            let reached = page.entries.last().map_or(after, |last| last.sequence);
            match reached >= page.last {
                true => return self.list(),
                // A city that names more than it gives would be asked for ever.
                false if page.entries.is_empty() => return Err(Error::CityAnsweredNonsense),
                false => {}
            }
        }
    }

    fn keep(&self, page: &register::RegisterLog) -> Result<(), Error> {
        self.compartment.write(|tx, sealer| {
            for entry in &page.entries {
                mirror::put(tx, sealer, Kind::RegisterRead, &name(entry.sequence), entry)?;
            }
            mirror::put(tx, sealer, Kind::RegisterLog, ONLY, &page.last)
        })
    }
}

/// The name of a reading's row: names are sorted as text.
fn name(sequence: u64) -> String {
    format!("{sequence:020}")
}

/// Whether readings follow the last one that is here, each chained to the one before. Those from before there was a
/// chain have no digest, and stand before all that have one.
fn follow(head: Option<&RegisterRead>, entries: &[RegisterRead], subject: &str) -> bool {
    let (mut sequence, mut previous) = head.map_or((0, ""), |head| (head.sequence, head.sha256.as_str()));
    for entry in entries {
        let is_next = entry.sequence == sequence + 1 && entry.previous == previous;
        let is_chained = match entry.sha256.as_str() {
            "" => previous.is_empty(),
            sha256 => entry.chained(subject).is_some_and(|chained| hex(chained.as_bytes()) == sha256),
        };
        if !is_next || !is_chained {
            return false;
        }
        (sequence, previous) = (entry.sequence, &entry.sha256);
    }
    true
}

fn hex(bytes: &[u8]) -> String {
    digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
