//! The whole way of a claim, in a process that can be killed: after each call of the core it says what was promised.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use citizen_api::{CaseId, TransactionId};
use citizen_core::draft::DraftId;
use citizen_core::{Compartment, Error};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use url::Url;

use crate::phone;
use crate::plan::{ASKED, HALF_TYPED, PAPERS, SERVICE, answers, last_note};
use crate::said::Said;

/// The status of a phone whose step failed again and again.
pub(crate) const GIVEN_UP: i32 = 3;

/// Where a child works.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The phone.
    folder: PathBuf,
    /// The city.
    city: Url,
    /// The folder of the papers.
    papers: PathBuf,
    /// Which claim it is.
    claim: u64,
}

/// Walks the way.
pub(crate) fn run(arguments: &Arguments) {
    say_and_wait(&Said::Ready);
    drop(rustls::crypto::ring::default_provider().install_default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let person = again("open", None, || {
        let app = phone::open(&arguments.folder, &arguments.city)?;
        phone::unlock(&app).map(|person| (app, person))
    });
    say(&Said::Opened);
    let walk = Walk { person: person.1, runtime, arguments };
    let draft_id = walk.fill_in();
    walk.keep_another();
    let transaction_id = walk.file(draft_id);
    let case_id = walk.send(transaction_id);
    walk.answer_the_office(case_id);
    say(&Said::Done);
}

struct Walk<'a> {
    person: Compartment,
    runtime: Runtime,
    arguments: &'a Arguments,
}

impl Walk<'_> {
    fn step<T>(&self, name: &str, work: impl FnMut() -> Result<T, Error>) -> T {
        again(name, Some(&self.person), work)
    }

    /// A draft with every answer and every paper.
    fn fill_in(&self) -> DraftId {
        let drafts = self.person.drafts();
        let draft_id = self.step("create", || drafts.create(&SERVICE.into()));
        say(&Said::Begun { draft_id });
        let (field, typed) = HALF_TYPED;
        self.step("type", || drafts.type_answer(draft_id, &field.into(), typed));
        say(&Said::Typed { draft_id, field: field.to_owned(), typed: typed.to_owned() });
        for (field, value) in answers(self.arguments.claim) {
            self.answer(draft_id, field, value);
        }
        for requirement in PAPERS {
            self.attach(draft_id, requirement);
        }
        let mistake = self.attach(draft_id, ASKED);
        self.step("remove", || match self.person.attachments().remove(mistake) {
            Err(Error::AttachmentGone) => Ok(()),
            removed => removed,
        });
        say(&Said::Removed { attachment_id: mistake });
        self.step("agree", || drafts.agree_declaration(draft_id, &"no-other-insurance".into(), true));
        draft_id
    }

    fn answer(&self, draft_id: DraftId, field: &str, value: Value) {
        self.step("answer", || self.person.drafts().set_answer(draft_id, &field.into(), &value));
        say(&Said::Answered { draft_id, field: field.to_owned(), value });
    }

    fn attach(&self, draft_id: DraftId, requirement: &str) -> citizen_api::AttachmentId {
        let path = self.arguments.papers.join(format!("{requirement}.jpg"));
        let attachments = self.person.attachments();
        let file = self.step("attach", || match attachments.attach(draft_id, &requirement.into(), &path) {
            // A call that failed after it was done is repeated by whoever saw it fail.
            Err(Error::FileAlreadyAttached) => {
                let mut kept = attachments.list(draft_id)?.into_iter();
                kept.rfind(|file| file.requirement_id.as_str() == requirement).ok_or(Error::AttachmentGone)
            }
            attached => attached,
        });
        let (attachment_id, sha256) = (file.attachment_id, file.sha256);
        say(&Said::Attached { draft_id, attachment_id, sha256 });
        attachment_id
    }

    /// A second draft that is never filed.
    fn keep_another(&self) {
        let draft_id = self.step("create", || self.person.drafts().create(&SERVICE.into()));
        say(&Said::Begun { draft_id });
        self.answer(draft_id, "hospital", json!("义乌市中心医院"));
        self.attach(draft_id, "invoice");
    }

    /// Files, takes it back, changes a word, and files again.
    fn file(&self, draft_id: DraftId) -> TransactionId {
        let drafts = self.person.drafts();
        let (field, _) = HALF_TYPED;
        self.step("clear", || drafts.clear_answer(draft_id, &field.into()));
        let first = self.submit(draft_id);
        self.step("withdraw", || match self.runtime.block_on(self.person.outbox().withdraw(first)) {
            Err(Error::NotInOutbox) => Ok(draft_id),
            withdrawn => Ok(withdrawn?.unwrap_or(draft_id)),
        });
        say(&Said::Withdrawn { transaction_id: first });
        self.answer(draft_id, "note", last_note(self.arguments.claim));
        self.submit(draft_id)
    }

    fn submit(&self, draft_id: DraftId) -> TransactionId {
        let transaction_id = self.step("submit", || self.person.submissions().submit(draft_id));
        say(&Said::Filed { draft_id, transaction_id });
        transaction_id
    }

    /// Sends until the city has the filing.
    fn send(&self, transaction_id: TransactionId) -> CaseId {
        let case_id = self.step("send", || {
            self.person.outbox().network_changed()?;
            self.runtime.block_on(self.person.outbox().send_now(&|_| ()))?;
            self.person.submissions().case_of(transaction_id)?.ok_or(Error::CityUnreachable)
        });
        say(&Said::Received { transaction_id, case_id });
        case_id
    }

    fn answer_the_office(&self, case_id: CaseId) {
        say_and_wait(&Said::Waits { case_id });
        self.step("sync", || self.runtime.block_on(self.person.sync().pull()));
        let draft_id = self.step("answer-office", || self.person.submissions().answer(case_id));
        say(&Said::Begun { draft_id });
        self.attach(draft_id, ASKED);
        self.step("note", || self.person.drafts().set_note(draft_id, "处方补在这里"));
        let transaction_id = self.submit(draft_id);
        self.send(transaction_id);
    }
}

/// Does a step, and again for as long as whoever watches says so.
fn again<T>(step: &str, person: Option<&Compartment>, mut work: impl FnMut() -> Result<T, Error>) -> T {
    loop {
        let error = match work() {
            Ok(value) => return value,
            Err(error) => error,
        };
        let words = |language| error.sentence(language).chars().count() > 10;
        let has_words = words(citizen_api::Language::Zh) && words(citizen_api::Language::En);
        // What was there before can still be read while nothing can be written.
        let readable = person.is_none_or(|person| person.drafts().list().is_ok());
        let code = error.code().to_owned();
        say_and_wait(&Said::Failed { step: step.to_owned(), code, has_words, readable });
    }
}

pub(crate) fn say(said: &Said) {
    // One write a line: where the process dies within it, nothing was promised.
    let line = serde_json::to_string(said).unwrap() + "\n";
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

pub(crate) fn say_and_wait(said: &Said) {
    say(said);
    let mut word = String::new();
    if std::io::stdin().lock().read_line(&mut word).unwrap() == 0 {
        // Whoever watches has given up.
        std::process::exit(GIVEN_UP);
    }
}
