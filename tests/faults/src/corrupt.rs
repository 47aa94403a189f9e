//! Bytes that change by themselves: in every byte of the headers, and anywhere in the database, its log and the sealed
//! files.
//!
//! The app opens at the second start at the latest, by itself or with the damaged file set aside as it was; it says what
//! happened; it never panics, and never shows other words or bytes than were written.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use citizen_api::jose::encode;
use citizen_core::{CitizenApp, Compartment, DataKey, Error, PersonId};
use ring::digest::{SHA256, digest};

use crate::chance::Chance;
use crate::kill::{Stage, judged};
use crate::report::{Broken, Finding, Report};
use crate::said::Said;
use crate::watch::{Call, Kind, Verdict};
use crate::{Options, phone, plan};

/// The bytes at the beginning of a database and of its log that say what they are.
const HEADERS: [(&str, u64); 2] = [("store.db", 100), ("store.db-wal", 32 + 24)];

/// Damages so many times.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("corrupt", options.seed));
    let next = AtomicU64::new(options.from);
    let end = options.from + options.count(400);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                let mut patient = Patient::new();
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= end {
                        return;
                    }
                    let mut chance = Chance::of(options.seed.wrapping_mul(1_000_003) ^ run);
                    let findings = judged(|| patient.damaged(run, &mut chance));
                    let replay = format!("corrupt --seed {} --from {run} --count 1", options.seed);
                    report.lock().unwrap().count(1, &findings, &replay);
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}

/// A phone whose data are damaged again and again.
struct Patient {
    _stage: Stage,
    app: CitizenApp,
    /// Somebody who stays open, so that the app does not hang up its connections each time.
    _other: Compartment,
    person_id: PersonId,
    key: DataKey,
    /// The sound data, and where they are opened.
    sound: PathBuf,
    open: PathBuf,
    said: Vec<Said>,
}

impl Patient {
    /// A phone that was killed near the end of a claim, with much of it still in the database's log.
    fn new() -> Self {
        let stage = Stage::open();
        let folder = stage.phone(1);
        let mut promises = 0;
        let ended = stage.walk(&folder, 1, &mut |call: &Call, entering| {
            promises += u64::from(entering && call.kind() == Some(Kind::Write) && call.argument(0) == 1);
            if promises == 24 { Verdict::Kill } else { Verdict::Go }
        });
        assert!(ended.status.is_none(), "the phone was killed on its way: {:?}", ended.said);
        let to = stage.phone(2);
        let app = phone::open(&to, &stage.town.url).unwrap();
        let person_id = app.current_person().unwrap().unwrap();
        let key = app.data_key(person_id, &phone::pin()).unwrap();
        let other = stage.town.sign_in_another(&app);
        let theirs = Path::new("data/people").join(person_id.to_string());
        let (sound, open) = (folder.join(&theirs), to.join(&theirs));
        Self { _stage: stage, app, _other: other, person_id, key, sound, open, said: ended.said }
    }

    fn damaged(&mut self, run: u64, chance: &mut Chance) -> Vec<Finding> {
        std::fs::remove_dir_all(&self.open).unwrap();
        phone::copy(&self.sound, &self.open);
        let (what, path) = self.damage(run, chance);
        let damaged = std::fs::read(&path).unwrap();
        let mut findings = match self.start() {
            Ok(person) => self.shown(&person),
            Err(Error::StoreUnreadable { set_aside: Some(aside) }) => {
                let kept =
                    !path.ends_with("store.db") || std::fs::read(aside).is_ok_and(|kept| kept == damaged);
                let lost =
                    (!kept).then(|| Finding::new(Broken::Lost, "what was set aside is not what was there"));
                lost.into_iter().chain(self.second_start()).collect()
            }
            Err(_) => self.second_start(),
        };
        self.app.lock(self.person_id);
        findings.iter_mut().for_each(|finding| finding.what = format!("{what}: {}", finding.what));
        findings
    }

    fn start(&self) -> Result<Compartment, Error> {
        self.app.unlock_with_key(self.person_id, &self.key)
    }

