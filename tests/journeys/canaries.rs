//! Nothing personal stands in the clear: not in the phone's store, its blobs, or anyone's logs.

use std::path::{Path, PathBuf};

use citizen_tests::journey::{ID_NUMBER, INVOICE_NUMBER, NAME, NOTE};

/// Searches everything the phone keeps, and the logs of both sides, for what only the citizen may read.
pub(crate) fn nothing_personal_in_the_clear(folder: &Path) {
    let mut searched = files_below(&folder.join("phone"));
    assert!(searched.len() >= 5, "a phone with a claim has a store and sealed papers: {searched:?}");
    for log in ["phone.log", "city.log"] {
        let log = folder.join(log);
        assert!(log.metadata().unwrap().len() > 0, "{log:?} is empty: nothing would be found in it");
        searched.push(log);
    }
    for file in searched {
        let bytes = std::fs::read(&file).unwrap();
        for (what, needle) in needles() {
            assert!(!contains(&bytes, &needle), "{what} stands in the clear in {}", file.display());
        }
    }
}

/// The photographs that reached the city are whole pictures without what the phone wrote beside them: its make, the
/// moment, the place, the gallery's notes.
pub(crate) fn photographs_came_without_place(folder: &Path) {
    const WRITTEN_BESIDE: [&[u8]; 5] =
        [b"HUAWEI", b"canary-model", b"canary-xmp", b"canary-comment", b"2026:09:"];
    let taken = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test-data"));
    for photograph in taken.iter().filter(|file| file.extension().is_some_and(|ending| ending == "jpg")) {
        let bytes = std::fs::read(photograph).unwrap();
        assert!(
            WRITTEN_BESIDE.iter().all(|needle| contains(&bytes, needle)),
            "{photograph:?} would hide nothing"
        );
    }
    let pictures: Vec<Vec<u8>> = files_below(&folder.join("city/uploads"))
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .filter(|bytes| bytes.starts_with(&[0xFF, 0xD8, 0xFF]) && bytes.len() > 3_000_000)
        .collect();
    assert_eq!(pictures.len(), 4, "three papers, and the one that was asked for later");
    for needle in WRITTEN_BESIDE {
        let told = pictures.iter().any(|picture| contains(picture, needle));
        assert!(!told, "{:?} left the phone", String::from_utf8_lossy(needle));
    }
}

/// What must not be found, in each encoding a careless writer would use.
fn needles() -> Vec<(&'static str, Vec<u8>)> {
    let jpeg_exif = b"Exif\0\0".to_vec();
    let mut needles = vec![("a photograph", jpeg_exif)];
    for (what, text) in [
        ("the name", NAME),
        ("the ID number", ID_NUMBER),
        ("an answer", INVOICE_NUMBER),
        ("her own words", NOTE),
        ("the hospital", "义乌市中心医院"),
    ] {
        needles.extend(encodings(text).map(|needle| (what, needle)));
    }
    needles
}

/// A text in each encoding that a careless writer would use.
pub(crate) fn encodings(text: &str) -> [Vec<u8>; 3] {
    let escaped: String = text
        .chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", c as u32) })
        .collect();
    [text.as_bytes().to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect(), escaped.into_bytes()]
}

pub(crate) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files
}

#[test]
fn the_search_finds_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
    std::fs::write(folder.path().join("a/b/c"), format!("x{NAME}y")).unwrap();
    let [file] = files_below(folder.path()).try_into().unwrap();
    let bytes = std::fs::read(file).unwrap();
    assert!(needles().iter().any(|(what, needle)| *what == "the name" && contains(&bytes, needle)));
}
