//! Sending by itself, for as long as the app is open.

use std::time::Duration;

use super::hold::files_wait;
use super::send::{Pace, Progress, SendReport};
use super::{Outbox, queue};
use crate::Error;
use crate::error::ErrorKind;
use crate::store::now_ms;

/// The shortest pause between two passes that nothing has called for.
const SHORTEST_PAUSE: Duration = Duration::from_secs(2);

impl Outbox {
    /// Sends what waits: now, whenever something is added, retried or the network changes, and when a wait is over,
    /// until `stop` completes. `tell` hears of each pass that sent something. With nothing to wait for, nothing wakes.
    ///
    /// What the network does meanwhile is waited out; an error is what waiting cannot mend, such as a locked
    /// compartment.
    pub async fn keep_sending(
        &self,
        stop: impl Future<Output = ()>,
        progress: &(dyn Fn(Progress) + Send + Sync),
        tell: impl Fn(&SendReport),
    ) -> Result<(), Error> {
        tokio::select! {
            () = stop => Ok(()),
            ended = self.send_for_ever(progress, tell) => Err(ended),
        }
    }

    async fn send_for_ever(
        &self,
        progress: &(dyn Fn(Progress) + Send + Sync),
        tell: impl Fn(&SendReport),
    ) -> Error {
        loop {
            match self.send_at(Pace::WhenDue, progress).await {
                Ok(report) if report.sent > 0 => tell(&report),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Waiting => {}
                Err(error) => return error,
            }
            if let Err(error) = self.wait_until_due().await {
                return error;
            }
        }
    }

    /// Waits until a row is due or the outbox has changed. A change that came during the last pass is not missed.
    async fn wait_until_due(&self) -> Result<(), Error> {
        let changed = self.compartment.outbox_changed().notified();
        let files = !files_wait(&self.compartment)?;
        let Some(due) = self.compartment.read(|tx, _| queue::next_due(tx, files))? else {
            changed.await;
            return Ok(());
        };
        let pause = Duration::from_millis(due.saturating_sub(now_ms()).try_into().unwrap_or_default());
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep(pause.max(SHORTEST_PAUSE)) => {}
        }
        Ok(())
    }
}
