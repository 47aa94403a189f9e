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

/// Finds the people whom a rule gives something today, and gives it.
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
    let date = day_of(at);
    let rules = rules::embedded()?;
    let (credentials_made, deliveries_opened) =
        city.store.write(move |tx| carry_out(tx, &Run::new(date, at), &rules)).await?;
    Ok(Json(ProactiveRun { date, credentials_made, deliveries_opened }))
}

fn carry_out(tx: &mut dyn Tx, run: &Run, rules: &[Rule]) -> Result<(u64, u64), Refusal> {
    let (mut made, mut opened) = (0_u64, 0_u64);
    for rule in rules {
        made = made.saturating_add(run.make_cards(tx, rule)?);
        run.note_reads(tx, rule)?;
        opened = opened.saturating_add(run.open_parcels(tx, rule)?);
        run.tell_made(tx, rule)?;
        for old in rules.iter().filter(|old| rule.replaces.contains(&old.kind)) {
            run.end_replaced(tx, rule, old)?;
            run.tell_replaced(tx, old)?;
        }
    }
    for citizen_id in run.people(tx)? {
        changes::wake(tx, &citizen_id);
    }
    Ok((made, opened))
}
