//! One history: what people do on their phones while the network does what it will.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use citizen_api::{CaseId, TransactionId};
use citizen_core::draft::DraftId;
use citizen_core::outbox::WaitsFor;
use citizen_core::{CitizenApp, Compartment, Error};
use serde_json::json;

use super::wire::Wire;
use crate::chance::Chance;
use crate::judge;
use crate::phone;
use crate::plan::{ASKED, PAPERS, SERVICE, answers};
use crate::report::{Broken, Finding};
use crate::town::Town;

/// A phone and who has signed in on it.
pub(super) struct Phone {
    pub(super) folder: PathBuf,
    pub(super) app: CitizenApp,
    pub(super) person: Compartment,
    /// Of two people, which.
    pub(super) whose: usize,
}

/// What people did, and what was promised to them.
#[derive(Default)]
struct Told {
    /// What stands filed on each phone.
    filed: BTreeMap<TransactionId, (usize, DraftId)>,
    withdrawn: BTreeSet<TransactionId>,
    asked: BTreeSet<CaseId>,
}

/// What there is in a history.
pub(super) struct History<'a> {
    pub(super) town: &'a Town,
    pub(super) wire: &'a Wire,
    pub(super) phones: &'a mut Vec<Phone>,
    pub(super) number: u64,
    pub(super) chance: Chance,
}

