//! PNG (ISO/IEC 15948): the chunks that show the picture are kept, every other one is dropped.

use std::io::{self, BufRead, Write};

use super::{Fault, gather, measure, pass, take};

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
const LAST: &[u8; 4] = b"IEND";

/// The chunks that are needed to show a picture, an animated one among them. A list of what is kept also drops
/// what does not exist yet.
const KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", LAST, b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
];

/// Copies a PNG without its texts, its time and its Exif data.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    if take::<8>(input)? != SIGNATURE {
        return Err(Fault::Damaged);
    }
    output.write_all(&SIGNATURE)?;
    header(input, output)?;
    let mut shown = false;
    loop {
        let length = take::<4>(input)?;
        let name = take::<4>(input)?;
        // The chunk's data and its check sum, which covers nothing outside the chunk.
        let rest = u64::from(u32::from_be_bytes(length)) + 4;
        if KEPT.contains(&&name) {
            output.write_all(&length)?;
            output.write_all(&name)?;
            pass(input, rest, output)?;
        } else {
            pass(input, rest, &mut io::sink())?;
        }
        shown |= name == *b"IDAT";
        if name == *LAST {
            return if shown { Ok(()) } else { Err(Fault::Damaged) };
        }
    }
}

/// Copies the chunk that must come first, and says how large the picture is.
fn header(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let begin = take::<8>(input)?;
    if begin != *b"\0\0\0\x0DIHDR" {
        return Err(Fault::Damaged);
    }
    let rest = gather(input, 13 + 4)?;
    let [w0, w1, w2, w3, h0, h1, h2, h3, ..] = rest.as_slice() else { return Err(Fault::Damaged) };
    let side = |bytes: [u8; 4]| u64::from(u32::from_be_bytes(bytes));
    measure(side([*w0, *w1, *w2, *w3]), side([*h0, *h1, *h2, *h3]))?;
    output.write_all(&begin)?;
    Ok(output.write_all(&rest)?)
}

#[cfg(test)]
mod tests {
    use super::{Fault, SIGNATURE, copy};

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes(), name.as_slice(), data, &[0xAA; 4]].concat()
    }

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        let chunks = [chunk(b"IHDR", &header), chunk(b"IDAT", &[2; 9]), chunk(b"IEND", &[])];
        [&SIGNATURE, chunks.concat().as_slice()].concat()
    }

    fn stripped(input: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut output = Vec::new();
        copy(&mut std::io::BufReader::new(input), &mut output).map(|()| output)
    }

    #[test]
    fn texts_time_and_place_are_dropped() {
        let picture = [
            chunk(b"IHDR", &[0, 0, 1, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0]),
            chunk(b"IDAT", &[2; 40]),
            chunk(b"IEND", &[]),
        ];
        let [header, data, end] = &picture;
        let input = [
            &SIGNATURE,
            header.as_slice(),
            &chunk(b"eXIf", b"CANARY"),
            &chunk(b"tEXt", b"CANARY"),
            &chunk(b"neWt", b"CANARY"),
            data,
            &chunk(b"tIME", b"CANARY"),
            end,
            b"CANARY",
        ]
        .concat();
        assert_eq!(stripped(&input).unwrap(), [&SIGNATURE, picture.concat().as_slice()].concat());
    }

    #[test]
    fn a_picture_that_nobody_can_open_or_that_shows_nothing_is_refused() {
        assert!(stripped(&picture(10_000, 10_000)).is_ok());
        assert!(matches!(stripped(&picture(10_001, 10_000)), Err(Fault::TooManyPoints)));
        assert!(matches!(stripped(&picture(u32::MAX, u32::MAX)), Err(Fault::TooManyPoints)));
        assert!(matches!(stripped(&picture(0, 10)), Err(Fault::Damaged)));
        let header = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
        let empty = [&SIGNATURE, header.as_slice(), &chunk(b"IEND", &[])].concat();
        assert!(matches!(stripped(&empty), Err(Fault::Damaged)));
    }

    #[test]
    fn a_picture_that_ends_early_is_damaged() {
        let whole = picture(10, 10);
        assert!(stripped(&whole).is_ok());
        for cut in 0..whole.len() {
            assert!(matches!(stripped(&whole[..cut]), Err(Fault::Damaged)), "{cut}");
        }
    }
}
