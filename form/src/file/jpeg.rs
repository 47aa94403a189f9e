//! JPEG (ITU-T T.81): the segments that decode the picture are kept, APP1–13, APP15 and comments are dropped.

use std::io::{self, BufRead, Write};

use super::{Fault, gather, measure, pass, take, tiff};

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;
/// JFIF: the density of the picture.
const APP0: u8 = 0xE0;
/// Exif and XMP.
const APP1: u8 = 0xE1;
/// Adobe: how the colours are coded. Without it some pictures come out in wrong colours.
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;

/// Copies a JPEG, keeping of its Exif data the orientation alone.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    if take::<2>(input)? != [0xFF, START_OF_IMAGE] {
        return Err(Fault::Damaged);
    }
    output.write_all(&[0xFF, START_OF_IMAGE])?;
    let (mut framed, mut shown) = (false, false);
    let mut marker = next_marker(input)?;
    loop {
        match marker {
            END_OF_IMAGE if shown => return Ok(output.write_all(&[0xFF, END_OF_IMAGE])?),
            START_OF_SCAN if framed => {
                shown = true;
                keep_segment(marker, input, output)?;
                marker = copy_scan(input, output)?;
                continue;
            }
            0xC4 | 0xC8 | 0xCC | 0xDB..=0xDF => keep_segment(marker, input, output)?,
            0xC0..=0xCF => {
                framed = true;
                frame(marker, input, output)?;
            }
            APP1 => orientation_only(input, output)?,
            APP0 | APP14 => keep_segment(marker, input, output)?,
            APP1..=APP15 | COMMENT => drop_segment(input)?,
            _ => return Err(Fault::Damaged),
        }
        marker = next_marker(input)?;
    }
}

/// Reads the marker that must stand here; it may be preceded by fill bytes.
fn next_marker(input: &mut dyn BufRead) -> Result<u8, Fault> {
    if take::<1>(input)? != [0xFF] {
        return Err(Fault::Damaged);
    }
    loop {
        let [marker] = take::<1>(input)?;
        if marker != 0xFF {
            return Ok(marker);
        }
    }
}

/// Reads a segment's length, without the two bytes of the length itself.
fn length(input: &mut dyn BufRead) -> Result<u16, Fault> {
    u16::from_be_bytes(take::<2>(input)?).checked_sub(2).ok_or(Fault::Damaged)
}

fn keep_segment(marker: u8, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let length = length(input)?;
    output.write_all(&[0xFF, marker])?;
    output.write_all(&(length + 2).to_be_bytes())?;
    pass(input, length.into(), output)
}

fn drop_segment(input: &mut dyn BufRead) -> Result<(), Fault> {
    let length = length(input)?;
    pass(input, length.into(), &mut io::sink())
}

/// Copies the coded data of a scan and gives the marker that ends it. A zero byte or a restart marker after
/// `FF` belongs to the data.
fn copy_scan(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<u8, Fault> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Err(Fault::Damaged);
        }
        let plain = buffer.split(|byte| *byte == 0xFF).next().unwrap_or_default();
        let (taken, found) = (plain.len(), plain.len() < buffer.len());
        output.write_all(plain)?;
        input.consume(taken);
        if !found {
            continue;
        }
        match next_marker(input)? {
            marker @ (0x00 | 0xD0..=0xD7) => output.write_all(&[0xFF, marker])?,
            marker => return Ok(marker),
        }
    }
}

/// Replaces an Exif segment by one that says which side is up and nothing else. Phones turn pictures by this
/// number rather than by moving pixels, so without it an invoice would lie on its side at the office.
fn orientation_only(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let segment = length(input).and_then(|length| gather(input, length.into()))?;
    if let Some(orientation) = segment.strip_prefix(b"Exif\0\0").and_then(tiff::turned) {
        output.write_all(&[0xFF, APP1, 0, 34, b'E', b'x', b'i', b'f', 0, 0])?;
        output.write_all(&tiff::upright(orientation))?;
    }
    Ok(())
}

/// Keeps the segment that says how large the picture is.
fn frame(marker: u8, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let length = length(input)?;
    let segment = gather(input, length.into())?;
    let [_, h0, h1, w0, w1, ..] = segment.as_slice() else { return Err(Fault::Damaged) };
    measure(u16::from_be_bytes([*w0, *w1]).into(), u16::from_be_bytes([*h0, *h1]).into())?;
    output.write_all(&[0xFF, marker])?;
    output.write_all(&(length + 2).to_be_bytes())?;
    Ok(output.write_all(&segment)?)
}

