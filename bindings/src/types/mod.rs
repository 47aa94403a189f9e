//! What crosses: mirrors of the core's plain data, one module a subject.

pub(crate) mod card;
pub(crate) mod case;
pub(crate) mod consent;
pub(crate) mod counter;
pub(crate) mod delivery;
pub(crate) mod evidence;
pub(crate) mod form;
pub(crate) mod grievance;
pub(crate) mod home;
pub(crate) mod ids;
pub(crate) mod mandate;
pub(crate) mod offer;
pub(crate) mod outbox;
pub(crate) mod papers;
pub(crate) mod question;
pub(crate) mod register_log;
pub(crate) mod report;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod value;
