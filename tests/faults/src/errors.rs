//! Each I/O call in turn fails, once or from then on: a full disk, a broken one, one that cannot be written, no more
//! file handles, a file that another process holds.
//!
//! The person is told what and what to do; what was there can still be read; and when the fault ends, all goes on.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use nix::errno::Errno;

use crate::Options;
use crate::journey::GIVEN_UP;
use crate::judge::{self, Before};
use crate::kill::{Stage, judged, measured, place};
use crate::report::{Broken, Finding, Report};
use crate::said::Said;
use crate::watch::{Call, Kind, Verdict};

/// What a call fails by, and which calls fail by it when it lasts.
struct Fault {
    errno: Errno,
    kinds: &'static [Kind],
    /// A lock that is never free is waited for, ten seconds each: it fails once only.
    lasts: bool,
}

const FAULTS: [Fault; 6] = [
    Fault {
        errno: Errno::ENOSPC,
        kinds: &[Kind::Write, Kind::Open, Kind::Folder, Kind::Rename],
        lasts: true,
    },
    Fault {
        errno: Errno::EIO,
        kinds: &[Kind::Write, Kind::Sync, Kind::Truncate, Kind::Rename, Kind::Unlink],
        lasts: true,
    },
    Fault { errno: Errno::EMFILE, kinds: &[Kind::Open], lasts: true },
    Fault {
        errno: Errno::EROFS,
        kinds: &[Kind::Open, Kind::Unlink, Kind::Rename, Kind::Folder],
        lasts: true,
    },
    Fault { errno: Errno::EAGAIN, kinds: &[Kind::Lock], lasts: false },
    Fault { errno: Errno::ENOMEM, kinds: &[Kind::Map], lasts: false },
];

impl Fault {
    /// Whether a call can fail by it.
    fn meets(&self, call: &Call, folder: &Path) -> bool {
        let Some(kind) = call.kind().filter(|kind| self.kinds.contains(kind)) else { return false };
        // Reading goes on where only writing is refused.
        if kind == Kind::Open && self.errno != Errno::EMFILE && !call.changes() {
            return false;
        }
        let path = match kind {
            Kind::Open => Some(call.text(1)),
            Kind::Rename | Kind::Unlink | Kind::Folder => Some(call.text(0)),
            Kind::Map => call.path_of(call.argument(4)),
            _ => call.file(),
        };
        path.is_some_and(|path| path.starts_with(folder))
    }
}

/// A stage, and how often each fault can meet a call on the whole way.
struct Measured {
    stage: Stage,
    calls: [u64; FAULTS.len()],
}

impl Measured {
    fn new() -> Self {
        let mut calls = [0; FAULTS.len()];
        let stage = measured(|stage_folder, call| {
            for (count, fault) in calls.iter_mut().zip(&FAULTS) {
                *count += u64::from(fault.meets(call, stage_folder));
            }
        });
        Self { stage, calls }
    }
}

/// Has so many calls fail.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("errors", options.seed));
    let next = AtomicU64::new(options.from);
    let end = options.from + options.count(300);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                let mut measured = Measured::new();
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= end {
                        return;
                    }
                    if measured.stage.is_worn() {
                        measured = Measured::new();
                    }
                    let findings = fail(&measured, run);
                    report.lock().unwrap().count(1, &findings, &format!("errors --from {run} --count 1"));
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}

fn fail(measured: &Measured, run: u64) -> Vec<Finding> {
    let Measured { stage, calls } = measured;
    let (round, which) = (run / FAULTS.len() as u64, usize::try_from(run).unwrap() % FAULTS.len());
    let fault = &FAULTS[which];
    let (at, lasts) = place(round, calls[which]);
    let lasts = lasts && fault.lasts;
    let claim = run + 1;
    let folder = stage.phone(claim);
    let before = Before::of(&stage.town);
    let ended = Arc::new(AtomicBool::new(false));
    let lifted = Arc::clone(&ended);
    let mut met = 0;
    let walked = stage.walk_hearing(
        &folder,
        claim,
        &mut |call, entering| {
            if !entering || ended.load(Ordering::SeqCst) || !fault.meets(call, &folder) {
                return Verdict::Go;
            }
            met += 1;
            match met == at || lasts && met > at {
                true => Verdict::Fail(fault.errno),
                false => Verdict::Go,
            }
        },
        // The fault ends once somebody was told of it.
        move |_| lifted.store(true, Ordering::SeqCst),
    );
    let mut findings = judged(|| judge::all(&stage.town, &folder, &walked.said, claim, &before));
    findings.extend(told(&walked.said));
    match walked.status {
        Some(0) => {}
        Some(GIVEN_UP) => findings.push(Finding::new(Broken::DeadEnd, "it does not go on after the fault")),
        status => findings.push(Finding::new(Broken::Panic, format!("the phone ended with {status:?}"))),
    }
    std::fs::remove_dir_all(&folder).unwrap();
    let how = if lasts { "from call" } else { "at call" };
    let last = walked.said.last();
    for finding in &mut findings {
        finding.what = format!("{} {how} {at}, {last:?}: {}", fault.errno, finding.what);
    }
    findings
}

/// What was said to the person of each step that failed.
fn told(said: &[Said]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in said {
        let Said::Failed { step, code, has_words, readable } = said else { continue };
        if !has_words || code.starts_with("internal") {
            findings
                .push(Finding::new(Broken::DeadEnd, format!("{step} says nothing to the person: {code}")));
        }
        if !readable {
            findings
                .push(Finding::new(Broken::Lost, format!("nothing can be read while {step} fails: {code}")));
        }
    }
    findings
}
