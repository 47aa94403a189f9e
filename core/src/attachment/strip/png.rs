//! PNG (ISO/IEC 15948): the chunks that show the picture are kept, every other one is dropped.

use std::io::{self, BufRead, Write};

use super::{damaged, pass, take};

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
const LAST: &[u8; 4] = b"IEND";

/// The chunks that are needed to show a picture, an animated one among them. A list of what is kept also drops
/// what does not exist yet.
const KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", LAST, b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
];

/// Copies a PNG without its texts, its time and its Exif data.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
    if take::<8>(input)? != SIGNATURE {
        return Err(damaged());
    }
    output.write_all(&SIGNATURE)?;
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
        if name == *LAST {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SIGNATURE, copy};

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap().to_be_bytes(), name.as_slice(), data, &[0xAA; 4]].concat()
    }

    fn stripped(input: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut output = Vec::new();
        copy(&mut std::io::BufReader::new(input), &mut output).map(|()| output)
    }

    #[test]
    fn texts_time_and_place_are_dropped() {
        let picture = [chunk(b"IHDR", &[1; 13]), chunk(b"IDAT", &[2; 40]), chunk(b"IEND", &[])];
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
    fn a_picture_that_ends_early_is_damaged() {
        let whole = [&SIGNATURE, chunk(b"IDAT", &[2; 9]).as_slice(), &chunk(b"IEND", &[])].concat();
        assert!(stripped(&whole).is_ok());
        for cut in 0..whole.len() {
            assert_eq!(stripped(&whole[..cut]).unwrap_err().kind(), std::io::ErrorKind::InvalidData);
        }
    }
}
