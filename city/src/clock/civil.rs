//! The clock itself.

use std::sync::{Arc, PoisonError, RwLock};

use citizen_form::day::{CHINA, civil_day as day_of};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use crate::store::{Store, StoreError, Tx};

/// The hour at which offices open, and at which a day begins that the clock was set to.
const OPENING_HOUR: i8 = 9;

/// Seconds since 1970 by the machine's clock.
pub fn machine_now() -> i64 {
    Timestamp::now().as_second()
}

/// The civil clock. Cheap to clone; all clones are one clock.
#[derive(Clone)]
pub struct CivilClock(Arc<Shared>);

struct Shared {
    /// How far the civil clock is before the machine's.
    lead: RwLock<SignedDuration>,
    /// Held while the clock is set, so that of two settings the later one is what stays.
    setting: Mutex<()>,
}

/// The clock was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetClockError {
    /// The day has passed: dates of cases would run backwards.
    #[error("the civil day is already {today}")]
    Backwards {
        /// The day it is.
        today: Date,
    },
    /// The day cannot be said as a moment.
    #[error("the day is out of range")]
    OutOfRange,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CivilClock {
    /// Reads the clock that the store keeps.
    pub async fn load(store: &Store) -> Result<Self, StoreError> {
        let lead = RwLock::new(store.read(stored_lead).await?);
        Ok(Self(Arc::new(Shared { lead, setting: Mutex::new(()) })))
    }

    fn lead(&self) -> SignedDuration {
        *self.0.lead.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        Timestamp::now().saturating_add(self.lead()).unwrap_or(Timestamp::MAX)
    }

    /// The day it is.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// Moves on to nine o'clock of a later day. The present day changes nothing.
    pub async fn set(&self, store: &Store, day: Date) -> Result<(), SetClockError> {
        let _setting = self.0.setting.lock().await;
        let today = self.today();
        match day.cmp(&today) {
            std::cmp::Ordering::Less => Err(SetClockError::Backwards { today }),
            std::cmp::Ordering::Equal => Ok(()),
            std::cmp::Ordering::Greater => {
                let lead = store.write(move |tx| store_day(tx, day)).await?;
                *self.0.lead.write().unwrap_or_else(PoisonError::into_inner) = lead;
                Ok(())
            }
        }
    }
}

/// Writes down that it is nine o'clock of that day now; gives how far that is before the machine's clock.
pub(crate) fn store_day(tx: &mut dyn Tx, day: Date) -> Result<SignedDuration, SetClockError> {
    let machine_at = Timestamp::now();
    let civil_at =
        CHINA.to_timestamp(day.at(OPENING_HOUR, 0, 0, 0)).map_err(|_| SetClockError::OutOfRange)?;
    tx.execute(
        "INSERT INTO civil_clock (clock, civil_at, machine_at) VALUES ('civil', $1, $2)
         ON CONFLICT (clock) DO UPDATE SET civil_at = excluded.civil_at, machine_at = excluded.machine_at",
        &[civil_at.into(), machine_at.into()],
    )?;
    Ok(civil_at.duration_since(machine_at))
}

fn stored_lead(tx: &mut dyn Tx) -> Result<SignedDuration, StoreError> {
    let Some(row) = tx.query_one("SELECT civil_at, machine_at FROM civil_clock", &[])? else {
        return Ok(SignedDuration::ZERO);
    };
    let (civil_at, machine_at) = (row.parse::<Timestamp>(0)?, row.parse::<Timestamp>(1)?);
    Ok(civil_at.duration_since(machine_at))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{CivilClock, SetClockError, day_of};
    use crate::store::Store;

    #[tokio::test]
    async fn a_day_that_was_set_is_there_after_reopening_and_never_runs_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("city.db");
        let store = Store::open(&path).unwrap();
        let clock = CivilClock::load(&store).await.unwrap();
        clock.set(&store, date(2099, 11, 23)).await.unwrap();
        assert_eq!(clock.today(), date(2099, 11, 23));
        let earlier = clock.set(&store, date(2099, 11, 22)).await;
        assert!(matches!(earlier, Err(SetClockError::Backwards { today }) if today == date(2099, 11, 23)));
        drop(store);
        let reopened = CivilClock::load(&Store::open(&path).unwrap()).await.unwrap();
        assert_eq!(reopened.today(), date(2099, 11, 23));
    }

    #[test]
    fn the_day_begins_at_midnight_in_china() {
        assert_eq!(day_of("2026-09-13T15:59:59Z".parse().unwrap()), date(2026, 9, 13));
        assert_eq!(day_of("2026-09-13T16:00:00Z".parse().unwrap()), date(2026, 9, 14));
    }
}
