//! The extension *checksum*.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

use super::Case;
use crate::server::{File, Scene};
use crate::wire::Verdict;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "checksum/must-be-announced",
            check: |scene| scene.offers().names("Tus-Extension", "checksum"),
        },
        Case { name: "checksum/must-verify", check: |scene| agrees(scene, "sha256", &SHA256) },
        Case { name: "checksum/must-answer-460-to-a-mismatch", check: |scene| refused(scene, &wrong(), 460) },
        Case {
            name: "checksum/must-answer-400-to-an-unknown-algorithm",
            check: |scene| refused(scene, "crc99 AAAA", 400),
        },
        Case { name: "checksum/must-discard-what-does-not-match", check: |scene| discarded(scene, &wrong()) },
        Case {
            name: "checksum/must-discard-what-it-cannot-verify",
            check: |scene| discarded(scene, "crc99 AAAA"),
        },
        Case {
            name: "checksum/must-support-sha1",
            check: |scene| agrees(scene, "sha1", &SHA1_FOR_LEGACY_USE_ONLY),
        },
        Case { name: "checksum/must-name-algorithms-in-small-letters", check: small_letters },
        Case {
            name: "checksum/tus-checksum-algorithm/must-be-in-options",
            check: |scene| scene.offers().has("Tus-Checksum-Algorithm"),
        },
        Case {
            name: "checksum/tus-checksum-algorithm/must-be-a-list",
            check: |scene| scene.offers().lists("Tus-Checksum-Algorithm"),
        },
        Case { name: "checksum/upload-checksum/must-be-a-name-and-base64", check: well_formed },
    ]
}

fn wrong() -> String {
    format!("sha256 {}", STANDARD.encode([7; 32]))
}

fn agrees(scene: Scene<'_>, name: &str, algorithm: &'static Algorithm) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    let sum = |bytes: &[u8]| format!("{name} {}", STANDARD.encode(digest(algorithm, bytes)));
    let (first, rest) = file.bytes.split_at(40);
    scene.send(&scene.patch(&path, 0, first).with("Upload-Checksum", sum(first))).is(&[204])?;
    scene.send(&scene.patch(&path, 40, rest).with("Upload-Checksum", sum(first))).is(&[460])?;
    scene.send(&scene.patch(&path, 40, rest).with("Upload-Checksum", sum(rest))).is(&[204])?;
    scene.stands_at(&path, &file, file.bytes.len())
}

fn refused(scene: Scene<'_>, checksum: &str, status: u16) -> Verdict {
    let path = scene.create(&File::of(100))?;
    scene.send(&scene.patch(&path, 0, b"xyz").with("Upload-Checksum", checksum)).is(&[status])
}

fn discarded(scene: Scene<'_>, checksum: &str) -> Verdict {
    let file = File::of(100);
    let path = scene.begun(&file, 5)?;
    let patch = scene.patch(&path, 5, &file.bytes[5..50]).with("Upload-Checksum", checksum);
    scene.send(&patch).is(&[400, 460])?;
    scene.stands_at(&path, &file, 5)
}

fn small_letters(scene: Scene<'_>) -> Verdict {
    let offers = scene.offers();
    let names = offers.list("Tus-Checksum-Algorithm");
    let small = |name: &&str| name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if !names.is_empty() && names.iter().all(small) { Ok(()) } else { Err(names.join(",")) }
}

fn well_formed(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    for malformed in ["sha1", "sha1 %%%", "sha1 AAAA", "sha1  Kq5sNclPz7QV2+lfQIuc6R7oRu0="] {
        scene.send(&scene.patch(&path, 0, b"xyz").with("Upload-Checksum", malformed)).is(&[400])?;
    }
    scene.stands_at(&path, &file, 0)
}
