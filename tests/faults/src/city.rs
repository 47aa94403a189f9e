//! SIGKILL before and after every system call of the city that changes something, while a phone files and sends.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use citizen_api::TransactionId;
use citizen_core::{Compartment, Error};

use crate::judge;
use crate::kill::{judged, place};
use crate::network::Wire;
use crate::plan::{self, SERVICE, answers};
use crate::report::{Broken, Finding, Report};
use crate::said::Said;
use crate::town::{Town, serve};
use crate::watch::{Answer, Call, Verdict, again_as, watch};
use crate::{Options, phone};

/// Where a city works that can be killed.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Its folder.
    folder: PathBuf,
    /// The address that phones know it by.
    url: url::Url,
}

/// Is a city until it is killed.
pub(crate) fn child(arguments: &Arguments) {
    crate::journey::say_and_wait(&Said::Ready);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let served = serve(&runtime, &arguments.folder, Some(arguments.url.clone()));
    crate::journey::say(&Said::Listening { address: served.address() });
    runtime.block_on(served.run(std::future::pending()));
}

/// A phone that is signed in at a city, both to be copied.
struct Pair {
    wire: Wire,
    url: url::Url,
    folder: tempfile::TempDir,
    papers: PathBuf,
    calls: u64,
    used: AtomicU64,
}

impl Pair {
    fn new() -> Self {
        let wire = Wire::open();
        let url: url::Url = format!("http://{}/", wire.address).parse().unwrap();
        let folder = phone::workspace();
        let town = Town::open(Some(url.clone()));
        wire.forward_to(town.address);
        let signed_in = town.sign_in("phone");
        let papers = folder.path().join("papers");
        phone::copy(&town.papers(), &papers);
        phone::copy(&signed_in, &folder.path().join("phone"));
        let kept = town.folder.path().join("city");
        let data = folder.path().join("city");
        // The folder is there for as long as this stands.
        let _kept = town.end();
        phone::copy(&kept, &data);
        let mut pair = Self { wire, url, folder, papers, calls: 0, used: AtomicU64::new(0) };
        let (findings, calls) = pair.run(0, None);
        assert!(findings.is_empty(), "nothing was broken, and yet: {findings:?}");
        pair.calls = calls;
        pair
    }

    /// Lets a phone file and send while the city is killed at that call; then starts the city again, lets all settle,
    /// and judges. Gives also how many calls there were.
    fn run(&self, point: u64, kill: Option<(u64, bool)>) -> (Vec<Finding>, u64) {
        self.used.fetch_add(1, Ordering::Relaxed);
        let (city, phone) = (
            self.folder.path().join(format!("city-{point}")),
            self.folder.path().join(format!("phone-{point}")),
        );
        phone::copy(&self.folder.path().join("city"), &city);
        phone::copy(&self.folder.path().join("phone"), &phone);
        let (listens, listening) = channel();
        let over = AtomicBool::new(false);
        let (filed, calls) = std::thread::scope(|scope| {
            let (here, phone, ends) = (&*self, &phone, &over);
            let driver = scope.spawn(move || here.drive(phone, point, &listening, ends));
            let calls = self.watched(&city, kill, listens, &over);
            (driver.join().unwrap(), calls)
        });
        let findings = judged(|| self.judge(&city, &phone, filed));
        std::fs::remove_dir_all(&city).unwrap();
        std::fs::remove_dir_all(&phone).unwrap();
        (findings, calls)
    }

    /// Watches the city to its end, which is the kill or that the phone has done all it wanted.
    fn watched(
        &self,
        city: &Path,
        kill: Option<(u64, bool)>,
        listens: Sender<SocketAddr>,
        over: &AtomicBool,
    ) -> u64 {
        let (mut entered, mut here, mut begun) = (0, None, false);
        let mut command = again_as("child-city", &[city.as_os_str(), self.url.as_str().as_ref()]);
        let listens = Mutex::new(Some(listens));
        let wire = self.wire.clone();
        let mut decide = |call: &Call, entering: bool| {
            if over.load(Ordering::SeqCst) {
                return Verdict::Kill;
            }
            // What it does before it listens is done at every start.
            begun = begun || call.number == nix::libc::SYS_accept4;
            if entering && begun && call.changes() {
                entered += 1;
                if kill.is_some_and(|(at, _)| entered == at) {
                    here = Some(call.thread);
                    return if kill.is_some_and(|(_, before)| before) { Verdict::Kill } else { Verdict::Go };
                }
            }
            if !entering && here == Some(call.thread) { Verdict::Kill } else { Verdict::Go }
        };
        let hear = move |said: &Said| {
            if let Said::Listening { address } = said {
                wire.forward_to(*address);
                // The phone may have begun only once.
                listens
                    .lock()
                    .unwrap()
                    .take()
                    .into_iter()
                    .for_each(|listens| listens.send(*address).unwrap());
            }
            Answer::Nothing
        };
        watch(&mut command, &mut decide, Box::new(hear));
        entered
    }