#[cfg(test)]
mod tests {
    use super::{Fault, copy, tiff};

    /// An Exif segment with an orientation, in the byte order of most phones, and a canary for the place.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut tiff = vec![b'I', b'I', 42, 0, 8, 0, 0, 0, 2, 0];
        tiff.extend([0x0F, 0x01, 2, 0, 6, 0, 0, 0, 38, 0, 0, 0]);
        tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        tiff.extend([0, 0, 0, 0]);
        tiff.extend(b"GPS-CANARY");
        segment(0xE1, &[b"Exif\0\0".as_slice(), &tiff].concat())
    }

    fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
        let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], length.as_slice(), payload].concat()
    }

    fn photograph(orientation: u8) -> Vec<u8> {
        [
            vec![0xFF, 0xD8],
            segment(0xE0, b"JFIF\0"),
            exif(orientation),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0XMP-CANARY"),
            segment(0xE2, b"ICC-CANARY"),
            segment(0xED, b"IPTC-CANARY"),
            segment(0xFE, b"COMMENT-CANARY"),
            segment(0xDB, &[1; 65]),
            segment(0xC2, &[2; 9]),
            segment(0xDA, &[3; 10]),
            vec![5, 0xFF, 0x00, 6, 0xFF, 0xD3, 7],
            segment(0xFE, b"LATE-CANARY"),
            segment(0xC4, &[4; 20]),
            segment(0xDA, &[3; 10]),
            vec![8, 9, 0xFF, 0xFF, 0xD9],
            b"TRAILER-CANARY".to_vec(),
        ]
        .concat()
    }

    fn stripped(input: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut output = Vec::new();
        copy(&mut std::io::BufReader::with_capacity(3, input), &mut output).map(|()| output)
    }

    fn contains(haystack: &[u8], needle: &[u8]) -> bool {
        haystack.windows(needle.len()).any(|window| window == needle)
    }

    #[test]
    fn nothing_but_the_picture_and_its_orientation_is_kept() {
        let output = stripped(&photograph(6)).unwrap();
        assert!(!contains(&output, b"CANARY"));
        let exif = output.windows(6).position(|window| window == b"Exif\0\0").unwrap();
        assert_eq!(tiff::turned(&output[exif + 6..]), Some(6));
        let kept = [
            segment(0xDB, &[1; 65]),
            segment(0xC2, &[2; 9]),
            segment(0xDA, &[3; 10]),
            vec![5, 0xFF, 0x00, 6, 0xFF, 0xD3, 7],
            segment(0xC4, &[4; 20]),
            segment(0xDA, &[3; 10]),
            vec![8, 9, 0xFF, 0xD9],
        ]
        .concat();
        assert!(output.ends_with(&kept));
    }

    #[test]
    fn an_upright_picture_needs_no_word_about_it() {
        assert!(!contains(&stripped(&photograph(1)).unwrap(), b"Exif"));
    }

    #[test]
    fn stripping_twice_changes_nothing_more() {
        let once = stripped(&photograph(8)).unwrap();
        assert_eq!(stripped(&once).unwrap(), once);
    }

    #[test]
    fn a_picture_that_nobody_can_open_or_that_shows_nothing_is_refused() {
        let sized = |height: u16, width: u16| {
            let frame =
                [&[8], height.to_be_bytes().as_slice(), &width.to_be_bytes(), &[1, 1, 17, 0]].concat();
            [vec![0xFF, 0xD8], segment(0xC0, &frame), segment(0xDA, &[1; 6]), vec![1, 0xFF, 0xD9]].concat()
        };
        assert!(stripped(&sized(10_000, 10_000)).is_ok());
        assert!(matches!(stripped(&sized(10_001, 10_000)), Err(Fault::TooManyPoints)));
        assert!(matches!(stripped(&sized(0, 10)), Err(Fault::Damaged)));
        let empty = [vec![0xFF, 0xD8], segment(0xFE, b"<html>"), vec![0xFF, 0xD9]].concat();
        assert!(matches!(stripped(&empty), Err(Fault::Damaged)));
    }

    #[test]
    fn a_picture_that_ends_early_is_damaged_wherever_it_ends() {
        let whole = photograph(6);
        let end = whole.len() - b"TRAILER-CANARY".len();
        for cut in 0..end {
            assert!(matches!(stripped(&whole[..cut]), Err(Fault::Damaged)), "cut at {cut}");
        }
    }
}
