//! Whether anything may leave this device.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Error;

/// Shut until somebody has agreed to it; every request passes it.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<AtomicBool>);

impl Gate {
    pub(crate) fn new(open: bool) -> Self {
        Self(Arc::new(AtomicBool::new(open)))
    }

    /// Opens or shuts it.
    pub(crate) fn set(&self, open: bool) {
        self.0.store(open, Ordering::SeqCst);
    }

    /// Lets a request pass.
    pub(super) fn pass(&self) -> Result<(), Error> {
        if self.0.load(Ordering::SeqCst) { Ok(()) } else { Err(Error::ConsentNeeded) }
    }
}
