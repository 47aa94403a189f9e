//! Taking out of a picture what it says beside the picture: where and when it was taken, with what, by whom.
//!
//! A photograph of an invoice is evidence; the place the photographer stood at is not. Pictures are copied
//! segment by segment with constant memory, and only segments that are needed to show them are kept, so a kind
//! of metadata that nobody has thought of is dropped as well. Bytes after a picture's end are dropped too: some
//! cameras keep a film there.

mod jpeg;
mod png;

use std::io::{self, BufRead, Write};

/// Copies a file of that media type, without what a picture says beside the picture. Other kinds of file are
/// copied as they are. Fails with [`io::ErrorKind::InvalidData`] where the file is not whole.
pub(crate) fn copy(media_type: &str, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    match media_type {
        "image/jpeg" => jpeg::copy(input, output),
        "image/png" => png::copy(input, output),
        _ => io::copy(input, output).map(drop),
    }
}

/// The error for a picture that ends early or does not follow its format.
fn damaged() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

/// Reads exactly `N` bytes; a file that ends before them is damaged.
fn take<const N: usize>(input: &mut dyn BufRead) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    match input.read_exact(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(damaged()),
        Err(error) => Err(error),
        Ok(()) => Ok(bytes),
    }
}

/// Passes exactly `length` bytes on; a file that ends before them is damaged.
fn pass(input: &mut dyn BufRead, length: u64, output: &mut dyn Write) -> io::Result<()> {
    match io::copy(&mut io::Read::take(input, length), output)? == length {
        true => Ok(()),
        false => Err(damaged()),
    }
}
