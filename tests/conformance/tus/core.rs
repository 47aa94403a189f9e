//! The core protocol: its headers, `HEAD` and `OPTIONS`.

use super::Case;
use crate::server::{File, Scene, VERSION};
use crate::wire::{Request, Verdict};

/// A place where no upload is.
pub(super) fn nowhere(scene: Scene<'_>) -> String {
    let uploads = scene.0.uploads().trim_end_matches('/');
    format!("{uploads}/{}", uuid::Uuid::now_v7())
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case { name: "core/upload-offset/must-be-a-non-negative-integer", check: offset_is_a_count },
        Case { name: "core/upload-length/must-be-a-non-negative-integer", check: length_is_a_count },
        Case { name: "core/tus-version/must-be-a-list", check: |scene| scene.offers().lists("Tus-Version") },
        Case { name: "core/tus-version/must-be-sorted-by-preference", check: preferred_first },
        Case { name: "core/tus-resumable/must-be-in-every-request", check: version_is_wanted },
        Case { name: "core/tus-resumable/must-be-in-every-response", check: version_is_said },
        Case { name: "core/tus-resumable/must-answer-412-to-another-version", check: other_version_is_412 },
        Case { name: "core/tus-resumable/must-name-its-versions-with-412", check: other_version_is_told },
        Case {
            name: "core/tus-resumable/must-not-process-another-version",
            check: other_version_does_nothing,
        },
        Case {
            name: "core/tus-extension/must-be-a-list",
            check: |scene| scene.offers().lists("Tus-Extension"),
        },
        Case {
            name: "core/tus-max-size/must-be-a-non-negative-integer",
            check: |scene| scene.offers().counts("Tus-Max-Size"),
        },
        Case {
            name: "core/tus-max-size/should-be-set-where-there-is-a-limit",
            check: |scene| scene.offers().has("Tus-Max-Size"),
        },
        Case { name: "core/x-http-method-override/must-be-taken-for-the-method", check: override_counts },
        Case { name: "core/x-http-method-override/must-have-the-method-ignored", check: method_is_ignored },
        Case { name: "core/head/must-include-upload-offset-at-0", check: head_of_nothing_yet },
        Case { name: "core/head/must-include-upload-offset-when-complete", check: head_of_the_whole },
        Case { name: "core/head/must-include-upload-length", check: head_has_the_length },
        Case {
            name: "core/head/should-answer-404-410-or-403-where-nothing-is",
            check: |scene| scene.head(&nowhere(scene)).is(&[404, 410, 403]),
        },
        Case {
            name: "core/head/should-name-no-offset-where-nothing-is",
            check: |scene| scene.head(&nowhere(scene)).lacks("Upload-Offset"),
        },
        Case {
            name: "core/head/should-answer-200-or-204",
            check: |scene| scene.head(&scene.create(&File::of(100))?).is(&[200, 204]),
        },
        Case {
            name: "core/head/must-forbid-caching",
            check: |scene| scene.head(&scene.create(&File::of(100))?).says("Cache-Control", "no-store"),
        },
        Case { name: "core/options/must-answer-200-or-204-with-tus-version", check: options },
        Case { name: "core/options/must-ignore-tus-resumable", check: options_in_any_version },
    ]
}

fn offset_is_a_count(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.begun(&file, 5)?;
    for hostile in ["-1", "+5", "5.0", "five", "0x5", "9223372036854775808"] {
        let patch = scene.patch(&path, 5, b"xyz").having("Upload-Offset", hostile);
        scene.send(&patch).is(&[400]).map_err(|seen| format!("{hostile}: {seen}"))?;
    }
    scene.stands_at(&path, &file, 5)?;
    scene.head(&path).counts("Upload-Offset")
}

fn length_is_a_count(scene: Scene<'_>) -> Verdict {
    for hostile in ["-1", "1.5", "ten", ""] {
        let creation = scene.creation(&File::of(100)).having("Upload-Length", hostile);
        scene.send(&creation).is(&[400]).map_err(|seen| format!("{hostile}: {seen}"))?;
    }
    scene.head(&scene.create(&File::of(100))?).counts("Upload-Length")
}