impl History<'_> {
    /// Lives it, lets everything settle, and judges.
    pub(super) fn live(mut self, seed: u64) -> Vec<Finding> {
        let (submissions, supplements) = (self.town.submissions(), self.town.supplements());
        let mut told = Told::default();
        let once_in = 2 + self.chance.below(6);
        self.wire.trouble(Chance::of(seed ^ 0x5eed), once_in);
        let mut findings = Vec::new();
        for step in 0..6 + self.chance.below(8) {
            if let Err(error) = self.step(step, &mut told)
                && !is_expected(&error)
            {
                let what =
                    format!("step {step}: {} {}", error.code(), error.sentence(citizen_api::Language::En));
                findings.push(Finding::new(Broken::DeadEnd, what));
            }
        }
        self.wire.calm();
        findings.extend(self.settle().unwrap_or_else(|error| {
            vec![Finding::new(Broken::DeadEnd, format!("it does not settle: {}", error.code()))]
        }));
        let mut effects = self.town.submissions();
        effects.retain(|effect| !submissions.contains(effect));
        let mut answered = self.town.supplements();
        answered.retain(|effect| !supplements.contains(effect));
        effects.extend(answered);
        findings.extend(self.judge(&told, &effects));
        if !findings.is_empty() {
            let fates: Vec<_> = self.wire.fates();
            findings[0].what += &format!(" · {fates:?}");
        }
        findings
    }

    /// Something that a person does.
    fn step(&mut self, step: u64, told: &mut Told) -> Result<(), Error> {
        let at = self.chance.index(self.phones.len());
        match self.chance.below(16) {
            0..=4 => self.file(at, step, told),
            5..=8 => {
                let person = self.phones[at].person.clone();
                person.outbox().network_changed()?;
                self.town.wait(person.outbox().send_now(&|_| ())).map(drop)
            }
            9..=10 => self.town.wait(self.phones[at].person.clone().sync().pull()).map(drop),
            11 => self.withdraw(at, told),
            12 => self.ask(told),
            13 => self.answer(at, told),
            14 => {
                self.town.expire_tokens();
                Ok(())
            }
            _ => self.open_again(at),
        }
    }

    /// Fills a claim in and files it.
    fn file(&mut self, at: usize, step: u64, told: &mut Told) -> Result<(), Error> {
        let person = self.phones[at].person.clone();
        let draft_id = person.drafts().create(&SERVICE.into())?;
        let claim = self.number * 100 + step;
        for (field, value) in answers(claim) {
            person.drafts().set_answer(draft_id, &field.into(), &value)?;
        }
        for requirement in PAPERS {
            let path = self.town.papers().join(format!("{requirement}.jpg"));
            person.attachments().attach(draft_id, &requirement.into(), &path)?;
        }
        person.drafts().agree_declaration(draft_id, &"no-other-insurance".into(), true)?;
        let transaction_id = person.submissions().submit(draft_id)?;
        told.filed.insert(transaction_id, (at, draft_id));
        Ok(())
    }

    /// Takes something back that waits, changes it and files it again.
    fn withdraw(&mut self, at: usize, told: &mut Told) -> Result<(), Error> {
        let mut of_phone =
            told.filed.iter().filter(|(name, (on, _))| *on == at && !told.withdrawn.contains(name));
        let Some((&transaction_id, &(_, draft_id))) = of_phone.next_back() else { return Ok(()) };
        let person = self.phones[at].person.clone();
        // A request that is carried on minutes later is refused by the age of its proof; see docs/reliability.md.
        self.wire.arrive();
        match self.town.wait(person.outbox().withdraw(transaction_id)) {
            Ok(_) => {
                told.withdrawn.insert(transaction_id);
                if person.drafts().show(draft_id)?.concern.is_none() {
                    // The answer to an office has no such field, and is filed again as it is.
                    let _ = person.drafts().set_answer(draft_id, &"note".into(), &json!("改过"));
                }
                let again = person.submissions().submit(draft_id)?;
                told.filed.insert(again, (at, draft_id));
                Ok(())
            }
            // The city has it.
            Err(Error::AlreadySubmitted | Error::NotInOutbox) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The office asks for a paper in a case that it was not asked in before.
    fn ask(&mut self, told: &mut Told) -> Result<(), Error> {
        let fresh = |name: &TransactionId| told.filed.contains_key(name);
        let effects = self.town.submissions();
        if let Some((_, case_id)) =
            effects.into_iter().rev().find(|(name, case_id)| fresh(name) && !told.asked.contains(case_id))
        {
            self.town.ask_for_a_paper(case_id);
            told.asked.insert(case_id);
        }
        Ok(())
    }

    /// Answers what an office asked, where the phone knows of it.
    fn answer(&mut self, at: usize, told: &mut Told) -> Result<(), Error> {
        let person = self.phones[at].person.clone();
        for case_id in &told.asked {
            let draft_id = match person.submissions().answer(*case_id) {
                Ok(draft_id) => draft_id,
                Err(Error::NothingAsked | Error::UnknownCase) => continue,
                Err(error) => return Err(error),
            };
            let path = self.town.papers().join(format!("{ASKED}.jpg"));
            match person.attachments().attach(draft_id, &ASKED.into(), &path) {
                Ok(_) | Err(Error::FileAlreadyAttached) => {}
                // It was answered and sent.
                Err(Error::AlreadySubmitted) => continue,
                Err(error) => return Err(error),
            }
            // Another phone of the person may have answered; the city then takes one of the two.
            let transaction_id = person.submissions().submit(draft_id)?;
            let elsewhere = told
                .filed
                .values()
                .any(|(on, _)| *on != at && self.phones[*on].whose == self.phones[at].whose);
            if !elsewhere {
                told.filed.insert(transaction_id, (at, draft_id));
            }
            return Ok(());
        }
        Ok(())
    }

    /// The app ends and is started again.
    fn open_again(&mut self, at: usize) -> Result<(), Error> {
        let phone = &mut self.phones[at];
        phone.app.shutdown();
        phone.app = phone::open(&phone.folder, &self.town.url)?;
        phone.person = phone::unlock(&phone.app)?;
        Ok(())
    }

    /// Sends and reads until nothing is left to do.
    fn settle(&self) -> Result<Vec<Finding>, Error> {
        let mut findings = Vec::new();
        for phone in self.phones.iter() {
            let person = &phone.person;
            for _ in 0..8 {
                if self.town.drain(person)? {
                    break;
                }
                let to_sign_in = |waits: &Option<WaitsFor>| matches!(waits, Some(WaitsFor::SignIn));
                if person.outbox().list()?.iter().any(|item| to_sign_in(&item.waits_for)) {
                    self.sign_in_again(phone);
                }
                let asked = |waits: &Option<WaitsFor>| matches!(waits, Some(WaitsFor::City { .. }));
                if person.outbox().list()?.iter().any(|item| asked(&item.waits_for)) {
                    // The city said when to come again: that time passes.
                    std::thread::sleep(std::time::Duration::from_millis(300));
                }
            }
            for item in person.outbox().list()? {
                // What the city refuses for good waits for the person, who can take it back.
                if matches!(item.waits_for, Some(WaitsFor::Person { .. })) {
                    self.town.wait(person.outbox().withdraw(item.transaction_id))?;
                } else if person.outbox().list()?.contains(&item) {
                    findings.push(Finding::new(Broken::DeadEnd, format!("it is never sent: {item:?}")));
                }
            }
        }
        for phone in self.phones.iter() {
            if let Err(Error::SignInRequired) = self.town.wait(phone.person.sync().pull()) {
                self.sign_in_again(phone);
                self.town.wait(phone.person.sync().pull())?;
            }
        }
        Ok(findings)
    }

    /// The way out of a session that has ended: a refresh that was carried on too late looks like one that was stolen.
    fn sign_in_again(&self, phone: &Phone) {
        let whose = if phone.whose == 0 { crate::town::WANG.to_owned() } else { self.town.another() };
        self.town.sign_in_again(&phone.app, &phone.person, &whose);
    }

    fn judge(&self, told: &Told, effects: &[(TransactionId, CaseId)]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (transaction_id, (at, _)) in &told.filed {
            let times = effects.iter().filter(|(name, _)| name == transaction_id).count();
            let promised = usize::from(!told.withdrawn.contains(transaction_id));
            let what = format!("{transaction_id} had {times} effects, promised {promised}");
            match times.cmp(&promised) {
                std::cmp::Ordering::Less => findings.push(Finding::new(Broken::Lost, what)),
                std::cmp::Ordering::Greater => findings.push(Finding::new(Broken::Duplicate, what)),
                std::cmp::Ordering::Equal => {}
            }
            for (_, case_id) in effects.iter().filter(|(name, _)| name == transaction_id) {
                findings.extend(judge::bytes(self.town, &self.phones[*at].person, *case_id));
            }
        }
        findings.extend(self.cases(told, effects));
        findings
    }

    /// Every phone of a person shows their cases as the city has them, with their events in order.
    fn cases(&self, told: &Told, effects: &[(TransactionId, CaseId)]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (transaction_id, case_id) in effects {
            let Some((on, _)) = told.filed.get(transaction_id) else { continue };
            let revision = self.town.revision_of(*case_id);
            for phone in self.phones.iter().filter(|phone| phone.whose == self.phones[*on].whose) {
                let shown = phone.person.cases().show(*case_id).map(|view| view.case);
                let right = shown.as_ref().is_ok_and(|case| {
                    case.revision == revision && case.events.is_sorted_by_key(|event| event.at)
                });
                if !right {
                    let found = shown.map(|case| case.revision);
                    findings.push(Finding::new(
                        Broken::Lost,
                        format!("{case_id} at the city has revision {revision}, on a phone {found:?}"),
                    ));
                }
            }
        }
        findings
    }
}

/// What a broken network may say to a person.
fn is_expected(error: &Error) -> bool {
    use citizen_core::ErrorKind;
    matches!(error.kind(), ErrorKind::Waiting) || matches!(error, Error::Refused(_))
}
