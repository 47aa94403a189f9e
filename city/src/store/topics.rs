//! Topics that transactions speak of: who listens learns, after the commit, that there is something to read.
//!
//! A notice says nothing but that; the truth is in the tables. This is what `LISTEN` and `NOTIFY` are on
//! PostgreSQL.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// Who listens to what.
#[derive(Clone, Default)]
pub(super) struct Topics(Arc<Mutex<HashMap<String, watch::Sender<()>>>>);

/// Hears of one topic, for as long as it lives.
pub struct Listener {
    topics: Topics,
    topic: String,
    receiver: watch::Receiver<()>,
}

impl Topics {
    /// Wakes whoever listens.
    pub(super) fn notify(&self, topic: &str) {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = listeners.get(topic) {
            sender.send_replace(());
        }
    }

    /// Listens from now on.
    pub(super) fn listen(&self, topic: &str) -> Listener {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = listeners.entry(topic.to_owned()).or_insert_with(|| watch::Sender::new(()));
        Listener { topics: self.clone(), topic: topic.to_owned(), receiver: sender.subscribe() }
    }
}

impl Listener {
    /// Returns once there was a notice since the last time. Several notices may be one.
    pub async fn heard(&mut self) {
        // The sender lives as long as this listener, so there is always something to wait for.
        if self.receiver.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listeners = self.topics.0.lock().unwrap_or_else(PoisonError::into_inner);
        // This listener still counts as one.
        if listeners.get(&self.topic).is_some_and(|sender| sender.receiver_count() <= 1) {
            listeners.remove(&self.topic);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::Topics;

    #[tokio::test]
    async fn a_listener_hears_of_its_topic_and_of_no_other() {
        let topics = Topics::default();
        let (mut first, mut second) = (topics.listen("a"), topics.listen("b"));
        topics.notify("a");
        topics.notify("a");
        first.heard().await;
        assert!(first.heard().now_or_never().is_none());
        assert!(second.heard().now_or_never().is_none());
    }

    #[tokio::test]
    async fn the_last_listener_takes_its_topic_along() {
        let topics = Topics::default();
        let (first, mut second) = (topics.listen("a"), topics.listen("a"));
        drop(first);
        topics.notify("a");
        second.heard().await;
        drop(second);
        assert!(topics.0.lock().unwrap().is_empty());
    }
}
