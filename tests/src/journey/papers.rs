//! The photographs that are filed: files of several megabytes, made by `cargo xtask data`.

use std::path::{Path, PathBuf};

use crate::failure::ensure;
use crate::{Failure, Outcome};

/// The photographs.
#[derive(Debug, Clone)]
pub struct Papers {
    folder: PathBuf,
}

/// What is filed at first: the requirement and the file.
pub(super) const FILED: [(&str, &str); 3] = [
    ("invoice", "invoice.jpg"),
    ("fee-list", "fee-list.jpg"),
    ("discharge-summary", "discharge-summary.jpg"),
];

/// What the office asks for later.
pub(super) const ASKED_LATER: (&str, &str) = ("prescription", "prescription.jpg");

impl Papers {
    /// The photographs in the repository's build folder.
    pub fn find() -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test-data");
        let papers = Self { folder };
        for file in FILED.iter().chain([&ASKED_LATER]).map(|(_, file)| file) {
            let path = papers.path(file);
            ensure(Path::new(&path).is_file(), || {
                format!("{file} is not there; `cargo xtask data` makes the photographs")
            })?;
        }
        Ok(papers)
    }

    /// Where a photograph is.
    pub fn path(&self, file: &str) -> String {
        self.folder.join(file).to_string_lossy().into_owned()
    }

    /// How many bytes a photograph has.
    pub fn size(&self, file: &str) -> Outcome<u64> {
        let metadata =
            std::fs::metadata(self.path(file)).map_err(Failure::machine("a photograph cannot be read"))?;
        Ok(metadata.len())
    }
}
