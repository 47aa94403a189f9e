//! Signing in and staying signed in: OpenID Connect for native apps (RFC 8252), against any provider that
//! describes itself by discovery.
//!
//! A session is not a person. It ends, is refused or is lost without touching what the person has on this
//! phone: then [`SessionStatus::Expired`] means "will be sent after you sign in", and everything else goes on.
//! No part of a login is stored before the whole of it has been checked.

mod begin;
mod fault;
mod id_token;
mod keys;
mod provider;
mod redeem;
mod redirected;
mod tokens;

pub use begin::LoginAttempt;
pub use fault::SignInFault;
