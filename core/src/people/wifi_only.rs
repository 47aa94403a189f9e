//! Whether files wait for Wi-Fi.

use std::sync::atomic::Ordering;

use super::{Compartment, register};
use crate::Error;

impl Compartment {
    /// Whether files are sent over Wi-Fi only. Not unless the person has chosen it. What is written for somebody else
    /// goes by the word of who writes it.
    pub fn wifi_only(&self) -> Result<bool, Error> {
        self.helper().unwrap_or(self).read(register::wifi_only)
    }

    /// Chooses that, or lets files go over any network. A file that is on its way notices at once.
    pub fn send_over_wifi_only(&self, chosen: bool) -> Result<(), Error> {
        let own = self.helper().unwrap_or(self);
        own.write(|tx, sealer| register::keep_wifi_only(tx, sealer, chosen))?;
        self.outbox_held().send_replace(());
        self.outbox_changed().notify_one();
        Ok(())
    }

    /// Remembers the choice for the time in which the person is locked and it cannot be read.
    pub(crate) fn remember_wifi_only(&self, chosen: bool) {
        self.wifi_only_flag().store(chosen, Ordering::Relaxed);
    }

    /// The choice as it was remembered.
    pub(crate) fn remembers_wifi_only(&self) -> bool {
        self.wifi_only_flag().load(Ordering::Relaxed)
    }
}
