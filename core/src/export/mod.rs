//! Everything about a person that is on this device, in one file that they can read in any browser.
//!
//! Needs no network. The file is the person's own copy, in the clear, where they want it; nothing else is written. When
//! the process dies on the way the file is a part of one, and is made again.

mod html;
mod keys;
mod write;

#[cfg(test)]
mod tests;
