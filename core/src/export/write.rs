//! Putting everything into the file.

use std::fs::OpenOptions;
use std::io::{self, BufWriter};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use citizen_api::credential::CredentialOffer;
use citizen_api::{Language, Text};
use serde::Serialize;
use serde_json::Value;

use super::html::Page;
use crate::error::disk;
use crate::form::{DraftState, FieldView};
use crate::mirror::{self, Kind};
use crate::outbox;
use crate::people::Compartment;
use crate::{CitizenApp, Error};

impl CitizenApp {
    /// Writes everything about an unlocked person that is on this device into a new file, which only they can read: who
    /// they are, drafts with their papers, what was sent and the city's receipts, cases, the insurance account, cards,
    /// mandates with what was done under them, consents, and what they wrote for others. Whoever has the file can read
    /// it. One that is there already is not written over.
    pub fn export(&self, person: &Compartment, language: Language, file: &Path) -> Result<(), Error> {
        let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        let mut into = BufWriter::new(opened.map_err(disk)?);
        let consents = self.consents(Some(person.person_id()))?;
        let title = match language {
            Language::Zh => format!("{}的全部资料", person.label()?),
            Language::En => format!("Everything of {}", person.label()?),
        };
        let mut page = Page::begin(&mut into, language, &title).map_err(disk)?;
        everything(&mut page, person)?;
        section(&mut page, "同意的记录", "Consents")?;
        for consent in consents {
            let name = consent.purpose.title.get(language).to_owned();
            let given = consent.given_at.map(|at| at.to_string()).unwrap_or_default();
            let withdrawn = consent.withdrawn_at.map(|at| format!(" – {at}")).unwrap_or_default();
            page.fact(&name, &format!("{given}{withdrawn}")).map_err(disk)?;
        }
        for represented in person.mandates().represented()? {
            let theirs = person.mandates().open_represented(represented.person_id)?;
            section(
                &mut page,
                &format!("替{}写的", represented.label),
                &format!("Written for {}", represented.label),
            )?;
            everything(&mut page, &theirs)?;
        }
        page.end().map_err(disk)?;
        into.into_inner().map_err(|error| disk(error.into_error()))?.sync_all().map_err(disk)
    }
}

fn everything(page: &mut Page<'_>, person: &Compartment) -> Result<(), Error> {
    if person.helper().is_none() {
        section(page, "本人", "The person")?;
        record(page, &person.session().profile()?)?;
    }
    drafts(page, person)?;
    proofs(page, person)?;
    section(page, "办件", "Cases")?;
    for case in person.cases().list()? {
        page.heading(3, case.title.get(page.language())).map_err(disk)?;
        record(page, &person.cases().show(case.case_id)?)?;
    }
    section(page, "医保账户", "Insurance account")?;
    record(page, &person.insurance().show()?)?;
    section(page, "证照", "Cards")?;
    let offers =
        person.read(|tx, sealer| mirror::all::<CredentialOffer>(tx, sealer, Kind::CredentialOffer))?;
    offers.into_iter().try_for_each(|kept| record(page, &kept.document))?;
    section(page, "寄递", "Parcels")?;
    let parcels = person.read(|tx, sealer| mirror::all::<Value>(tx, sealer, Kind::Delivery))?;
    parcels.into_iter().try_for_each(|kept| record(page, &kept.document))?;
    section(page, "主动办理", "Found before you asked")?;
    let offers = person.read(|tx, sealer| mirror::all::<Value>(tx, sealer, Kind::Offer))?;
    offers.into_iter().try_for_each(|kept| record(page, &kept.document))?;
    section(page, "窗口预约", "Bookings")?;
    let bookings = person.read(|tx, sealer| mirror::all::<Value>(tx, sealer, Kind::Booking))?;
    bookings.into_iter().try_for_each(|kept| record(page, &kept.document))?;
    section(page, "委托", "Mandates")?;
    for view in person.mandates().list()? {
        line(page, &view.sentence)?;
    }
    for view in person.mandates().acts()? {
        line(page, &view.sentence)?;
    }
    Ok(())
}

fn drafts(page: &mut Page<'_>, person: &Compartment) -> Result<(), Error> {
    section(page, "草稿和提交的内容", "Drafts, and what was filed")?;
    for summary in person.drafts().list()? {
        let draft = person.drafts().show(summary.draft_id)?;
        let state = match (draft.state, page.language()) {
            (DraftState::Open, Language::Zh) => "草稿",
            (DraftState::Open, Language::En) => "draft",
            (DraftState::Submitted { .. }, Language::Zh) => "已提交",
            (DraftState::Submitted { .. }, Language::En) => "filed",
        };
        let title = draft.title.get(page.language()).to_owned();
        page.heading(3, &format!("{title} · {state} · {}", draft.updated_at)).map_err(disk)?;
        for field in draft.form.fields() {
            answer(page, field)?;
        }
        for earlier in &draft.earlier {
            page.fact(earlier.label.get(page.language()), &plain(&earlier.value)).map_err(disk)?;
        }
        if !draft.note.is_empty() {
            page.line(&draft.note).map_err(disk)?;
        }
        for file in person.attachments().list(summary.draft_id)? {
            let mut content = person.attachments().read(file.attachment_id)?;
            page.file(&file.name, &file.media_type, &mut content).map_err(read_or_written)?;
        }
    }
    Ok(())
}

fn answer(page: &mut Page<'_>, field: &FieldView) -> Result<(), Error> {
    let label = field.label.get(page.language()).to_owned();
    let words =
        field.typed.clone().or(field.words.as_ref().map(|words| words.get(page.language()).to_owned()));
    if let Some(words) = words {
        page.fact(&label, &words).map_err(disk)?;
    }
    field.entries.iter().flatten().try_for_each(|entry| answer(page, entry))
}

/// What was sent, as it was signed, and the city's signed word that it has it.
fn proofs(page: &mut Page<'_>, person: &Compartment) -> Result<(), Error> {
    section(page, "收据", "Receipts")?;
    for (transaction_id, proof) in person.read(outbox::proofs)? {
        page.heading(3, &transaction_id).map_err(disk)?;
        page.verbatim(&proof.receipt).and_then(|()| page.verbatim(&proof.document)).map_err(disk)?;
    }
    section(page, "还没发出的", "Not sent yet")?;
    for item in person.outbox().list()? {
        line(page, &item.title)?;
    }
    Ok(())
}

fn section(page: &mut Page<'_>, zh: &str, en: &str) -> Result<(), Error> {
    let words = Text::new(zh, en);
    page.heading(2, words.get(page.language())).map_err(disk)
}

fn line(page: &mut Page<'_>, words: &Text) -> Result<(), Error> {
    page.line(words.get(page.language())).map_err(disk)
}

fn record(page: &mut Page<'_>, value: &impl Serialize) -> Result<(), Error> {
    let value = serde_json::to_value(value).map_err(|_| Error::internal("a record is not JSON"))?;
    page.record(&value).map_err(disk)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A sealed file that was altered is told as that.
fn read_or_written(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData => Error::RecordAltered,
        io::ErrorKind::PermissionDenied => Error::Locked,
        _ => disk(error),
    }
}
