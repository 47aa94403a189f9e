//! Whose data it is. A person's compartment is a folder of its own: store, sealed files, and the wrapped key to both.
//!
//! A person is not a session: a compartment is opened with the person's PIN, with or without a network, signed in or
//! not, and nothing in it belongs to anyone else. Locked means that no key is in memory; when the process dies it is
//! locked.

mod compartment;
mod devices;
mod handles;
mod presence;
pub(crate) mod register;
mod state;
mod uploads_go_on;
mod wifi_only;

pub use compartment::Compartment;
pub use devices::DeviceView;
pub(crate) use register::PersonRecord;
pub use register::PersonSummary;
pub(crate) use state::state;
pub use state::{LeftBehind, PersonState};

uuid_id!(
    /// Names a person's compartment. Known on this phone only.
    PersonId
);

#[cfg(test)]
mod tests;
