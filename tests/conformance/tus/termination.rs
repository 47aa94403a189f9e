//! The extension *termination*.

use super::Case;
use crate::server::{File, Scene};
use crate::wire::Verdict;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "termination/must-be-announced",
            check: |scene| scene.offers().names("Tus-Extension", "termination"),
        },
        Case { name: "termination/should-free-what-the-upload-took", check: frees },
        Case { name: "termination/must-answer-204", check: |scene| ended(scene).map(drop) },
        Case { name: "termination/should-answer-404-or-410-ever-after", check: gone_ever_after },
    ]
}

/// An upload that was ended.
fn ended(scene: Scene<'_>) -> Result<String, String> {
    let path = scene.begun(&File::of(100), 5)?;
    scene.send(&scene.request("DELETE", &path)).is(&[204])?;
    Ok(path)
}

fn frees(scene: Scene<'_>) -> Verdict {
    let path = scene.begun(&File::of(100), 5)?;
    scene.0.held(&path).ok_or("nothing was held before")?;
    scene.send(&scene.request("DELETE", &path)).is(&[204])?;
    scene.0.held(&path).map_or(Ok(()), |held| Err(format!("{} bytes are still held", held.len())))
}

fn gone_ever_after(scene: Scene<'_>) -> Verdict {
    let path = ended(scene)?;
    scene.head(&path).is(&[404, 410])?;
    scene.send(&scene.patch(&path, 5, b"xyz")).is(&[404, 410])?;
    scene.send(&scene.request("DELETE", &path)).is(&[404, 410])
}
