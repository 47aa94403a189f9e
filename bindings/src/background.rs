//! What runs without anybody waiting for it, and who is told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use citizen_core::app as core;
use citizen_core::outbox::{Progress, SendReport};
use citizen_core::sync::SyncReport;

use crate::CitizenError;
use crate::types::outbox::UploadProgress;
use crate::types::report::{Pulled, Sent};

/// A shell that wants to hear what happened meanwhile. Called on the core's threads.
#[uniffi::export(foreign)]
pub trait Follower: Send + Sync {
    /// Something that is being sent has come further.
    fn progressed(&self, progress: UploadProgress);
    /// The city has more of the outbox now.
    fn sent(&self, report: Sent);
    /// The city told something new.
    fn pulled(&self, report: Pulled);
    /// Sending or keeping up has ended for what waiting cannot mend, such as a session that is over.
    fn ended(&self, reason: CitizenError);
}

/// What runs for a person until it is stopped.
#[derive(uniffi::Object)]
pub struct Background(core::Background);

impl Background {
    pub(crate) fn of(background: core::Background) -> Arc<Self> {
        Arc::new(Self(background))
    }
}

#[uniffi::export]
impl Background {
    /// Ends it at its next step. What was not sent yet goes the next time.
    pub fn stop(&self) -> Result<(), CitizenError> {
        self.0.stop();
        Ok(())
    }
}

/// A shell's follower whose failures stay its own: one that throws must not end the sending.
pub(crate) struct Guarded(pub(crate) Arc<dyn Follower>);

impl Guarded {
    fn tell(&self, tell: impl FnOnce(&dyn Follower)) {
        // What it threw may hold traces of a person and is not looked at.
        let _ = catch_unwind(AssertUnwindSafe(|| tell(self.0.as_ref())));
    }
}

impl core::Follower for Guarded {
    fn progressed(&self, progress: Progress) {
        self.tell(|shell| shell.progressed(progress.into()));
    }

    fn sent(&self, report: &SendReport) {
        self.tell(|shell| shell.sent(report.into()));
    }

    fn pulled(&self, report: &SyncReport) {
        self.tell(|shell| shell.pulled(report.into()));
    }

    fn ended(&self, error: &citizen_core::Error) {
        self.tell(|shell| shell.ended(error.into()));
    }
}
