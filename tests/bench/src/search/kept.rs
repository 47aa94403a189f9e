//! The queries that are kept, with what is meant by each.

use std::path::Path;

use crate::Outcome;

/// What somebody types, and which services answer it.
pub struct Query {
    /// What is typed.
    pub typed: String,
    /// Any of these is meant.
    pub meant: Vec<String>,
}

/// Reads the kept queries.
pub fn read(path: &Path) -> Outcome<Vec<Query>> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    Ok(lines
        .map(|(typed, meant)| Query {
            typed: typed.to_owned(),
            meant: meant.split('|').map(str::to_owned).collect(),
        })
        .collect())
}
