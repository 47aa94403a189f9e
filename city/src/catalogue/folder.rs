//! The documents of a folder: one service a file, named after the service.

use std::path::{Path, PathBuf};

use citizen_api::catalogue::PublicService;

use super::documents::{self, DocumentError};

/// Reads every document of a folder, in the order of their names. One that is not sound stops all of them: a city
/// that left out a service in silence would withdraw it.
pub(super) fn read(folder: &Path) -> Result<Vec<PublicService>, DocumentError> {
    files(folder)?
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|reason| io(path, reason))?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            documents::read(&name, &text)
        })
        .collect()
}

/// The files of a folder that are documents.
fn files(folder: &Path) -> Result<Vec<PathBuf>, DocumentError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|reason| io(folder, reason))? {
        let path = entry.map_err(|reason| io(folder, reason))?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn io(path: &Path, reason: std::io::Error) -> DocumentError {
    DocumentError::Io { path: path.to_owned(), reason }
}
