//! Sending and keeping up by themselves, for as long as a shell has the app open.
//!
//! Both run on the core's own runtime: a shell holds only the handle by which they are stopped. With the network off
//! they wait; when the process dies, the rows of the outbox say what is left to do.

use std::sync::Arc;

use tokio::sync::watch;

use crate::Error;
use crate::outbox::{Progress, SendReport};
use crate::people::Compartment;
use crate::sync::SyncReport;

/// Who is told what happened meanwhile. Called on the core's threads, with no lock held.
pub trait Follower: Send + Sync {
    /// Something that is being sent has come further.
    fn progressed(&self, progress: Progress);
    /// The city has more of the outbox now.
    fn sent(&self, report: &SendReport);
    /// The city told something new.
    fn pulled(&self, report: &SyncReport);
    /// One of the two has ended for what waiting cannot mend: a session that is over, data that are locked.
    fn ended(&self, error: &Error);
}

/// What runs for a person until it is stopped or dropped.
pub struct Background {
    stop: watch::Sender<bool>,
}

impl Background {
    /// Ends both at their next step. What was not sent yet goes the next time.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Compartment {
    /// Sends what waits, and reads what the city tells, until the background is stopped or dropped.
    pub fn start_background(&self, follower: Arc<dyn Follower>) -> Result<Background, Error> {
        let (stop, stopped) = watch::channel(false);
        let runtime = self.device().runtime()?;
        runtime.spawn(send(self.clone(), Arc::clone(&follower), stopped.clone()));
        // What was written for others goes the same way.
        for represented in self.mandates().represented()? {
            let theirs = self.mandates().open_represented(represented.person_id)?;
            runtime.spawn(send(theirs, Arc::clone(&follower), stopped.clone()));
        }
        runtime.spawn(keep_up(self.clone(), follower, stopped));
        Ok(Background { stop })
    }
}

async fn send(compartment: Compartment, follower: Arc<dyn Follower>, stopped: watch::Receiver<bool>) {
    let telling = Arc::clone(&follower);
    let progress = move |progress: Progress| telling.progressed(progress);
    let outbox = compartment.outbox();
    let sending = outbox.keep_sending(until(stopped), &progress, |report| follower.sent(report));
    if let Err(error) = while_open(&compartment, sending).await {
        follower.ended(&error);
    }
}

async fn keep_up(compartment: Compartment, follower: Arc<dyn Follower>, stopped: watch::Receiver<bool>) {
    let sync = compartment.sync();
    let following = sync.follow(until(stopped), |report| follower.pulled(report));
    if let Err(error) = while_open(&compartment, following).await {
        follower.ended(&error);
    }
}

/// Ends what runs when the person locks, with all that it holds.
async fn while_open(
    compartment: &Compartment,
    running: impl Future<Output = Result<(), Error>>,
) -> Result<(), Error> {
    tokio::select! {
        ended = running => ended,
        () = compartment.locked() => Err(Error::Locked),
    }
}

/// Completes when the background is stopped.
async fn until(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone has stopped it as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
