//! Two processes on one store, as an app and what runs in its background: no change of either is lost.

use std::collections::BTreeSet;
use std::sync::Mutex;

use citizen_core::draft::DraftId;
use serde_json::json;

use crate::kill::Stage;
use crate::report::{Broken, Finding, Report};
use crate::{Options, phone, plan};

/// The fields that the two write to: each its own.
const FIELDS: [&str; 2] = ["note", "hospital"];

/// Has each of two openers make half of so many changes, at the same time.
pub(crate) fn run(options: &Options) -> bool {
    let mut report = Report::begin("openers", options.seed);
    let stage = Stage::open();
    let folder = stage.phone(0);
    let app = phone::open(&folder, &stage.town.url).unwrap();
    let person = phone::unlock(&app).unwrap();
    let draft_id = person.drafts().create(&plan::SERVICE.into()).unwrap();
    let begun = person.drafts().show(draft_id).unwrap().revision;
    let each = options.count(1_000) / 2;
    let revisions = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for field in FIELDS {
            let (folder, url, revisions) = (&folder, &stage.town.url, &revisions);
            scope.spawn(move || {
                let app = phone::open(folder, url).unwrap();
                write(&app, draft_id, field, each, revisions);
            });
        }
    });
    let mut findings = Vec::new();
    let revisions = revisions.into_inner().unwrap();
    let view = person.drafts().show(draft_id).unwrap();
    let promised = begun + 2 * each;
    if view.revision != promised || revisions.len() as u64 != 2 * each {
        let what = format!("revision {}, promised {promised}; {} were given", view.revision, revisions.len());
        findings.push(Finding::new(Broken::Lost, what));
    }
    for field in FIELDS {
        let found = view.form.fields().find(|shown| shown.field_id.as_str() == field);
        let found = found.and_then(|shown| shown.value.clone());
        if found != Some(json!(format!("第 {each} 次"))) {
            findings.push(Finding::new(Broken::Lost, format!("{field}: {found:?}")));
        }
    }
    report.count(2 * each, &findings, &format!("openers --count {}", 2 * each));
    report.end(options.json.as_deref())
}

fn write(
    app: &citizen_core::CitizenApp,
    draft_id: DraftId,
    field: &str,
    times: u64,
    revisions: &Mutex<BTreeSet<u64>>,
) {
    let person = phone::unlock(app).unwrap();
    for time in 1..=times {
        app.keep_open();
        let value = json!(format!("第 {time} 次"));
        let revision = person.drafts().set_answer(draft_id, &field.into(), &value).unwrap();
        revisions.lock().unwrap().insert(revision);
    }
}
