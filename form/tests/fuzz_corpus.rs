//! What is kept of the fuzz target's inputs is judged again, by the function that judged it there.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/judge.rs"]
mod judge;

/// The files of a folder beside this crate.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn whatever_is_made_up_keeps_every_promise() {
    for (folder, least) in [("fuzz/corpus", 100), ("fuzz/seeds", 5), ("../city/catalogue", 81)] {
        let files = files(folder);
        assert!(files.len() >= least, "only {} files in {folder}", files.len());
        for file in files {
            // The name is told before a panic, which says only what was broken.
            println!("{}", file.display());
            let _ = judge::judge(&fs::read(&file).unwrap());
        }
    }
}
