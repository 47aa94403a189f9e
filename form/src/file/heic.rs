//! HEIC (ISO/IEC 23008-12): the picture's items are kept, and every other becomes noughts of the same length, so that
//! what points into the file points right. Which side is up stands among the properties of the picture, not in its Exif
//! data, and stays.
//!
//! What is where stands in one box, which phones write before the picture; a file that has it behind is refused,
//! because a place could not be taken out of it in one pass.

use std::io::{BufRead, Write};

use super::{Fault, blank, gather, measure, pass, take};

/// The largest table of contents that is read. One of a photograph with its tiles has a few kilobytes.
const MOST_CONTENTS: u64 = 1024 * 1024;

/// The kinds of items that are a picture or a part of one.
const PICTURES: [&[u8]; 8] = [b"hvc1", b"hev1", b"av01", b"jpeg", b"grid", b"iovl", b"iden", b"tmap"];

/// The parts of the table of contents that are needed to show a picture.
const CONTENTS: [&[u8]; 9] =
    [b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"dinf", b"grpl"];

/// A piece of the file: where it begins, and where it ends.
type Piece = (u64, u64);

/// Copies an HEIC, blanking all but the picture.
pub(super) fn copy(input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Fault> {
    let (mut position, mut blanked, mut shown) = (0_u64, None, false);
    while !input.fill_buf()?.is_empty() {
        let head = take::<8>(input)?;
        let [a, b, c, d, name @ ..] = head;
        let length = u64::from(u32::from_be_bytes([a, b, c, d])).checked_sub(8).ok_or(Fault::Damaged)?;
        position += 8;
        match (&name, &blanked) {
            (b"ftyp", _) => {
                output.write_all(&head)?;
                pass(input, length, output)?;
            }
            (b"meta", None) if length <= MOST_CONTENTS => {
                let mut contents = gather(input, length)?;
                blanked = Some(Contents::read(&mut contents, position + length)?);
                output.write_all(&head)?;
                output.write_all(&contents)?;
            }
            (b"mdat", Some(pieces)) => {
                output.write_all(&head)?;
                pass_without(input, (position, position + length), pieces, output)?;
                shown = true;
            }
            (b"meta" | b"mdat", _) => return Err(Fault::Damaged),
            _ => {
                output.write_all(&[a, b, c, d])?;
                output.write_all(b"free")?;
                blank(input, length, output)?;
            }
        }
        position += length;
    }
    if shown { Ok(()) } else { Err(Fault::Damaged) }
}

/// Passes a piece of the file on, with noughts in the place of what is to go.
fn pass_without(
    input: &mut dyn BufRead,
    (mut at, end): Piece,
    pieces: &[Piece],
    output: &mut dyn Write,
) -> Result<(), Fault> {
    for (from, to) in pieces {
        let (from, to) = ((*from).clamp(at, end), (*to).clamp(at, end));
        pass(input, from - at, output)?;
        blank(input, to - from, output)?;
        at = to;
    }
    pass(input, end - at, output)
}

/// The table of contents.
struct Contents;

impl Contents {
    /// Reads it, blanks in it what is to go, and gives the pieces behind it that are.
    fn read(contents: &mut [u8], end: u64) -> Result<Vec<Piece>, Fault> {
        let (mut pictures, mut places, mut inside) = (Vec::new(), Vec::new(), None);
        for (name, from, to) in boxes(contents, 4)? {
            let part = contents.get(from..to).ok_or(Fault::Damaged)?;
            match &name {
                b"iinf" => pictures = pictures_of(part)?,
                b"iloc" => places = places_of(part)?,
                b"iprp" => judge_sizes(part)?,
                b"idat" => inside = Some(from),
                _ => {}
            }
        }
        let gone = places.into_iter().filter(|place| !pictures.contains(&place.item));
        let mut pieces = Vec::new();
        for Place { inside: is_inside, piece: (from, to), .. } in gone {
            match (is_inside, inside) {
                (false, _) if from >= end => pieces.push((from, to)),
                (true, Some(start)) => blank_within(contents, start as u64 + from, start as u64 + to)?,
                _ => return Err(Fault::Damaged),
            }
        }
        for (name, from, to) in boxes(contents, 4)? {
            if !CONTENTS.contains(&name.as_slice()) {
                blank_within(contents, from as u64, to as u64)?;
                let named = contents.get_mut(from - 4..from).ok_or(Fault::Damaged)?;
                named.copy_from_slice(b"free");
            }
        }
        pieces.sort_unstable();
        Ok(pieces)
    }
}

fn blank_within(contents: &mut [u8], from: u64, to: u64) -> Result<(), Fault> {
    let place = |at: u64| usize::try_from(at).map_err(|_| Fault::Damaged);
    contents.get_mut(place(from)?..place(to)?).ok_or(Fault::Damaged)?.fill(0);
    Ok(())
}

/// The boxes within a box, from so many bytes on: their names, and where what is in them begins and ends.
fn boxes(bytes: &[u8], from: usize) -> Result<Vec<([u8; 4], usize, usize)>, Fault> {
    let (mut boxes, mut at) = (Vec::new(), from);
    while at < bytes.len() {
        let mut fields = Fields(bytes.get(at..).unwrap_or_default());
        let (length, name) = (fields.number(4)?, fields.name()?);
        let length = usize::try_from(length).ok().filter(|length| *length >= 8).ok_or(Fault::Damaged)?;
        let end = at.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Fault::Damaged)?;
        boxes.push((name, at + 8, end));
        at = end;
    }
    Ok(boxes)
}