fn preferred_first(scene: Scene<'_>) -> Verdict {
    let offers = scene.offers();
    let preferred = offers.list("Tus-Version").first().map(|version| (*version).to_owned());
    scene.head(&scene.create(&File::of(100))?).says("Tus-Resumable", preferred.unwrap_or_default())
}

fn version_is_wanted(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    scene.send(&scene.creation(&File::of(100)).without("Tus-Resumable")).is(&[412])?;
    scene.send(&scene.patch(&path, 0, &file.bytes).without("Tus-Resumable")).is(&[412])?;
    scene.stands_at(&path, &file, 0)
}

fn version_is_said(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    let requests = [
        scene.creation(&File::of(100)),
        scene.request("HEAD", &path),
        scene.patch(&path, 0, &file.bytes[..5]),
        scene.patch(&path, 9, b"xyz"),
        scene.request("HEAD", &nowhere(scene)),
        scene.request("DELETE", &path),
        scene.request("HEAD", &path),
    ];
    requests.iter().try_for_each(|request| scene.send(request).says("Tus-Resumable", VERSION))
}

/// A right request of each method, but for its version.
fn in_another_version(scene: Scene<'_>, path: &str) -> Vec<Request> {
    [
        scene.creation(&File::of(100)),
        scene.request("HEAD", path),
        scene.patch(path, 0, b"xyz"),
        scene.request("DELETE", path),
    ]
    .map(|request| request.having("Tus-Resumable", "0.2.2"))
    .into()
}

fn other_version_is_412(scene: Scene<'_>) -> Verdict {
    let path = scene.create(&File::of(100))?;
    in_another_version(scene, &path).iter().try_for_each(|request| scene.send(request).is(&[412]))
}

fn other_version_is_told(scene: Scene<'_>) -> Verdict {
    let path = scene.create(&File::of(100))?;
    in_another_version(scene, &path)
        .iter()
        .try_for_each(|request| scene.send(request).names("Tus-Version", VERSION))
}

fn other_version_does_nothing(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    in_another_version(scene, &path).iter().for_each(|request| drop(scene.send(request)));
    scene.stands_at(&path, &file, 0)
}

fn override_counts(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    let over = |method: &str| scene.request("POST", &path).with("X-HTTP-Method-Override", method);
    let patch =
        over("PATCH").with("Upload-Offset", 0).with("Content-Type", "application/offset+octet-stream");
    scene.send(&patch.carrying(&file.bytes[..5])).is(&[204])?;
    scene.stands_at(&path, &file, 5)?;
    scene.send(&over("DELETE").carrying(b"")).is(&[204])?;
    scene.head(&path).is(&[404, 410])
}

fn method_is_ignored(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    for method in ["PUT", "DELETE", "GET"] {
        let head = scene.request(method, &path).with("X-HTTP-Method-Override", "HEAD");
        let reply = scene.send(&head.carrying(b""));
        reply
            .is(&[200, 204])
            .and_then(|()| reply.says("Upload-Offset", 0))
            .map_err(|seen| format!("{method}: {seen}"))?;
    }
    scene.stands_at(&path, &file, 0)
}

fn head_of_nothing_yet(scene: Scene<'_>) -> Verdict {
    scene.head(&scene.create(&File::of(100))?).says("Upload-Offset", 0)
}

fn head_of_the_whole(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.begun(&file, file.bytes.len())?;
    scene.head(&path).says("Upload-Offset", file.length())
}

fn head_has_the_length(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    scene.head(&scene.create(&file)?).says("Upload-Length", file.length())
}

fn options(scene: Scene<'_>) -> Verdict {
    let offers = scene.offers();
    offers.is(&[200, 204])?;
    offers.has("Tus-Version")
}

fn options_in_any_version(scene: Scene<'_>) -> Verdict {
    let offers = scene.send(&Request::new("OPTIONS", scene.0.uploads()).with("Tus-Resumable", "0.2.2"));
    offers.is(&[200, 204])?;
    offers.has("Tus-Version")
}
