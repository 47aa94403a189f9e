//! `cargo xtask demo`.

use std::path::PathBuf;

use crate::workshop::{Failure, Outcome, Workshop, run as run_to_end};
use crate::{Lang, cargo, checks};

/// Makes the photographs, builds the product, and starts the demonstration.
pub(crate) fn run(workshop: &Workshop, keep: Option<PathBuf>, lang: Lang) -> Outcome {
    checks::data(workshop)?;
    cargo::run(workshop, &["build", "--package", "city", "--package", "citizen-terminal", "--bins"])?;
    let mut demo = cargo::cargo(workshop);
    demo.args(["run", "--quiet", "--package", "citizen-tests", "--bin", "demo", "--", "--lang"]);
    demo.arg(match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    });
    if let Some(folder) = keep {
        // The person means a folder beside where they stand, not beside the repository's top.
        let folder = std::path::absolute(&folder).map_err(Failure::while_doing(folder.display()))?;
        demo.arg("--keep").arg(folder);
    }
    run_to_end(&mut demo)
}
