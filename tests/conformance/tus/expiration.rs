//! The extension *expiration*.

use super::Case;
use crate::server::{File, Scene};
use crate::wire::Verdict;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "expiration/must-be-announced",
            check: |scene| scene.offers().names("Tus-Extension", "expiration"),
        },
        Case { name: "expiration/upload-expires/must-be-in-every-answer-to-patch", check: in_every_patch },
        Case {
            name: "expiration/upload-expires/must-be-in-the-answer-to-a-creation",
            check: |scene| scene.send(&scene.creation(&File::of(100))).has("Upload-Expires"),
        },
        Case { name: "expiration/upload-expires/must-be-a-moment-as-http-writes-it", check: is_a_moment },
        Case { name: "expiration/should-answer-404-or-410-when-it-is-over", check: gone_when_over },
    ]
}

fn in_every_patch(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.create(&file)?;
    for offset in 0..3 {
        scene.send(&scene.patch(&path, offset, &file.bytes[offset as usize..][..1])).has("Upload-Expires")?;
    }
    Ok(())
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, and not yet over.
fn is_a_moment(scene: Scene<'_>) -> Verdict {
    let made = scene.send(&scene.creation(&File::of(100)));
    let said = made.header("Upload-Expires").unwrap_or_default();
    let moment = jiff::fmt::strtime::parse("%a, %d %b %Y %H:%M:%S GMT", said);
    let moment =
        moment.and_then(|moment| moment.to_datetime()).map_err(|error| format!("{said}: {error}"))?;
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    if moment > now && said.len() == 29 {
        Ok(())
    } else {
        Err(format!("{said} is over, or written otherwise"))
    }
}

fn gone_when_over(scene: Scene<'_>) -> Verdict {
    let file = File::of(100);
    let path = scene.begun(&file, 5)?;
    scene.0.expire(&path);
    scene.head(&path).is(&[404, 410])?;
    scene.send(&scene.patch(&path, 5, &file.bytes[5..])).is(&[404, 410])
}
