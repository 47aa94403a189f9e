//! Compares what a phone promised with what is on its disk and at the city.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use citizen_api::jose::encode;
use citizen_api::{AttachmentId, CaseId, TransactionId};
use citizen_core::draft::DraftId;
use citizen_core::{Compartment, Error};
use ring::digest::{SHA256, digest};

use crate::phone;
use crate::plan;
use crate::report::{Broken, Finding};
use crate::said::Said;
use crate::town::{Effects, Town};

/// What a phone promised of one draft.
#[derive(Default)]
struct Promised {
    /// How often each field was answered.
    answered: BTreeMap<String, usize>,
    typed: Option<(String, String)>,
    files: BTreeMap<AttachmentId, String>,
}

/// Everything that a phone promised.
#[derive(Default)]
pub(crate) struct Promises {
    drafts: BTreeMap<DraftId, Promised>,
    removed: BTreeSet<AttachmentId>,
    filed: Vec<TransactionId>,
    withdrawn: BTreeSet<TransactionId>,
    received: BTreeMap<TransactionId, CaseId>,
    /// What was promised last: the call after it may have been done without its promise.
    last: Option<Said>,
}

impl Promises {
    pub(crate) fn of(said: &[Said]) -> Self {
        let mut promises = Self { last: said.last().cloned(), ..Self::default() };
        said.iter().for_each(|said| promises.add(said.clone()));
        promises
    }

    fn add(&mut self, said: Said) {
        match said {
            Said::Begun { draft_id } => drop(self.drafts.entry(draft_id).or_default()),
            Said::Answered { draft_id, field, .. } => {
                *self.drafts.entry(draft_id).or_default().answered.entry(field).or_default() += 1;
            }
            Said::Typed { draft_id, field, typed } => {
                self.drafts.entry(draft_id).or_default().typed = Some((field, typed));
            }
            Said::Attached { draft_id, attachment_id, sha256 } => {
                self.drafts.entry(draft_id).or_default().files.insert(attachment_id, sha256);
            }
            Said::Removed { attachment_id } => drop(self.removed.insert(attachment_id)),
            Said::Filed { transaction_id, .. } => self.filed.push(transaction_id),
            Said::Withdrawn { transaction_id } => drop(self.withdrawn.insert(transaction_id)),
            Said::Received { transaction_id, case_id } => drop(self.received.insert(transaction_id, case_id)),
            Said::Ready
            | Said::Opened
            | Said::Waits { .. }
            | Said::Failed { .. }
            | Said::Listening { .. }
            | Said::Done => {}
        }
    }

    fn standing(&self) -> impl Iterator<Item = TransactionId> + '_ {
        self.filed.iter().copied().filter(|filed| !self.withdrawn.contains(filed))
    }

    /// Whether the call after the last promise may have undone that filing.
    fn may_be_withdrawn(&self, transaction_id: TransactionId) -> bool {
        let first = self.filed.first() == Some(&transaction_id);
        first && matches!(self.last, Some(Said::Filed { .. } | Said::Failed { .. }))
    }
}

/// Judges what is on the disk of a phone.
pub(crate) fn disk(person: &Compartment, promises: &Promises, claim: u64) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut lost = |what: String| findings.push(Finding::new(Broken::Lost, what));
    let mut wrong = Vec::new();
    for (draft_id, promised) in &promises.drafts {
        let view = match person.drafts().show(*draft_id) {
            Ok(view) => view,
            Err(error) => {
                lost(format!("draft {draft_id}: {}", error.code()));
                continue;
            }
        };
        for (field, times) in &promised.answered {
            let values = plan::values(claim, field);
            let found = view.form.fields().find(|shown| shown.field_id.as_str() == field);
            let found = found.and_then(|shown| shown.value.clone());
            let allowed = values.get(times - 1..(times + 1).min(values.len())).unwrap_or_default();
            if found.as_ref().is_none_or(|found| !allowed.contains(found)) {
                lost(format!("answer {field} of {draft_id}: found {found:?}, promised {allowed:?}"));
            }
        }
        if let Some((field, typed)) = promised.typed.as_ref().filter(|_| promises.drafts.len() == 1) {
            let found = view.form.fields().find(|shown| shown.field_id.as_str() == field);
            if found.and_then(|shown| shown.typed.as_ref()) != Some(typed) {
                lost(format!("half a word in {field} of {draft_id}"));
            }
        }
        wrong.extend(files(person, promises, *draft_id, promised)?);
    }
    let waiting: Vec<_> = person.outbox().list()?.into_iter().map(|item| item.transaction_id).collect();
    for transaction_id in promises.standing() {
        let kept = waiting.contains(&transaction_id)
            || person.submissions().case_of(transaction_id)?.is_some()
            || promises.may_be_withdrawn(transaction_id);
        if !kept {
            lost(format!("filing {transaction_id} is neither in the outbox nor acknowledged"));
        }
    }
    for (transaction_id, case_id) in &promises.received {
        if person.submissions().case_of(*transaction_id)? != Some(*case_id) {
            lost(format!("the acknowledgement of {transaction_id}"));
        }
    }
    findings.extend(wrong);
    Ok(findings)
}

