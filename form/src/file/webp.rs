//! WebP: the chunks that show the picture are kept, what else there is becomes noughts of the same length. The length
//! of the whole stands at the beginning, and so stays true without reading the file twice.

use std::io::{BufRead, Write};

use super::tiff::{self, LEAST};
use super::{Fault, blank, gather, measure, pass, take};

/// The most Exif data that is looked into. More is blanked without a look.
const MOST_EXIF: u64 = 64 * 1024;

/// What the header of a file says is in it.
mod flag {
    pub(super) const EXIF: u8 = 0b0000_1000;
    pub(super) const ALPHA: u8 = 0b0001_0000;
    pub(super) const ANIMATION: u8 = 0b0000_0010;
}

/// Copies a WebP, keeping of its Exif data the orientation alone.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let header = take::<12>(input)?;
    let [b'R', b'I', b'F', b'F', size @ .., b'W', b'E', b'B', b'P'] = header else {
        return Err(Fault::Damaged);
    };
    output.write_all(&header)?;
    let mut left = u64::from(u32::from_le_bytes(size)).checked_sub(4).ok_or(Fault::Damaged)?;
    let mut shown = false;
    while left > 0 {
        let head = take::<8>(input)?;
        let [name @ .., a, b, c, d] = head;
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        let padded = length + length % 2;
        left = left.checked_sub(8 + padded).ok_or(Fault::Damaged)?;
        match &name {
            b"VP8X" => header_chunk(&head, padded, input, output)?,
            b"VP8 " | b"VP8L" => {
                picture(&head, padded, input, output)?;
                shown = true;
            }
            b"ALPH" | b"ANIM" | b"ANMF" => {
                output.write_all(&head)?;
                pass(input, padded, output)?;
                shown |= name == *b"ANMF";
            }
            b"EXIF" => {
                output.write_all(&head)?;
                orientation_only(padded, input, output)?;
            }
            _ => {
                // A name that means nothing: whoever shows the picture passes over it.
                output.write_all(b"JUNK")?;
                output.write_all(&[a, b, c, d])?;
                blank(input, padded, output)?;
            }
        }
    }
    if shown { Ok(()) } else { Err(Fault::Damaged) }
}

/// The chunk that says how large the picture is and what else there is.
fn header_chunk(
    head: &[u8; 8],
    length: u64,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Fault> {
    let mut chunk = gather(input, length.min(10))?;
    let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = chunk.as_mut_slice() else { return Err(Fault::Damaged) };
    let width = u64::from(u32::from_le_bytes([*w0, *w1, *w2, 0])) + 1;
    let height = u64::from(u32::from_le_bytes([*h0, *h1, *h2, 0])) + 1;
    *flags &= flag::EXIF | flag::ALPHA | flag::ANIMATION;
    measure(width, height)?;
    output.write_all(head)?;
    output.write_all(&chunk)?;
    blank(input, length - 10, output)
}

/// The coded picture. Its own header says how large it is.
fn picture(
    head: &[u8; 8],
    length: u64,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Fault> {
    let begin = gather(input, length.min(10))?;
    let (width, height) = match (head.first_chunk::<4>(), begin.as_slice()) {
        (Some(b"VP8L"), [0x2F, a, b, c, d, ..]) => {
            let bits = u32::from_le_bytes([*a, *b, *c, *d]);
            (u64::from(bits & 0x3FFF) + 1, u64::from(bits >> 14 & 0x3FFF) + 1)
        }
        (Some(b"VP8 "), [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1]) => {
            let side = |low: u8, high: u8| u64::from(u16::from_le_bytes([low, high]) & 0x3FFF);
            (side(*w0, *w1), side(*h0, *h1))
        }
        _ => return Err(Fault::Damaged),
    };
    measure(width, height)?;
    output.write_all(head)?;
    output.write_all(&begin)?;
    pass(input, length - begin.len() as u64, output)
}

/// Exif data of the same length that says which side is up.
fn orientation_only(length: u64, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    if !(LEAST as u64..=MOST_EXIF).contains(&length) {
        return blank(input, length, output);
    }
    let exif = gather(input, length)?;
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif);
    let mut kept = vec![0; exif.len()];
    kept.iter_mut().zip(tiff::upright(tiff::turned(tiff).unwrap_or(1))).for_each(|(to, from)| *to = from);
    Ok(output.write_all(&kept)?)
}

#[cfg(test)]
mod tests {
    use super::super::tiff;
    use super::{Fault, copy};

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let padding = vec![0; data.len() % 2];
        [name.as_slice(), &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &padding].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let body = chunks.concat();
        let size = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
        [b"RIFF".as_slice(), &size, b"WEBP", &body].concat()
    }

    fn stripped(input: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut output = Vec::new();
        copy(&mut std::io::BufReader::with_capacity(3, input), &mut output).map(|()| output)
    }

    fn lossless(width: u32, height: u32) -> Vec<u8> {
        let bits = (width - 1) | (height - 1) << 14;
        chunk(b"VP8L", &[&[0x2F], bits.to_le_bytes().as_slice(), &[7; 20]].concat())
    }

    fn says(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }

    #[test]
    fn place_and_description_become_noughts_and_the_rest_stays_where_it_is() {
        let mut exif = tiff::upright(6).to_vec();
        exif.extend(b"GPS-CANARY");
        let header = |flags| chunk(b"VP8X", &[flags, 0, 0, 0, 99, 0, 0, 49, 0, 0]);
        let input = file(&[
            header(0b0011_1100),
            chunk(b"ICCP", b"CANARY-PROFILE"),
            chunk(b"ALPH", &[5; 7]),
            lossless(100, 50),
            chunk(b"EXIF", &exif),
            chunk(b"XMP ", b"CANARY-XMP"),
            chunk(b"note", b"CANARY-LATER"),
        ]);
        let output = stripped(&[input.as_slice(), b"CANARY-TRAILER"].concat()).unwrap();
        assert_eq!(output.len(), input.len());
        assert!(!says(&output, b"CANARY"));
        assert!(says(&output, &tiff::upright(6)) && says(&output, &lossless(100, 50)));
        assert!(says(&output, &header(0b0001_1000)) && !says(&output, b"XMP "));
        assert_eq!(stripped(&output).unwrap(), output, "a copy of the copy is the same");
    }

    #[test]
    fn a_picture_that_nobody_can_open_is_refused_by_whichever_header_says_so() {
        assert!(stripped(&file(&[lossless(10_000, 10_000)])).is_ok());
        let large = file(&[lossless(10_001, 10_000)]);
        assert!(matches!(stripped(&large), Err(Fault::TooManyPoints)));
        let lossy = chunk(b"VP8 ", &[0, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F, 1]);
        assert!(matches!(stripped(&file(&[lossy])), Err(Fault::TooManyPoints)));
        let canvas = chunk(b"VP8X", &[0, 0, 0, 0, 255, 255, 255, 255, 255, 255]);
        assert!(matches!(stripped(&file(&[canvas])), Err(Fault::TooManyPoints)));
    }

    #[test]
    fn a_file_that_ends_early_or_shows_nothing_is_damaged() {
        let whole = file(&[lossless(10, 10), chunk(b"EXIF", &[1; 30])]);
        assert!(stripped(&whole).is_ok());
        for cut in 0..whole.len() {
            assert!(matches!(stripped(&whole[..cut]), Err(Fault::Damaged)), "{cut}");
        }
        assert!(matches!(stripped(&file(&[chunk(b"JUNK", b"x")])), Err(Fault::Damaged)));
    }
}