    /// Whatever was wrong at the first start: at the second the person can go on.
    fn second_start(&self) -> Vec<Finding> {
        match self.start() {
            Ok(person) => self.shown(&person),
            Err(error) => {
                vec![Finding::new(Broken::DeadEnd, format!("it never opens again: {}", error.code()))]
            }
        }
    }

    /// Changes something in one of the files; says what, and in which.
    fn damage(&self, run: u64, chance: &mut Chance) -> (String, PathBuf) {
        let mut headers = HEADERS.iter().flat_map(|(name, length)| (0..*length).map(move |at| (*name, at)));
        if let Some((name, at)) = headers.nth(usize::try_from(run).unwrap_or(usize::MAX)) {
            let path = self.open.join(name);
            change(&path, at, &mut |byte| *byte ^= 1 << (at % 8));
            return (format!("byte {at} of {name}"), path);
        }
        let blobs = std::fs::read_dir(self.open.join("blobs")).unwrap().map(|entry| entry.unwrap().path());
        let mut blobs: Vec<_> = blobs.collect();
        blobs.sort();
        let path = match chance.below(4) {
            0 | 1 => self.open.join("store.db"),
            2 => self.open.join("store.db-wal"),
            _ => blobs[chance.index(blobs.len())].clone(),
        };
        let length = std::fs::metadata(&path).unwrap().len();
        let at = chance.below(length);
        let how = match chance.below(4) {
            0 => {
                let bit = chance.below(8);
                change(&path, at, &mut |byte| *byte ^= 1 << bit);
                "a bit"
            }
            1 => {
                for further in 0..64.min(length - at) {
                    change(&path, at + further, &mut |byte| *byte = chance.below(256) as u8);
                }
                "some bytes"
            }
            2 => {
                let page = at / 4096 * 4096;
                let zero = chance.once_in(2);
                for further in page..(page + 4096).min(length) {
                    change(&path, further, &mut |byte| {
                        *byte = if zero { 0 } else { chance.below(256) as u8 }
                    });
                }
                "a page"
            }
            _ => {
                std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(at).unwrap();
                "cut off"
            }
        };
        (format!("{how} at {at} of {}", path.file_name().unwrap().to_string_lossy()), path)
    }

    /// What is shown is what was written, or is not shown.
    fn shown(&self, person: &Compartment) -> Vec<Finding> {
        let mut findings = Vec::new();
        for said in &self.said {
            match said {
                Said::Answered { draft_id, field, .. } => {
                    let Ok(view) = person.drafts().show(*draft_id) else { continue };
                    let found = view.form.fields().find(|shown| shown.field_id.as_str() == field);
                    let found = found.and_then(|shown| shown.value.clone());
                    if found.as_ref().is_some_and(|found| !plan::values(1, field).contains(found)) {
                        findings.push(Finding::new(Broken::BytesWrong, format!("answer {field}: {found:?}")));
                    }
                }
                Said::Attached { attachment_id, sha256, .. } => {
                    let mut bytes = Vec::new();
                    let Ok(mut blob) = person.attachments().read(*attachment_id) else { continue };
                    let is_read = blob.read_to_end(&mut bytes).is_ok();
                    if is_read && encode(digest(&SHA256, &bytes).as_ref()) != *sha256 {
                        findings.push(Finding::new(Broken::BytesWrong, format!("file {attachment_id}")));
                    }
                }
                _ => {}
            }
        }
        // A person goes on: begins something and lists what there is.
        let goes_on =
            person.drafts().create(&plan::SERVICE.into()).and_then(|_| person.drafts().list()).map(drop);
        if let Err(error) = goes_on.and_then(|()| person.outbox().list().map(drop)) {
            findings.push(Finding::new(
                Broken::DeadEnd,
                format!("nothing can be begun or listed: {}", error.code()),
            ));
        }
        findings
    }
}

fn change(path: &Path, at: u64, how: &mut dyn FnMut(&mut u8)) {
    use std::os::unix::fs::FileExt;
    let file = std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    how(&mut byte[0]);
    file.write_all_at(&byte, at).unwrap();
}
