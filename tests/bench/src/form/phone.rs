//! Typing into a draft on a phone: a real store, sealed, with every keystroke on disk before the next.
//!
//! The person signs in to a city in this process, as on any phone; from then on nothing needs a network.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use citizen_api::catalogue::PublicService;
use citizen_core::consent::Purpose;
use citizen_core::draft::{DraftId, Drafts, FieldPath};
use citizen_core::{CitizenApp, Config, Pin, Platform, SoftwareVault};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{KEYSTROKE, answers, microseconds, rows, timed};
use crate::Outcome;
use crate::report::Row;
use crate::search::quantile;
use crate::sign_in::{Town, sign_in};

/// What is typed, stroke by stroke: amounts that grow and are begun anew.
const TYPED: [&str; 6] = ["4", "45", "450", "4500", "4500.", "4500.5"];

/// A folder that is kept in memory, on systems that have one: what is left there is the work itself.
const MEMORY: &str = "/dev/shm";

/// Measures a keystroke and its parts, on the disk and in memory.
pub fn measure(service: &PublicService, strokes: usize) -> Outcome<Vec<Row>> {
    let mut measured = at_place("on disk", &tempfile::tempdir()?, service, strokes)?;
    if Path::new(MEMORY).is_dir() {
        measured.extend(at_place("in memory", &tempfile::tempdir_in(MEMORY)?, service, strokes)?);
    }
    Ok(measured)
}

fn at_place(place: &str, folder: &TempDir, service: &PublicService, strokes: usize) -> Outcome<Vec<Row>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let (drafts, draft_id) = runtime.block_on(begun(folder.path(), service))?;
    let store = durable_store(folder.path())?;
    let mut measured = Vec::new();
    for (case, path) in [("typed in a field", "wage"), ("typed in an entry", "bills/1/gross")] {
        let path: FieldPath = path.parse()?;
        let (mut kept, mut whole, mut floor) = (Vec::new(), Vec::new(), Vec::new());
        for typed in TYPED.iter().cycle().take(strokes) {
            let begun = Instant::now();
            drafts.type_answer(draft_id, &path, typed)?;
            kept.push(microseconds(begun.elapsed()));
            drop(drafts.show(draft_id)?);
            whole.push(microseconds(begun.elapsed()));
            let begun = Instant::now();
            write_one(&store)?;
            floor.push(microseconds(begun.elapsed()));
        }
        let kept = rows(&format!("{case}, kept, {place}"), &kept);
        let whole = rows(&format!("{case}, kept and shown, {place}"), &whole);
        measured.extend(kept.into_iter().chain(whole).map(|row| {
            let floor = quantile(&floor, if row.case.ends_with("p99") { 0.99 } else { 0.5 });
            // How long a disk takes to be sure is not ours; all that comes on top of it is.
            row.floor(floor).at_most(floor + KEYSTROKE)
        }));
    }
    let shown = timed(strokes, || {
        drop(drafts.show(draft_id)?);
        Ok(())
    })?;
    measured.extend(rows(&format!("shown, {place}"), &shown));
    Ok(measured)
}

/// A person with a draft that is answered in full.
async fn begun(folder: &Path, service: &PublicService) -> Outcome<(Drafts, DraftId)> {
    let town = Town::open(&folder.join("city"), service).await?;
    let vault =
        Arc::new(SoftwareVault::open(folder.join("vault")).map_err(|_| "the vault cannot be opened")?);
    let config =
        Config { data_dir: folder.join("data"), city: town.url.clone(), device_name: "bench".to_owned() };
    let app = CitizenApp::open(config, Platform::new(vault.clone(), vault))?;
    Purpose::ALL.into_iter().try_for_each(|purpose| app.give_consent(None, purpose))?;
    let person = sign_in(&app, &town, &Pin::new("482915")).await?;
    let drafts = person.drafts();
    let draft_id = drafts.create(&service.service_id)?;
    for (field, value) in answers()? {
        drafts.set_answer(draft_id, &FieldPath::of(field), &value)?;
    }
    Ok((drafts, draft_id))
}

/// A store with the same settings, and nothing in it.
fn durable_store(folder: &Path) -> Outcome<Connection> {
    let store = Connection::open(folder.join("floor.db"))?;
    store.pragma_update(None, "journal_mode", "WAL")?;
    store.pragma_update(None, "synchronous", "FULL")?;
    store.execute("CREATE TABLE rows (row_id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT", [])?;
    Ok(store)
}

/// What nothing that is durable can undercut: one small row, written in a transaction of its own.
fn write_one(store: &Connection) -> Outcome {
    let sql = "INSERT INTO rows (row_id, sealed) VALUES (1, randomblob(120))
        ON CONFLICT DO UPDATE SET sealed = excluded.sealed";
    store.prepare_cached(sql)?.execute([])?;
    Ok(())
}
