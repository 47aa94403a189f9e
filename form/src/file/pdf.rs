//! PDF (ISO 32000): copied as it is, and looked at on the way: whether it opens without a password, whether what is
//! packed in it can be unpacked by anybody, whether it is an archive as well.
//!
//! What is packed is unpacked into a buffer that is thrown away, to count it. Nothing of the document is understood
//! beyond the words that say so; a document that hides them is one that no reader opens either.

use std::io::{BufRead, Write};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::kind::is_page;
use super::{Fault, MOST_POINTS, PROBE};

/// The most that one packed part may unpack to: a picture of as many points as any, in colour.
const MOST_UNPACKED: u64 = 3 * MOST_POINTS;
/// The most that all of them may.
const MOST_ALTOGETHER: u64 = 4 * MOST_UNPACKED;
/// How far from its end a file must say that it ends. Readers look as far.
const END_WITHIN: u64 = 2048;
/// How far from its end an archive has its table of contents: that, and the longest remark behind it.
const ARCHIVE_WITHIN: u64 = 22 + 65_535;

/// Copies a PDF.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    copy_within(Most { part: MOST_UNPACKED, altogether: MOST_ALTOGETHER }, input, output)
}

/// How much may be unpacked.
#[derive(Clone, Copy)]
struct Most {
    part: u64,
    altogether: u64,
}

fn copy_within(most: Most, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let mut scan = Scan::new(most);
    let mut beginning = Vec::with_capacity(PROBE);
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let lacking = PROBE - beginning.len();
        beginning.extend(buffer.iter().take(lacking));
        scan.look(buffer)?;
        output.write_all(buffer)?;
        let length = buffer.len();
        input.consume(length);
    }
    if is_page(&beginning) {
        return Err(Fault::TwoInOne);
    }
    scan.ended()
}

/// What was seen so far.
struct Scan {
    most: Most,
    /// The last sixteen bytes, the last one lowest.
    last: u128,
    position: u64,
    /// How often the dictionary at hand says that what follows it is packed.
    packed: u32,
    /// What is being unpacked.
    unpacking: Option<Unpacking>,
    altogether: u64,
    end: Option<u64>,
    archive: Option<u64>,
    scratch: Vec<u8>,
}

struct Unpacking {
    state: Box<InflateState>,
    unpacked: u64,
}

impl Scan {
    fn new(most: Most) -> Self {
        Self {
            most,
            last: 0,
            position: 0,
            packed: 0,
            unpacking: None,
            altogether: 0,
            end: None,
            archive: None,
            scratch: vec![0; 64 * 1024],
        }
    }

    /// Looks at the next bytes.
    fn look(&mut self, mut bytes: &[u8]) -> Result<(), Fault> {
        while let Some((first, rest)) = bytes.split_first() {
            if self.unpacking.is_some() {
                let taken = self.unpack(bytes)?;
                self.position += taken as u64;
                bytes = bytes.get(taken..).unwrap_or_default();
            } else {
                self.take(*first)?;
                bytes = rest;
            }
        }
        Ok(())
    }

    /// Looks at the next byte outside of what is packed.
    fn take(&mut self, byte: u8) -> Result<(), Fault> {
        self.last = self.last << 8 | u128::from(byte);
        self.position += 1;
        match byte {
            b'e' if self.ends_with(b"/FlateDecode") => self.packed += 1,
            // `/Fl` is the short name of the same.
            b' ' | b']' | b'/' | b'>' | b'\r' | b'\n' if self.ends_with_but_one(b"/Fl") => self.packed += 1,
            b'j' if self.ends_with(b"endobj") => self.packed = 0,
            b'\n' if self.ends_with(b"stream\n") || self.ends_with(b"stream\r\n") => self.begin(),
            b'F' if self.ends_with(b"%%EOF") => self.end = Some(self.position),
            6 if self.ends_with(b"PK\x05\x06") => self.archive = Some(self.position),
            _ if self.ends_with_but_one(b"/Encrypt") && !byte.is_ascii_alphanumeric() => {
                return Err(Fault::Encrypted);
            }
            _ => {}
        }
        // The same thing packed over and over unpacks to anything; no document needs it.
        if self.packed > 1 { Err(Fault::Bomb) } else { Ok(()) }
    }

    fn begin(&mut self) {
        // `endstream` ends in the same word.
        let ended = self.ends_with(b"endstream\n") || self.ends_with(b"endstream\r\n");
        if !ended && self.packed == 1 {
            let state = InflateState::new_boxed(DataFormat::Zlib);
            self.unpacking = Some(Unpacking { state, unpacked: 0 });
        }
        self.packed = 0;
    }

