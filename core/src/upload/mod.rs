//! Sending one file: a tus 1.0 client.
//!
//! A small file goes with its creation, in one request. A larger one is created and then sent in one request from
//! where the city says it is, unsealed piece by piece with constant memory and never written anywhere in the clear.
//! After any doubt the city is asked for its offset; nothing that it holds is sent again. Where the file is at the
//! city is kept sealed, so a process that dies goes on there.
//!
//! A person can allow that files go on when they lock. Then each that waits is given a pass beforehand, and what goes on
//! holds that pass and the key of that file, and nothing else of the person.

mod body;
mod create;
mod on_its_own;
mod pass;
mod run;
mod state;
mod transfer;
mod way;

pub(crate) use on_its_own::OnItsOwn;
pub(crate) use pass::{Passes, prepare};
pub(crate) use run::run;
pub(crate) use state::forget;
