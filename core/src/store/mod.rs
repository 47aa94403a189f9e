//! What stays on the phone: SQLite with migrations, sealed records, sealed blob files.
//!
//! A write that returned is on disk: one transaction, write-ahead log, `synchronous=FULL`. Ids, revisions, sizes and
//! times stay readable; everything else is sealed, with its place bound in, so that a record or a file that was
//! swapped, cut or extended is refused. A damaged store is set aside under a name of its own and what can be read of it
//! is carried over. Two processes may have the same store open.

mod blob;
mod carry_over;
mod chunks;
mod clean_stack;
mod database;
mod durable;
mod migrations;
mod seal;
pub(crate) mod settings;

pub use blob::BlobReader;
pub(crate) use blob::{Blobs, LoneBlob};
pub(crate) use clean_stack::wiping_deep_after;
pub(crate) use database::Database;
pub(crate) use durable::{create_folder, replace_file};
pub(crate) use migrations::{DEVICE, PERSON};
pub(crate) use seal::{Place, Sealer, hkdf, open_bytes, seal_bytes};

use jiff::Timestamp;

use crate::Error;

/// The phone's clock, in milliseconds since 1970. Nothing is ordered by it.
pub(crate) fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// A stored time.
pub(crate) fn timestamp(ms: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(ms).map_err(|_| Error::RecordAltered)
}
