//! The seam to the database: one SQL text with `$1 … $n`, four kinds of value, transactions as closures.
//!
//! Writes run on one thread that gathers whatever waits into one commit. A write is acknowledged only
//! after that commit is on the disk; when the process dies before, none of it has happened. Reads run
//! beside it on connections of their own, each in a transaction that sees one state.

mod error;
mod migrations;
mod reader;
mod sqlite;
mod topics;
mod value;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;

use tokio::sync::oneshot;

pub use error::StoreError;
pub use topics::Listener;
pub use value::{Row, Value};

use reader::Readers;
use topics::Topics;
use writer::{Outcome, Writer};

/// A transaction that is under way.
pub trait Tx {
    /// Carries out a statement; says how many rows it changed.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError>;

    /// Asks for rows.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// Asks for the first row.
    fn query_one(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, values)?.into_iter().next())
    }

    /// Wakes whoever listens to the topic, once this transaction is committed.
    fn notify(&mut self, topic: &str);
}

/// The city's database. Cheap to clone; the last clone that goes away ends the threads.
#[derive(Clone)]
pub struct Store {
    // Dropped in this order: the connection that closes last tidies the journal away, and must be able to
    // write.
    readers: Arc<Readers>,
    writer: Arc<Writer>,
    topics: Topics,
}

impl Store {
    /// Opens the database file, making it or bringing it up to date. A file of a newer version is refused
    /// and left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        migrations::refuse_newer(path)?;
        let mut connection = sqlite::open_writer(path)?;
        migrations::migrate(&mut connection)?;
        let topics = Topics::default();
        let writer = Arc::new(Writer::start(connection, topics.clone())?);
        let readers = Arc::new(Readers::start(path)?);
        Ok(Self { readers, writer, topics })
    }

    /// Runs `work` in a transaction and returns after its commit is durable. An error undoes what `work`
    /// did, and nothing else.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        self.writer.submit(Box::new(move |tx| {
            let result = work(tx);
            // A caller that went away has no use for the answer; what was done stays done.
            Outcome { keep: result.is_ok(), acknowledge: Box::new(move || drop(sender.send(result))) }
        }));
        receiver.await.unwrap_or_else(|_| Err(StoreError::NotCommitted.into()))
    }

    /// Runs `work` on one unchanging state of the database. It can change nothing.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        self.readers.submit(Box::new(move |begun| {
            drop(sender.send(begun.map_err(E::from).and_then(work)));
        }));
        receiver.await.unwrap_or_else(|_| Err(StoreError::NotCommitted.into()))
    }

    /// Listens, from now on, to what transactions say of a topic.
    pub fn listen(&self, topic: &str) -> Listener {
        self.topics.listen(topic)
    }
}

/// Starts a named thread of the store.
fn spawn(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> Result<std::thread::JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(|reason| StoreError::Io { path: name.into(), reason })
}

/// Closes a queue and waits for the threads that drain it, so that every accepted job is finished.
fn drain<J>(queue: &mut Option<mpsc::Sender<J>>, threads: &mut Vec<std::thread::JoinHandle<()>>) {
    drop(queue.take());
    for thread in threads.drain(..) {
        // A thread that drops the last handle to the store cannot wait for itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("a thread of the store ended by a panic");
        }
    }
}

#[cfg(test)]
mod tests;
