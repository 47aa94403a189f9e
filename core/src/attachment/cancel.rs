//! Giving a file up while it is copied in.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a person gives a file up by who does not want to wait for it. Cheap to clone: the clones are one.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Gives the file up. It is noticed at its next piece, and nothing of the file stays.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was given up.
    pub(super) fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A file that can be read for as long as it was not given up.
pub(super) struct Cancellable<'a, R> {
    pub(super) file: R,
    pub(super) cancel: &'a Cancel,
}

impl<R: Read> Read for Cancellable<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Not `Interrupted`: what is interrupted is read again.
        if self.cancel.is_cancelled() { Err(io::Error::other("given up")) } else { self.file.read(buffer) }
    }
}