/// The items that are pictures.
fn pictures_of(list: &[u8]) -> Result<Vec<u64>, Fault> {
    let version = Fields(list).number(1)?;
    let mut pictures = Vec::new();
    for (name, from, to) in boxes(list, if version == 0 { 6 } else { 8 })? {
        let mut entry = Fields(list.get(from..to).unwrap_or_default());
        let version = entry.number(1)?;
        if name != *b"infe" || !(2..=3).contains(&version) {
            return Err(Fault::Damaged);
        }
        entry.number(3)?;
        let item = entry.number(if version == 2 { 2 } else { 4 })?;
        entry.number(2)?;
        if PICTURES.contains(&entry.name()?.as_slice()) {
            pictures.push(item);
        }
    }
    Ok(pictures)
}

/// Where a piece of an item is.
struct Place {
    item: u64,
    /// Whether it is in the table of contents itself.
    inside: bool,
    piece: Piece,
}

fn places_of(table: &[u8]) -> Result<Vec<Place>, Fault> {
    let mut fields = Fields(table);
    let version = fields.number(1)?;
    fields.number(3)?;
    let (sizes, more) = (fields.number(1)?, fields.number(1)?);
    let index = if version == 0 { 0 } else { more & 15 };
    let wide = if version < 2 { 2 } else { 4 };
    let mut places = Vec::new();
    for _ in 0..fields.number(wide)? {
        let item = fields.number(wide)?;
        let method = if version == 0 { 0 } else { fields.number(2)? & 15 };
        fields.number(2)?;
        let base = fields.number(more >> 4)?;
        for _ in 0..fields.number(2)? {
            fields.number(index)?;
            let from = base.checked_add(fields.number(sizes >> 4)?).ok_or(Fault::Damaged)?;
            let to = from.checked_add(fields.number(sizes & 15)?).ok_or(Fault::Damaged)?;
            if method > 1 {
                return Err(Fault::Damaged);
            }
            places.push(Place { item, inside: method == 1, piece: (from, to) });
        }
    }
    Ok(places)
}

/// Every size that a picture or a tile of it is said to have.
fn judge_sizes(properties: &[u8]) -> Result<(), Fault> {
    for (name, from, to) in boxes(properties, 0)? {
        let list = properties.get(from..to).unwrap_or_default();
        if name != *b"ipco" {
            continue;
        }
        for (name, from, to) in boxes(list, 0)? {
            if name == *b"ispe" {
                let mut size = Fields(list.get(from..to).unwrap_or_default());
                size.number(4)?;
                measure(size.number(4)?, size.number(4)?)?;
            }
        }
    }
    Ok(())
}