fn files(
    person: &Compartment,
    promises: &Promises,
    draft_id: DraftId,
    promised: &Promised,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let kept = person.attachments().list(draft_id)?;
    for (number, (attachment_id, sha256)) in promised.files.iter().enumerate() {
        let is_kept = kept.iter().any(|file| file.attachment_id == *attachment_id);
        let is_last = matches!(&promises.last, Some(Said::Attached { attachment_id: last, .. }) if last == attachment_id);
        let may_be_gone =
            number == plan::PAPERS.len() && (is_last || matches!(promises.last, Some(Said::Failed { .. })));
        match (promises.removed.contains(attachment_id), is_kept) {
            (true, false) => {}
            (true, true) => {
                findings.push(Finding::new(
                    Broken::Duplicate,
                    format!("{attachment_id} was taken out and is back"),
                ));
            }
            (false, false) if may_be_gone => {}
            (false, false) => findings.push(Finding::new(Broken::Lost, format!("file {attachment_id}"))),
            (false, true) => match read(person, *attachment_id) {
                Ok(bytes) if encode(digest(&SHA256, &bytes).as_ref()) == *sha256 => {}
                Ok(_) => findings.push(Finding::new(Broken::BytesWrong, format!("file {attachment_id}"))),
                Err(reason) => {
                    findings.push(Finding::new(Broken::Lost, format!("file {attachment_id}: {reason}")));
                }
            },
        }
    }
    Ok(findings)
}

fn read(person: &Compartment, attachment_id: AttachmentId) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut blob = person.attachments().read(attachment_id).map_err(|error| error.code().to_owned())?;
    blob.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// What the city has had an effect of so far.
pub(crate) struct Before {
    submissions: Effects,
    supplements: Effects,
}

impl Before {
    pub(crate) fn of(town: &Town) -> Self {
        Self { submissions: town.submissions(), supplements: town.supplements() }
    }
}

/// Judges a phone and the city together: opens the phone, looks at its disk, sends what waits, and looks at what that
/// came to.
pub(crate) fn all(town: &Town, folder: &Path, said: &[Said], claim: u64, before: &Before) -> Vec<Finding> {
    let promises = Promises::of(said);
    let whole = || -> Result<Vec<Finding>, Error> {
        let app = phone::open(folder, &town.url)?;
        let person = phone::unlock(&app)?;
        let mut findings = disk(&person, &promises, claim)?;
        findings.extend(city(town, &person, &promises, before)?);
        app.shutdown();
        Ok(findings)
    };
    whole()
        .unwrap_or_else(|error| vec![Finding::new(Broken::DeadEnd, format!("the phone: {}", error.code()))])
}

fn city(
    town: &Town,
    person: &Compartment,
    promises: &Promises,
    before: &Before,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    if !town.drain(person)? {
        let left: Vec<_> = person.outbox().list()?;
        findings.push(Finding::new(Broken::DeadEnd, format!("the outbox is not sent: {left:?}")));
    }
    let submissions = new(town.submissions(), &before.submissions);
    let supplements = new(town.supplements(), &before.supplements);
    for (what, effects) in [("submissions", &submissions), ("supplements", &supplements)] {
        if effects.len() > 1 {
            findings.push(Finding::new(Broken::Duplicate, format!("{} {what} of one claim", effects.len())));
        }
    }
    let effects: BTreeMap<_, _> = submissions.iter().chain(&supplements).copied().collect();
    for transaction_id in promises.standing().filter(|filed| !promises.may_be_withdrawn(*filed)) {
        if !effects.contains_key(&transaction_id) {
            findings.push(Finding::new(Broken::Lost, format!("{transaction_id} never had an effect")));
        }
    }
    for transaction_id in promises.withdrawn.iter().filter(|withdrawn| effects.contains_key(withdrawn)) {
        findings.push(Finding::new(
            Broken::Duplicate,
            format!("{transaction_id} was taken back and had an effect"),
        ));
    }
    for (transaction_id, case_id) in &effects {
        if person.submissions().case_of(*transaction_id)? != Some(*case_id) {
            findings.push(Finding::new(Broken::Lost, format!("the receipt of {transaction_id}")));
        }
    }
    for (_, case_id) in &submissions {
        findings.extend(bytes(town, person, *case_id));
    }
    Ok(findings)
}

fn new(now: Effects, before: &Effects) -> Effects {
    now.into_iter().filter(|effect| !before.contains(effect)).collect()
}

/// The files of a case, compared byte by byte with those on the phone.
pub(crate) fn bytes(town: &Town, person: &Compartment, case_id: CaseId) -> Vec<Finding> {
    let mut findings = Vec::new();
    let files = town.files_of(case_id);
    if files.len() < plan::PAPERS.len() {
        findings.push(Finding::new(Broken::Lost, format!("{case_id} has {} files", files.len())));
    }
    for file in files {
        let attachment_id = file.attachment_id.parse().unwrap();
        let same = read(person, attachment_id)
            .is_ok_and(|here| std::fs::read(&file.path).is_ok_and(|there| file.complete && here == there));
        if !same {
            findings.push(Finding::new(Broken::BytesWrong, format!("{attachment_id} at the city")));
        }
    }
    findings
}
