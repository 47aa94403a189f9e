//! A run over the registers: `POST /v1/officer/proactive/run`.

use axum::extract::State;
use citizen_api::officer::ProactiveRun;
use citizen_api::problem::Problem;

use super::rules::{self, Rule};
use super::statements::Run;
use crate::changes;
use crate::clock::day_of;
use crate::http::{City, Json, Officer, Refusal};
use crate::store::Tx;

/// Finds the people for whom a rule has something today, and makes it.
#[utoipa::path(
    post, path = "/v1/officer/proactive/run", tag = "officers",
    responses(
        (status = 200, description = "What the run did", body = ProactiveRun),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub async fn run(State(city): State<City>, _: Officer) -> Result<Json<ProactiveRun>, Refusal> {
    let at = city.clock.now();
    let run = Run::new(day_of(at), at);
    let rules = rules::embedded()?;
    city.store.write(move |tx| carry_out(tx, &run, &rules)).await.map(Json)
}

pub(super) fn carry_out(tx: &mut dyn Tx, run: &Run, rules: &[Rule]) -> Result<ProactiveRun, Refusal> {
    let mut done = ProactiveRun { date: run.date, offers_made: 0, credentials_made: 0, deliveries_opened: 0 };
    for rule in rules {
        let found = run.find(tx, rule)?;
        if found == 0 {
            continue;
        }
        done.offers_made = done.offers_made.saturating_add(found);
        run.note_reads(tx, rule)?;
        if let Some(card) = &rule.makes.card {
            done.credentials_made = done.credentials_made.saturating_add(run.make_cards(tx, rule, card)?);
        }
        if let Some(record) = &rule.makes.record {
            run.make_records(tx, rule, record)?;
        }
        done.deliveries_opened = done.deliveries_opened.saturating_add(run.open_parcels(tx, rule)?);
        run.tell_found(tx, rule)?;
        end_replaced(tx, run, rule, rules)?;
    }
    for citizen_id in run.people(tx)? {
        changes::wake(tx, &citizen_id);
    }
    Ok(done)
}

/// Ends the cards in whose place those of a rule have come, and tells who had them.
fn end_replaced(tx: &mut dyn Tx, run: &Run, rule: &Rule, rules: &[Rule]) -> Result<(), Refusal> {
    for kind in rule.makes.card.iter().flat_map(|card| &card.replaces) {
        run.end_replaced(tx, rule, *kind)?;
        let makes = |rule: &&Rule| rule.makes.card.as_ref().is_some_and(|card| card.kind == *kind);
        if let Some(maker) = rules.iter().find(makes) {
            run.tell_replaced(tx, maker, *kind)?;
        }
    }
    Ok(())
}
