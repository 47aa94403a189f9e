//! Sending one file: a tus 1.0 client.
//!
//! A small file goes with its creation, in one request. A larger one is created and then sent in one request from
//! where the city says it is, unsealed piece by piece with constant memory and never written anywhere in the clear.
//! After any doubt the city is asked for its offset; nothing that it holds is sent again. Where the file is at the
//! city is kept sealed, so a process that dies goes on there.

mod body;
mod create;
mod run;
mod state;
mod transfer;

pub(crate) use run::run;
pub(crate) use state::forget;
