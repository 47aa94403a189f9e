//! Power cuts of a phone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use citizen_core::{CitizenApp, Compartment, DataKey, Error, PersonId};

use super::disk::{Disk, Left};
use super::trace::{Event, Recorder};
use crate::chance::Chance;
use crate::judge::{self, Promises};
use crate::kill::{Stage, judged};
use crate::report::{Broken, Finding, Report};
use crate::said::Said;
use crate::watch::Verdict;
use crate::{Options, phone};

/// How many crashes are made of one walk.
const CRASHES_EACH: u64 = 20_000;
/// Once in so many crashes the whole app is opened from the disk, with the PIN, and not only the person's data.
const WHOLE: u64 = 200;

/// A walk that was written down.
struct Walk {
    folder: PathBuf,
    events: Vec<Event>,
    said: Vec<Said>,
    claim: u64,
}

impl Walk {
    fn record(stage: &Stage, claim: u64) -> (Disk, Self) {
        let folder = stage.phone(claim);
        let disk = Disk::of(&folder);
        let mut recorder = Recorder::new(&folder);
        let ended = stage.walk(&folder, claim, &mut |call, entering| {
            if !entering {
                recorder.note(call);
            }
            Verdict::Go
        });
        assert_eq!(
            ended.said.last(),
            Some(&Said::Done),
            "the way is not walked to its end: {:?}",
            ended.said
        );
        (disk, Self { folder, events: recorder.events, said: ended.said, claim })
    }
}

/// Cuts the power so many times.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("power", options.seed));
    let (begin, end) = (options.from, options.from + options.count(CRASHES_EACH));
    let next = AtomicU64::new(begin / CRASHES_EACH);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                loop {
                    let walk = next.fetch_add(1, Ordering::Relaxed);
                    let (first, last) = (walk * CRASHES_EACH, (walk + 1) * CRASHES_EACH);
                    if first >= end {
                        return;
                    }
                    let crashes = Crashes {
                        each: CRASHES_EACH,
                        seed: options.seed,
                        plant: |events| events,
                        report: &report,
                    };
                    crashes.of_walk(walk, Some(first.max(begin)..last.min(end)));
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}

/// How crashes are made of walks.
pub(super) struct Crashes<'a> {
    /// How many there are of each walk.
    pub(super) each: u64,
    pub(super) seed: u64,
    /// What is changed in the record of a walk before it is cut.
    pub(super) plant: fn(Vec<Event>) -> Vec<Event>,
    pub(super) report: &'a Mutex<Report>,
}

impl Crashes<'_> {
    /// The crashes of one walk, in the order of its steps; all of them where no range of them is given.
    pub(super) fn of_walk(&self, walk: u64, crashes: Option<std::ops::Range<u64>>) {
        let Self { each, seed, plant, report } = self;
        let crashes = crashes.unwrap_or(walk * each..(walk + 1) * each);
        let stage = Stage::open();
        let (mut disk, mut walk) = Walk::record(&stage, walk + 1);
        walk.events = plant(walk.events);
        let mut opener = Opener::open(&stage, &walk.folder);
        let mut followed = 0;
        let mut promised = 0;
        let mut promises = Promises::of(&[]);
        for crash in crashes {
            let at = (crash % each) * (walk.events.len() as u64 + 1) / each;
            while followed < usize::try_from(at).unwrap() {
                let event = &walk.events[followed];
                disk.follow(event);
                if let Event::Promise(count) = event {
                    promised = *count;
                    promises = Promises::of(&walk.said[..promised]);
                }
                followed += 1;
            }
            let mut chance = Chance::of(seed.wrapping_mul(1_000_003) ^ crash);
            let left = disk.crash(&mut chance);
            let mut findings =
                judged(|| opener.judge(&left, &promises, walk.claim, crash.is_multiple_of(WHOLE)));
            for finding in &mut findings {
                finding.what = format!("step {followed}, promise {promised}: {}", finding.what);
            }
            let replay = format!("power --seed {seed} --from {crash} --count 1");
            report.lock().unwrap().count(1, &findings, &replay);
        }
    }
}

/// Puts what is left of a disk where an app finds it, and opens it.
struct Opener {
    app: CitizenApp,
    /// Somebody who stays open: the app hangs up its connections with the last who locks, which takes longer than all else
    /// here.
    _other: Compartment,
    city: url::Url,
    person_id: PersonId,
    key: DataKey,
    /// Where the walk was written down, and where its files are put.
    from: PathBuf,
    to: PathBuf,
    there: BTreeMap<PathBuf, (usize, u64)>,
}

impl Opener {
    fn open(stage: &Stage, from: &Path) -> Self {
        let to = stage.phone(1_000_000);
        let city = stage.town.url.clone();
        let app = phone::open(&to, &city).unwrap();
        let person_id = app.current_person().unwrap().unwrap();
        let key = app.data_key(person_id, &phone::pin()).unwrap();
        let _other = stage.town.sign_in_another(&app);
        Self { app, _other, city, person_id, key, from: from.to_owned(), to, there: BTreeMap::new() }
    }

    fn judge(&mut self, left: &[Left], promises: &Promises, claim: u64, whole: bool) -> Vec<Finding> {
        let found =
            if whole { self.whole(left, promises, claim) } else { self.person(left, promises, claim) };
        found.unwrap_or_else(|error| {
            vec![Finding::new(Broken::Lost, format!("it does not open: {}", error.code()))]
        })
    }

    /// Opens the person's data alone: what the device keeps for everybody was opened before.
    fn person(&mut self, left: &[Left], promises: &Promises, claim: u64) -> Result<Vec<Finding>, Error> {
        let folder = Path::new("data/people").join(self.person_id.to_string());
        let theirs = self.from.join(&folder);
        self.put(left.iter().filter(|left| left.path.starts_with(&theirs)), &self.to.join(&folder));
        let person = self.app.unlock_with_key(self.person_id, &self.key)?;
        let findings = judge::disk(&person, promises, claim);
        drop(person);
        self.app.lock(self.person_id);
        findings
    }

    /// Opens everything as after a start.
    fn whole(&self, left: &[Left], promises: &Promises, claim: u64) -> Result<Vec<Finding>, Error> {
        let place = phone::workspace();
        for left in left {
            let path = place.path().join(left.path.strip_prefix(&self.from).unwrap());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &left.bytes).unwrap();
        }
        let app = phone::open(place.path(), &self.city)?;
        let person = phone::unlock(&app)?;
        judge::disk(&person, promises, claim)
    }

    /// Makes a folder hold those files and no others. One that is as it was put here is left.
    fn put<'a>(&mut self, left: impl Iterator<Item = &'a Left>, folder: &Path) {
        let mut present = std::collections::BTreeSet::new();
        super::trace::files_in(folder, &mut present);
        for left in left {
            let path = self.to.join(left.path.strip_prefix(&self.from).unwrap());
            let is_there = present.remove(&path);
            // SQLite writes to what it opens; a blob stays as it is.
            let stays = path.parent().is_some_and(|parent| parent.ends_with("blobs"));
            let known = left.mark.is_some() && self.there.get(&path).copied() == left.mark;
            if !(is_there && stays && known) {
                std::fs::write(&path, &left.bytes).unwrap();
            }
            match left.mark {
                Some(mark) => drop(self.there.insert(path, mark)),
                None => drop(self.there.remove(&path)),
            }
        }
        for path in present {
            self.there.remove(&path);
            std::fs::remove_file(path).unwrap();
        }
    }
}