    /// Files a claim and tries to send it; what the city's death does to that is what is looked at.
    fn drive(
        &self,
        folder: &Path,
        claim: u64,
        listening: &Receiver<SocketAddr>,
        over: &AtomicBool,
    ) -> Result<TransactionId, Error> {
        let address = listening.recv().map_err(|_| Error::CityUnreachable)?;
        let app = phone::open(folder, &self.url)?;
        let person = phone::unlock(&app)?;
        let filed = self.file(&person, claim)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Either may fail: the city dies at some moment of it.
        let sent = runtime.block_on(person.outbox().send_now(&|_| ()));
        let pulled = runtime.block_on(person.sync().pull());
        drop((sent, pulled));
        over.store(true, Ordering::SeqCst);
        // A last call for the city to end at; one that is dead needs none.
        drop(std::net::TcpStream::connect(address));
        app.shutdown();
        Ok(filed)
    }

    fn file(&self, person: &Compartment, claim: u64) -> Result<TransactionId, Error> {
        let drafts = person.drafts();
        let draft_id = drafts.create(&SERVICE.into())?;
        for (field, value) in answers(claim) {
            drafts.set_answer(draft_id, &field.into(), &value)?;
        }
        for requirement in plan::PAPERS {
            let path = self.papers.join(format!("{requirement}.jpg"));
            person.attachments().attach(draft_id, &requirement.into(), &path)?;
        }
        drafts.agree_declaration(draft_id, &"no-other-insurance".into(), true)?;
        person.submissions().submit(draft_id)
    }

    /// The city starts again, everything is sent, and the one claim has its one effect.
    fn judge(&self, city: &Path, folder: &Path, filed: Result<TransactionId, Error>) -> Vec<Finding> {
        let filed = match filed {
            Ok(filed) => filed,
            Err(error) => {
                return vec![Finding::new(Broken::DeadEnd, format!("nothing was filed: {}", error.code()))];
            }
        };
        let town = Town::again(city, &self.url);
        self.wire.forward_to(town.address);
        let whole = || -> Result<Vec<Finding>, Error> {
            let app = phone::open(folder, &self.url)?;
            let person = phone::unlock(&app)?;
            let mut findings = Vec::new();
            if !town.drain(&person)? {
                let left = person.outbox().list()?;
                findings.push(Finding::new(Broken::DeadEnd, format!("it is not sent: {left:?}")));
            }
            let effects = town.submissions();
            match effects.as_slice() {
                [(name, case_id)] if *name == filed => {
                    findings.extend(judge::bytes(&town, &person, *case_id))
                }
                [] => findings.push(Finding::new(Broken::Lost, format!("{filed} has no effect"))),
                more => {
                    findings.push(Finding::new(Broken::Duplicate, format!("{filed} has these: {more:?}")))
                }
            }
            app.shutdown();
            Ok(findings)
        };
        let findings = whole().unwrap_or_else(|error| vec![Finding::new(Broken::DeadEnd, error.code())]);
        town.end();
        findings
    }
}

/// Kills the city at so many points.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("city-kill", options.seed));
    let next = AtomicU64::new(options.from);
    let end = options.from + options.count(100);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                let mut pair = Pair::new();
                loop {
                    let point = next.fetch_add(1, Ordering::Relaxed);
                    if point >= end {
                        return;
                    }
                    if pair.used.load(Ordering::Relaxed) > 100 {
                        pair = Pair::new();
                    }
                    let (at, before) = place(point, pair.calls);
                    let (mut findings, _) = pair.run(point + 1, Some((at, before)));
                    findings
                        .iter_mut()
                        .for_each(|finding| finding.what = format!("call {at}: {}", finding.what));
                    report.lock().unwrap().count(
                        1,
                        &findings,
                        &format!("city-kill --from {point} --count 1"),
                    );
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}
