//! Cards issued to a citizen (证照): SD-JWT VC bound to the key of a phone, with a status list.

pub mod sd_jwt;
pub mod status_list;
