//! The core protocol: `PATCH`, and what becomes of a connection that breaks.

use std::io::Read;

use super::Case;
use super::core::nowhere;
use crate::patience::until;
use crate::server::{File, Scene};
use crate::wire::Verdict;

pub(super) fn cases() -> Vec<Case> {
    vec![
        // First, because it takes longest.
        Case { name: "core/patch/should-close-a-connection-that-says-nothing", check: silence_ends },
        Case { name: "core/patch/should-apply-the-bytes-at-the-offset", check: bytes_are_applied },
        Case { name: "core/patch/should-answer-415-to-another-type", check: other_type_is_415 },
        Case { name: "core/patch/must-have-the-type", check: no_type_is_refused },
        Case { name: "core/patch/must-answer-409-where-offsets-differ", check: other_offset_is_409 },
        Case { name: "core/patch/must-not-modify-with-409", check: other_offset_does_nothing },
        Case { name: "core/patch/must-answer-204", check: |scene| scene.begun(&File::of(100), 5).map(drop) },
        Case { name: "core/patch/must-include-upload-offset", check: offset_is_said },
        Case { name: "core/patch/must-add-up", check: offsets_add_up },
        Case {
            name: "core/patch/should-answer-404-where-nothing-is",
            check: |scene| scene.send(&scene.patch(&nowhere(scene), 0, b"xyz")).is(&[404]),
        },
        Case { name: "core/patch/should-store-what-arrived-before-a-cut", check: a_cut_keeps },
        Case { name: "core/patch/should-detect-a-broken-connection", check: a_cut_lets_go },
    ]
}

fn bytes_are_applied(scene: Scene<'_>) -> Verdict {
    let file = File::of(200_000);
    let path = scene.begun(&file, 70_000)?;
    scene.stands_at(&path, &file, 70_000)?;
    scene.send(&scene.patch(&path, 70_000, &file.bytes[70_000..])).is(&[204])?;
    scene.stands_at(&path, &file, file.bytes.len())
}

fn other_type_is_415(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    for other in ["image/png", "application/octet-stream"] {
        scene.send(&scene.patch(&path, 0, b"xyz").having("Content-Type", other)).is(&[415])?;
    }
    scene.stands_at(&path, &file, 0)
}

fn no_type_is_refused(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    scene.send(&scene.patch(&path, 0, b"xyz").without("Content-Type")).is(&[400, 415])?;
    scene.stands_at(&path, &file, 0)
}

fn other_offset_is_409(scene: Scene<'_>) -> Verdict {
    let path = scene.begun(&File::of(100), 5)?;
    [0, 4, 6, 99].into_iter().try_for_each(|other| scene.send(&scene.patch(&path, other, b"xyz")).is(&[409]))
}

fn other_offset_does_nothing(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.begun(&file, 5)?;
    [0, 4, 6, 99].into_iter().for_each(|other| drop(scene.send(&scene.patch(&path, other, b"xyz"))));
    scene.stands_at(&path, &file, 5)
}

fn offset_is_said(scene: Scene<'_>) -> Verdict {
    let path = scene.create(&File::of(100))?;
    scene.send(&scene.patch(&path, 0, b"xyz")).says("Upload-Offset", 3)
}

fn offsets_add_up(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    for (offset, more) in [(0, 1), (1, 30), (31, 0), (31, 60)] {
        let bytes = &file.bytes[offset..offset + more];
        scene.send(&scene.patch(&path, offset as u64, bytes)).says("Upload-Offset", offset + more)?;
    }
    scene.stands_at(&path, &file, 91)
}

fn a_cut_keeps(scene: Scene<'_>) -> Verdict {
    let file = File::of(300_000);
    let path = scene.create(&file)?;
    let mut patch = scene.patch(&path, 0, &file.bytes);
    patch.body.truncate(100_000);
    patch.cut(scene.0.address());
    let kept = || scene.head(&path).says("Upload-Offset", 100_000).is_ok();
    if !until(kept) {
        return scene.head(&path).says("Upload-Offset", 100_000);
    }
    scene.stands_at(&path, &file, 100_000)
}

fn a_cut_lets_go(scene: Scene<'_>) -> Verdict {
    let file = File::of(1000);
    let path = scene.create(&file)?;
    let mut patch = scene.patch(&path, 0, &file.bytes);
    patch.body.truncate(400);
    patch.cut(scene.0.address());
    until(|| scene.head(&path).says("Upload-Offset", 400).is_ok());
    scene.send(&scene.patch(&path, 400, &file.bytes[400..])).says("Upload-Offset", file.length())
}

fn silence_ends(scene: Scene<'_>) -> Verdict {
    let file = File::of(1000);
    let path = scene.create(&file)?;
    let mut patch = scene.patch(&path, 0, &file.bytes);
    patch.body.truncate(400);
    let mut stream = patch.begin(scene.0.address());
    // It ends, with an answer or without; what it does not do is wait for as long as the phone does.
    stream.read_to_end(&mut Vec::new()).map(drop).or_else(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => {
            Err("the connection is still open".to_owned())
        }
        _ => Ok(()),
    })?;
    scene.head(&path).says("Upload-Offset", 400)
}
