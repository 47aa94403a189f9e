//! SIGKILL before and after every system call that changes something, over the whole way of a claim.

use std::cell::Cell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::judge::{self, Before};
use crate::report::{Broken, Finding, Report};
use crate::said::Said;
use crate::town::Town;
use crate::watch::{Answer, Call, Ended, Hear, Verdict, again_as, watch};
use crate::{Options, phone};

/// After so many points, or so long, a new city is begun: ledgers stay short and tokens young.
const POINTS_EACH: u64 = 100;
const LONGEST: Duration = Duration::from_secs(4 * 60);
/// How often steps that failed are tried again.
const TRIES: u32 = 20;

/// A city, and a signed-in phone to copy.
pub(crate) struct Stage {
    pub(crate) town: Arc<Town>,
    template: PathBuf,
    phones: Cell<u64>,
    begun: Instant,
}

impl Stage {
    pub(crate) fn open() -> Self {
        let town = Arc::new(Town::open(None));
        let template = town.sign_in("template");
        Self { town, template, phones: Cell::new(0), begun: Instant::now() }
    }

    /// A copy of the phone.
    pub(crate) fn phone(&self, claim: u64) -> PathBuf {
        self.phones.set(self.phones.get() + 1);
        let folder = self.town.folder.path().join(format!("phone-{claim}"));
        phone::copy(&self.template, &folder);
        folder
    }

    /// Walks the way of a claim on a phone, under a watch.
    pub(crate) fn walk(
        &self,
        folder: &Path,
        claim: u64,
        decide: &mut dyn FnMut(&Call, bool) -> Verdict,
    ) -> Ended {
        self.walk_hearing(folder, claim, decide, |_| ())
    }

    /// The same, where somebody hears of each step that failed before it is tried again.
    pub(crate) fn walk_hearing(
        &self,
        folder: &Path,
        claim: u64,
        decide: &mut dyn FnMut(&Call, bool) -> Verdict,
        failed: impl FnMut(&Said) + Send + 'static,
    ) -> Ended {
        let (papers, claim) = (self.town.papers(), claim.to_string());
        let arguments: [&OsStr; 4] =
            [folder.as_os_str(), self.town.url.as_str().as_ref(), papers.as_os_str(), claim.as_ref()];
        watch(&mut again_as("child", &arguments), decide, hear(&self.town, failed))
    }

    /// Whether it has served its time.
    pub(crate) fn is_worn(&self) -> bool {
        self.phones.get() > POINTS_EACH || self.begun.elapsed() > LONGEST
    }
}

/// Answers what a child asks: the office asks for its paper; a step that failed is tried again, some times.
fn hear(town: &Arc<Town>, mut failed: impl FnMut(&Said) + Send + 'static) -> Box<Hear> {
    let town = Arc::clone(town);
    let mut tries = 0;
    Box::new(move |said| match said {
        Said::Waits { case_id } => {
            town.ask_for_a_paper(*case_id);
            Answer::GoOn
        }
        Said::Failed { .. } => {
            failed(said);
            tries += 1;
            if tries < TRIES { Answer::GoOn } else { Answer::GiveUp }
        }
        _ => Answer::Nothing,
    })
}

/// Which call a point is killed at, and whether before or after it: consecutive points lie spread over the whole way.
pub(crate) fn place(point: u64, calls: u64) -> (u64, bool) {
    let share = (point as f64 * 0.618_033_988_749_895).fract();
    (1 + (share * calls as f64) as u64, point.is_multiple_of(2))
}

/// Kills at so many points.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("kill", options.seed));
    let next = AtomicU64::new(options.from);
    let end = options.from + options.count(200);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                let (mut stage, mut calls) = counted();
                loop {
                    let point = next.fetch_add(1, Ordering::Relaxed);
                    if point >= end {
                        return;
                    }
                    if stage.is_worn() {
                        (stage, calls) = counted();
                    }
                    let findings = kill_at(&stage, calls, point);
                    report.lock().unwrap().count(1, &findings, &format!("kill --from {point} --count 1"));
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}

/// A stage, and how many calls of the whole way change something.
fn counted() -> (Stage, u64) {
    let mut calls = 0;
    let stage = measured(|_, call| calls += u64::from(call.changes()));
    (stage, calls)
}

/// A stage on which the way was walked once to its end, unharmed, while somebody looked at each call's beginning.
pub(crate) fn measured(mut look: impl FnMut(&Path, &Call)) -> Stage {
    let stage = Stage::open();
    let before = Before::of(&stage.town);
    let folder = stage.phone(0);
    let ended = stage.walk(&folder, 0, &mut |call, entering| {
        if entering {
            look(&folder, call);
        }
        Verdict::Go
    });
    assert_eq!(ended.said.last(), Some(&Said::Done), "the way is not walked to its end: {:?}", ended.said);
    let findings = judge::all(&stage.town, &folder, &ended.said, 0, &before);
    assert!(findings.is_empty(), "nothing was broken, and yet: {findings:?}");
    stage
}

fn kill_at(stage: &Stage, calls: u64, point: u64) -> Vec<Finding> {
    let (at, before_it) = place(point, calls);
    let claim = point + 1;
    let folder = stage.phone(claim);
    let before = Before::of(&stage.town);
    let (mut entered, mut here) = (0, None);
    let ended = stage.walk(&folder, claim, &mut |call, entering| {
        if entering && call.changes() {
            entered += 1;
            if entered == at {
                here = Some(call.thread);
                return if before_it { Verdict::Kill } else { Verdict::Go };
            }
        }
        if !entering && here == Some(call.thread) { Verdict::Kill } else { Verdict::Go }
    });
    let mut findings = judged(|| judge::all(&stage.town, &folder, &ended.said, claim, &before));
    if let Some(status @ 1..) = ended.status {
        findings.push(Finding::new(
            Broken::Panic,
            format!("the phone ended with {status}: {:?}", ended.said.last()),
        ));
    }
    std::fs::remove_dir_all(&folder).unwrap();
    findings
        .iter_mut()
        .for_each(|finding| finding.what = format!("call {at}, {:?}: {}", ended.said.last(), finding.what));
    findings
}

/// What a judgement finds; a panic of the product on the way is a finding.
pub(crate) fn judged(judge: impl FnOnce() -> Vec<Finding>) -> Vec<Finding> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(judge))
        .unwrap_or_else(|_| vec![Finding::new(Broken::Panic, "the product panicked")])
}
