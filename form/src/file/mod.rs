//! Files that citizens hand in: what they are by their content, whether they are safe to open, and the copy of them
//! that says nothing beside the picture.
//!
//! The phone makes the copy before it seals a file; the city makes it of what has arrived, throws it away, and takes
//! only what could be copied and has nothing behind its end. Both therefore refuse the same files. A photograph of an
//! invoice is evidence; the place where the photographer stood is not. Nothing is decoded: a copy is made piece by
//! piece with constant memory, the bytes of the picture stay as they are, and only what is needed to show it is kept,
//! so that a kind of metadata that nobody has thought of goes too.

mod heic;
mod jpeg;
mod kind;
mod pdf;
mod png;
mod tiff;
mod webp;

use std::io::{self, BufRead, Write};

pub use kind::{FileKind, PROBE, found, is_page};

/// The most points that a picture may have. More fit into no memory of a phone or of an office's computer, whatever
/// the size of the file: a hundred million points are 300 MB unpacked.
pub const MOST_POINTS: u64 = 100_000_000;

/// Why a file cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It ends early, or does not follow its format.
    #[error("the file is damaged")]
    Damaged,
    /// The picture has more than [`MOST_POINTS`].
    #[error("the picture has too many points")]
    TooManyPoints,
    /// It opens with a password only.
    #[error("the file is locked by a password")]
    Encrypted,
    /// Unpacked it would be larger than anything that people hand in.
    #[error("the file unpacks to more than anybody can open")]
    Bomb,
    /// It is of another kind as well, for whoever reads it otherwise.
    #[error("the file is something else as well")]
    TwoInOne,
    /// It cannot be read, or its copy cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Copies a file of that kind without what it says beside what it shows: where and when a picture was taken, with
/// what, by whom. Which side is up stays. What lies behind the end of a picture is left unread.
pub fn copy(kind: FileKind, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    match kind {
        FileKind::Jpeg => jpeg::copy(input, output),
        FileKind::Png => png::copy(input, output),
        FileKind::Webp => webp::copy(input, output),
        FileKind::Heic => heic::copy(input, output),
        FileKind::Pdf => pdf::copy(input, output),
    }
}

/// Refuses a picture that is too large to be opened.
fn measure(width: u64, height: u64) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::Damaged);
    }
    if width.saturating_mul(height) > MOST_POINTS { Err(Fault::TooManyPoints) } else { Ok(()) }
}

/// Reads exactly `N` bytes; a file that ends before them is damaged.
fn take<const N: usize>(input: &mut dyn BufRead) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    match input.read_exact(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Fault::Damaged),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(bytes),
    }
}

/// Reads exactly `length` bytes, which are not many.
fn gather(input: &mut dyn BufRead, length: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    pass(input, length, &mut bytes)?;
    Ok(bytes)
}

/// Passes exactly `length` bytes on; a file that ends before them is damaged.
fn pass(input: &mut dyn BufRead, length: u64, output: &mut dyn Write) -> Result<(), Fault> {
    if io::copy(&mut io::Read::take(input, length), output)? == length { Ok(()) } else { Err(Fault::Damaged) }
}

/// Puts noughts in the place of exactly `length` bytes.
fn blank(input: &mut dyn BufRead, length: u64, output: &mut dyn Write) -> Result<(), Fault> {
    pass(input, length, &mut io::sink())?;
    io::copy(&mut io::Read::take(io::repeat(0), length), output)?;
    Ok(())
}
