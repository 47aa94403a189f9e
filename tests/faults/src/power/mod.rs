//! The power fails: what was promised is there, whatever of the unsynced rest survives.
//!
//! What a phone does to its files is written down once, at its system calls. From that, any number of crashes is made
//! in this process: a disk that is cut at one of its steps, opened by the core.

mod disk;
mod phone;
mod prove;
mod trace;

pub(crate) use phone::run;
pub(crate) use prove::run as prove;
