//! The two ways through the city's sign-in pages: a person's browser, and this program in their place.

mod form;
mod headless;
mod loopback;

pub(crate) use headless::{Credentials, walk};
pub(crate) use loopback::Loopback;
