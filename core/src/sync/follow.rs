//! Following along: the event stream says when to pull, and never what.

use std::time::Duration;

use citizen_api::changes::CHANGED_EVENT;
use reqwest::{Method, Url};

use super::{Sync, SyncReport};
use crate::Error;
use crate::http::EventStream;

/// How often to pull where the city's event stream cannot be had.
const WITHOUT_STREAM: Duration = Duration::from_secs(60);
/// The first wait after a failure; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait after failures.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl Sync {
    /// Pulls now and whenever the city says that there is more, until `stop` completes. `tell` hears of each pull
    /// that brought something. Ends early only for what waiting cannot mend: a locked compartment, a session
    /// that has ended.
    pub async fn follow(
        &self,
        stop: impl Future<Output = ()>,
        tell: impl Fn(&SyncReport),
    ) -> Result<(), Error> {
        tokio::select! {
            () = stop => Ok(()),
            ended = self.keep_up(tell) => Err(ended),
        }
    }

    async fn keep_up(&self, tell: impl Fn(&SyncReport)) -> Error {
        let mut wait = FIRST_WAIT;
        loop {
            // The stream is opened before the pull: what changes in between is heard of.
            let stream = self.open_stream().await;
            let followed = match self.pull_and_tell(&tell).await {
                Ok(()) => self.listen(stream, &tell, &mut wait).await,
                Err(error) => Err(error),
            };
            if let Err(error) = followed
                && !error.is_passing()
            {
                return error;
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    /// Pulls at each event until the stream ends; without a stream, once after a while.
    async fn listen(
        &self,
        stream: Result<EventStream, Error>,
        tell: &impl Fn(&SyncReport),
        wait: &mut Duration,
    ) -> Result<(), Error> {
        let Ok(mut stream) = stream else {
            tokio::time::sleep(WITHOUT_STREAM).await;
            return Ok(());
        };
        *wait = FIRST_WAIT;
        while let Some(event) = stream.next().await? {
            if event == CHANGED_EVENT {
                self.pull_and_tell(tell).await?;
            }
        }
        Ok(())
    }

    async fn pull_and_tell(&self, tell: &impl Fn(&SyncReport)) -> Result<(), Error> {
        let report = self.pull().await?;
        if report.is_news() {
            tell(&report);
        }
        Ok(())
    }

    async fn open_stream(&self) -> Result<EventStream, Error> {
        let url: Url = self.compartment.city("v1/changes/events")?;
        self.compartment.session().authorized_events(|http| http.request(Method::GET, url.clone())).await
    }
}