/// The fields of a box, one after the other.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    /// A number of so many bytes, none of which may be no bytes at all.
    fn number(&mut self, bytes: u64) -> Result<u64, Fault> {
        let bytes = usize::try_from(bytes).map_err(|_| Fault::Damaged)?;
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Fault::Damaged)?;
        self.0 = rest;
        Ok(taken.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn name(&mut self) -> Result<[u8; 4], Fault> {
        let (name, rest) = self.0.split_first_chunk().ok_or(Fault::Damaged)?;
        self.0 = rest;
        Ok(*name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, copy};

    fn boxed(name: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), name.as_slice(), &body].concat()
    }

    fn entry(item: u8, kind: &[u8; 4]) -> Vec<u8> {
        boxed(b"infe", &[&[2, 0, 0, 0], &[0, item], &[0, 0], kind, &[0]])
    }

    /// A photograph: a picture and its Exif data in `mdat`, a description in the table of contents itself.
    fn photograph(width: u32, height: u32) -> Vec<u8> {
        let table = |start: u32| {
            let place = |item: u8, method: u8, from: u32, length: u32| {
                [&[0, item, 0, method, 0, 0, 0, 1], from.to_be_bytes().as_slice(), &length.to_be_bytes()]
                    .concat()
            };
            let places = [place(1, 0, start, 20), place(2, 0, start + 20, 10), place(3, 1, 2, 6)].concat();
            let size = boxed(b"ispe", &[&[0; 4], &width.to_be_bytes(), &height.to_be_bytes()]);
            let turn = boxed(b"irot", &[&[1]]);
            boxed(
                b"meta",
                &[
                    &[0; 4],
                    &boxed(
                        b"iinf",
                        &[&[0; 4], &[0, 3], &entry(1, b"hvc1"), &entry(2, b"Exif"), &entry(3, b"mime")],
                    ),
                    &boxed(b"iloc", &[&[1, 0, 0, 0], &[0x44, 0], &[0, 3], &places]),
                    &boxed(b"iprp", &[&boxed(b"ipco", &[&size, &turn])]),
                    &boxed(b"idat", &[b"..CANARY"]),
                    &boxed(b"uuid", &[b"CANARY-UUID"]),
                ],
            )
        };
        let kind = boxed(b"ftyp", &[b"heic\0\0\0\0mif1"]);
        let start = u32::try_from(kind.len() + table(0).len() + 8).unwrap();
        let data = boxed(b"mdat", &[&[9; 20], b"GPS-CANARY", &[8; 7]]);
        [kind, table(start), data, boxed(b"moov", &[b"CANARY-FILM"])].concat()
    }

    fn stripped(input: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut output = Vec::new();
        copy(&mut std::io::BufReader::with_capacity(3, input), &mut output).map(|()| output)
    }

    fn says(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }

    #[test]
    fn all_but_the_picture_becomes_noughts_in_its_place() {
        let input = photograph(4032, 3024);
        let output = stripped(&input).unwrap();
        assert_eq!(output.len(), input.len());
        assert!(!says(&output, b"CANARY"));
        assert!(says(&output, &[9; 20]) && says(&output, &[8; 7]) && says(&output, b"irot\x01"));
        assert_eq!(stripped(&output).unwrap(), output, "a copy of the copy is the same");
    }

    #[test]
    fn a_picture_that_nobody_can_open_is_refused() {
        assert!(stripped(&photograph(10_000, 10_000)).is_ok());
        assert!(matches!(stripped(&photograph(10_001, 10_000)), Err(Fault::TooManyPoints)));
        assert!(matches!(stripped(&photograph(0, 10)), Err(Fault::Damaged)));
    }

    #[test]
    fn what_ends_early_or_comes_in_another_order_is_damaged() {
        let whole = photograph(100, 100);
        let film = whole.len() - 19;
        for cut in 0..film - 1 {
            assert!(matches!(stripped(&whole[..cut]), Err(Fault::Damaged)), "{cut}");
        }
        let behind =
            [boxed(b"ftyp", &[b"heic"]), boxed(b"mdat", &[&[1; 9]]), boxed(b"meta", &[&[0; 4]])].concat();
        assert!(matches!(stripped(&behind), Err(Fault::Damaged)));
        let longer = [&[0xFF; 4], b"ftypheic".as_slice()].concat();
        assert!(matches!(stripped(&longer), Err(Fault::Damaged)));
    }

    #[test]
    fn a_table_that_points_at_itself_is_damaged() {
        let mut hostile = photograph(100, 100);
        let at = hostile.windows(4).position(|name| name == b"iloc").unwrap();
        // The picture's Exif data is said to be where the file begins.
        let place = at + 4 + 8 + 16 + 8;
        hostile[place..place + 4].fill(0);
        assert!(matches!(stripped(&hostile), Err(Fault::Damaged)));
    }
}
