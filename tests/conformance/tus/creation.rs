//! The extensions *creation* and *creation with upload*.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Case;
use crate::server::{File, Scene, TOO_MANY, location};
use crate::wire::Verdict;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "creation/must-be-announced",
            check: |scene| scene.offers().names("Tus-Extension", "creation"),
        },
        Case { name: "creation/must-answer-201", check: |scene| scene.create(&File::of(100)).map(drop) },
        Case { name: "creation/must-set-location", check: location_leads_there },
        Case { name: "creation/must-have-a-length", check: no_length_is_refused },
        Case { name: "creation/must-not-change-the-length", check: length_stays },
        Case { name: "creation/must-answer-413-beyond-the-limit", check: too_large_is_413 },
        Case { name: "creation/upload-defer-length/must-be-1", check: defer_is_one },
        Case { name: "creation/upload-defer-length/must-be-announced", check: defer_is_announced },
        Case {
            name: "creation/upload-defer-length/must-be-left-out-where-the-length-is-known",
            check: |scene| scene.head(&scene.create(&File::of(100))?).lacks("Upload-Defer-Length"),
        },
        Case { name: "creation/upload-metadata/must-be-in-head", check: metadata_comes_back },
        Case {
            name: "creation/upload-metadata/must-have-keys",
            check: |scene| refuses(scene, &format!(" {}", STANDARD.encode("x"))),
        },
        Case {
            name: "creation/upload-metadata/must-be-divided-by-a-space",
            check: |scene| refuses(scene, &format!("name\t{}", STANDARD.encode("x"))),
        },
        Case {
            name: "creation/upload-metadata/must-be-in-base64",
            check: |scene| refuses(scene, "name %%%"),
        },
        Case {
            name: "creation/upload-metadata/must-have-each-key-once",
            check: |scene| refuses(scene, "name eA==,name eQ=="),
        },
        Case { name: "creation/upload-metadata/should-not-smuggle-headers", check: nothing_is_smuggled },
        Case {
            name: "creation-with-upload/must-be-announced",
            check: |scene| scene.offers().names("Tus-Extension", "creation-with-upload"),
        },
        Case {
            name: "creation-with-upload/must-not-be-offered-without-creation",
            check: |scene| scene.offers().names("Tus-Extension", "creation"),
        },
        Case { name: "creation-with-upload/should-accept-all-it-can", check: takes_all },
        Case {
            name: "creation-with-upload/must-include-upload-offset",
            check: |scene| scene.send(&scene.creation_with(&File::of(100), 40)).has("Upload-Offset"),
        },
        Case {
            name: "creation-with-upload/must-say-the-offset-behind-what-it-took",
            check: says_what_it_took,
        },
        Case { name: "creation-with-upload/must-have-the-type", check: no_type_adds_nothing },
        Case { name: "creation-with-upload/should-be-told-before-the-bytes", check: early_word },
    ]
}

fn location_leads_there(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    scene.head(&scene.create(&file)?).says("Upload-Length", file.length())
}

fn no_length_is_refused(scene: Scene<'_>) -> Verdict {
    scene.send(&scene.creation(&File::of(100)).without("Upload-Length")).is(&[400])
}

fn length_stays(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    drop(scene.send(&scene.patch(&path, 0, &file.bytes[..5]).with("Upload-Length", 50)));
    scene.head(&path).says("Upload-Length", file.length())
}

fn too_large_is_413(scene: Scene<'_>) -> Verdict {
    scene.send(&scene.creation(&File::of(100)).having("Upload-Length", TOO_MANY)).is(&[413])
}

fn defer_is_one(scene: Scene<'_>) -> Verdict {
    let creation = || scene.creation(&File::of(100)).without("Upload-Length");
    ["0", "2", "true"]
        .into_iter()
        .try_for_each(|other| scene.send(&creation().with("Upload-Defer-Length", other)).is(&[400]))
}

/// Either it is offered and works, or it is not and is refused.
fn defer_is_announced(scene: Scene<'_>) -> Verdict {
    let creation = scene.creation(&File::of(100)).without("Upload-Length").with("Upload-Defer-Length", 1);
    let made = scene.send(&creation);
    if scene.offers().names("Tus-Extension", "creation-defer-length").is_err() {
        return made.is(&[400, 501]);
    }
    made.is(&[201])?;
    scene.head(&location(&made)?).says("Upload-Defer-Length", 1)
}

/// Whether the two say the same pairs: their order means nothing.
fn pairs(metadata: &str) -> Vec<&str> {
    let mut pairs: Vec<&str> = metadata.split(',').map(str::trim).collect();
    pairs.sort_unstable();
    pairs
}

fn metadata_comes_back(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let head = scene.head(&scene.create(&file)?);
    let said = head.header("Upload-Metadata").unwrap_or_default();
    if pairs(said) == pairs(&file.metadata) { Ok(()) } else { Err(format!("{said} for {}", file.metadata)) }
}

/// Metadata that is right but for one more pair.
fn refuses(scene: Scene<'_>, more: &str) -> Verdict {
    let file = File::of(100);
    let metadata = format!("{},{more}", file.metadata);
    scene.send(&scene.creation(&file).having("Upload-Metadata", metadata)).is(&[400])
}

fn nothing_is_smuggled(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let metadata = format!("{},note {}", file.metadata, STANDARD.encode("a\r\nSmuggled: yes\r\n\r\nmore"));
    let made = scene.send(&scene.creation(&file).having("Upload-Metadata", metadata));
    made.lacks("Smuggled")?;
    if made.status == 201 { scene.head(&location(&made)?).lacks("Smuggled") } else { made.is(&[400]) }
}

fn takes_all(scene: Scene<'_>) -> Verdict {
    let file = File::of(300_000);
    let made = scene.send(&scene.creation_with(&file, 200_000));
    made.is(&[201])?;
    scene.stands_at(&location(&made)?, &file, 200_000)
}

fn says_what_it_took(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    scene.send(&scene.creation_with(&file, 40)).says("Upload-Offset", 40)?;
    let whole = File::of(100);
    scene.send(&scene.creation_with(&whole, whole.bytes.len())).says("Upload-Offset", whole.length())
}

fn no_type_adds_nothing(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let made = scene.send(&scene.creation_with(&file, 40).without("Content-Type"));
    if made.status == 201 { scene.stands_at(&location(&made)?, &file, 0) } else { made.is(&[400, 415]) }
}

/// A client that waits for the word is told of a refusal before it has sent the bytes, and otherwise to go on.
fn early_word(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let creation = || {
        let mut creation = scene.creation_with(&file, 40).with("Expect", "100-continue");
        creation.body.clear();
        creation
    };
    let mut refused = creation().having("Upload-Length", TOO_MANY).begin(scene.0.address());
    expect_status(&mut refused, "413")?;
    let mut taken = creation().begin(scene.0.address());
    expect_status(&mut taken, "100")?;
    taken.write_all(&file.bytes[..40]).map_err(|error| error.to_string())?;
    expect_status(&mut taken, "201")
}

/// Reads up to the end of a head, whose status must be this.
fn expect_status(stream: &mut std::net::TcpStream, status: &str) -> Verdict {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).map_err(|error| error.to_string())? == 0 {
            break;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    if head.starts_with(&format!("HTTP/1.1 {status}")) {
        Ok(())
    } else {
        Err(format!("{status} expected: {head}"))
    }
}
