//! Whether files that are on their way go on when the person locks.

use super::{Compartment, register};
use crate::Error;

impl Compartment {
    /// Whether files that wait to be sent go on when the person locks. Not unless they have allowed it. What is written for
    /// somebody else goes by the word of who writes it.
    pub fn uploads_go_on(&self) -> Result<bool, Error> {
        self.helper().unwrap_or(self).read(register::uploads_go_on)
    }

    /// Allows that, or forbids it. Texts never go on: only files do, each with a key that opens nothing else, and nothing
    /// that is held for them outlives the process.
    pub fn let_uploads_go_on(&self, allowed: bool) -> Result<(), Error> {
        let own = self.helper().unwrap_or(self);
        own.write(|tx, sealer| register::keep_uploads_go_on(tx, sealer, allowed))?;
        if !allowed {
            own.forget_passes();
        }
        Ok(())
    }
}
