//! The city over a real socket, byte by byte.

mod catalogue;
mod changes;
mod support;
mod uploads_create;
mod uploads_cut;
mod uploads_finish;
mod uploads_hostile;