    /// Unpacks from the next bytes; gives how many were taken. What cannot be unpacked is looked at as it is.
    fn unpack(&mut self, bytes: &[u8]) -> Result<usize, Fault> {
        let Some(part) = &mut self.unpacking else { return Ok(0) };
        let step = inflate(&mut part.state, bytes, &mut self.scratch, MZFlush::None);
        part.unpacked += step.bytes_written as u64;
        self.altogether += step.bytes_written as u64;
        if part.unpacked > self.most.part || self.altogether > self.most.altogether {
            return Err(Fault::Bomb);
        }
        let goes_on = matches!(step.status, Ok(MZStatus::Ok)) && step.bytes_consumed + step.bytes_written > 0;
        if !goes_on {
            self.unpacking = None;
        }
        Ok(step.bytes_consumed)
    }

    fn ends_with(&self, word: &[u8]) -> bool {
        ends_with(self.last, word)
    }

    fn ends_with_but_one(&self, word: &[u8]) -> bool {
        ends_with(self.last >> 8, word)
    }

    /// What the whole comes to.
    fn ended(&self) -> Result<(), Fault> {
        let within = |place: Option<u64>, most: u64| place.is_some_and(|place| self.position - place <= most);
        if within(self.archive, ARCHIVE_WITHIN) {
            return Err(Fault::TwoInOne);
        }
        if within(self.end, END_WITHIN) { Ok(()) } else { Err(Fault::Damaged) }
    }
}

/// Whether the last bytes are this word, of at most sixteen.
fn ends_with(last: u128, word: &[u8]) -> bool {
    let wanted = word.iter().fold(0, |wanted: u128, byte| wanted << 8 | u128::from(*byte));
    let mask = u128::MAX.checked_shr(128 - 8 * u32::try_from(word.len()).unwrap_or(16)).unwrap_or(u128::MAX);
    last & mask == wanted
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;

    use super::{Fault, Most, copy_within};

    /// A document with these packed parts, under that filter.
    fn document(filter: &str, parts: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        for (number, part) in parts.iter().enumerate() {
            bytes.extend(
                format!("{number} 0 obj\n<< /Filter {filter} /Length {} >>\nstream\r\n", part.len())
                    .as_bytes(),
            );
            bytes.extend(part);
            bytes.extend(b"\nendstream\nendobj\n");
        }
        bytes.extend(b"trailer\n<< /Root 1 0 R /EncryptedWords 1 >>\nstartxref\n9\n%%EOF\n");
        bytes
    }

    fn judged(bytes: &[u8]) -> Result<(), Fault> {
        let mut output = Vec::new();
        // A small buffer has every word torn in two somewhere.
        let most = Most { part: 300_000, altogether: 1_200_000 };
        copy_within(most, &mut std::io::BufReader::with_capacity(7, bytes), &mut output)?;
        assert!(output == bytes, "a document is copied as it is");
        Ok(())
    }

    #[test]
    fn an_ordinary_document_passes() {
        let text = compress_to_vec_zlib(&b"BT (invoice) Tj ET ".repeat(400), 6);
        judged(&document("/FlateDecode", &[text.clone(), text.clone()])).unwrap();
        judged(&document("[/Fl]", &[text])).unwrap();
        judged(&document("/DCTDecode", &[b"\xFF\xD8 not packed".to_vec()])).unwrap();
    }

    #[test]
    fn a_document_with_a_password_is_refused() {
        let whole = String::from_utf8_lossy(&document("/FlateDecode", &[])).into_owned();
        for encrypt in ["/Encrypt 12 0 R", "/Encrypt<</Filter/Standard>>"] {
            let locked = whole.replace("/Root", &format!("{encrypt} /Root"));
            assert!(matches!(judged(locked.as_bytes()), Err(Fault::Encrypted)));
        }
    }

    #[test]
    fn what_unpacks_to_more_than_anybody_can_open_is_refused() {
        let zeros = |size: usize| compress_to_vec_zlib(&vec![0; size], 9);
        assert!(judged(&document("/FlateDecode", &[zeros(200_000)])).is_ok());
        let one = document("/FlateDecode", &[zeros(301_000)]);
        assert!(one.len() < 1000 && matches!(judged(&one), Err(Fault::Bomb)));
        let many = document("/FlateDecode", &vec![zeros(250_000); 5]);
        assert!(matches!(judged(&many), Err(Fault::Bomb)));
        let twice = document("[/FlateDecode /FlateDecode]", &[zeros(10)]);
        assert!(matches!(judged(&twice), Err(Fault::Bomb)));
    }

    #[test]
    fn what_is_an_archive_or_a_page_as_well_is_refused() {
        let whole = document("/FlateDecode", &[]);
        let archive = [whole.as_slice(), b"PK\x05\x06", &[0; 18]].concat();
        assert!(matches!(judged(&archive), Err(Fault::TwoInOne)));
        let page = [b"%PDF-1.7\n<script>alert(1)</script>\n".as_slice(), &whole].concat();
        assert!(matches!(judged(&page), Err(Fault::TwoInOne)));
    }

    #[test]
    fn a_document_that_ends_early_is_damaged() {
        let whole = document("/FlateDecode", &[vec![7; 5000]]);
        for cut in [8, 100, 4000, whole.len() - 8] {
            assert!(matches!(judged(&whole[..cut]), Err(Fault::Damaged)), "{cut}");
        }
    }
}
