//! Grievances that nobody answered in time go to the desk above, by themselves.

use std::time::Duration;

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::grievance::Climbed;
use citizen_api::problem::Problem;
use jiff::Timestamp;

use super::desks::Desks;
use super::record::department;
use crate::cases::act;
use crate::cases::record::{self, CaseRecord};
use crate::cases::workflow::Action;
use crate::cases::working_days::WorkingDays;
use crate::clock::day_of;
use crate::http::{City, Json, Officer, Refusal};
use crate::store::Tx;

/// How often the city looks. Days are what counts, so more often would find nothing more.
const PAUSE: Duration = Duration::from_secs(60);

/// How many go up in one transaction.
const AT_ONCE: u32 = 100;

/// Looks until the city shuts down.
pub(crate) async fn keep_climbing(city: City) {
    loop {
        if let Err(refusal) = climb_all(&city).await {
            tracing::error!(kind = ?refusal.problem().kind, "grievances could not go up and are looked at again");
        }
        tokio::select! {
            () = city.shutdown.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Lets what was not answered in time go up now.
#[utoipa::path(
    post, path = "/v1/officer/grievances/climb", tag = "officers",
    responses(
        (status = 200, description = "What went up", body = Climbed),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn climb(State(city): State<City>, _: Officer) -> Result<Json<Climbed>, Refusal> {
    climb_all(&city).await.map(Json)
}

/// Lets everything go up whose day has passed. One that has passed by two desks' days goes up by one: the desk above
/// gets its time.
pub(crate) async fn climb_all(city: &City) -> Result<Climbed, Refusal> {
    let at = city.clock.now();
    let mut climbed = 0;
    loop {
        let now = city.store.write(move |tx| climb_some(tx, at)).await?;
        climbed += now;
        if now < u64::from(AT_ONCE) {
            return Ok(Climbed { climbed });
        }
    }
}

fn climb_some(tx: &mut dyn Tx, at: Timestamp) -> Result<u64, Refusal> {
    let desks = Desks::embedded()?;
    let (highest, _) = desks.at(u32::MAX)?;
    let rows = tx.query(
        "SELECT kept.case_id, kept.level FROM grievances AS kept
         JOIN cases AS made ON made.citizen_id = kept.citizen_id AND made.case_id = kept.case_id
         WHERE kept.answered_at IS NULL AND kept.level < $1 AND made.promised_by < $2
         ORDER BY made.promised_by, kept.case_id LIMIT $3",
        &[highest.into(), day_of(at).into(), AT_ONCE.into()],
    )?;
    for row in &rows {
        let case_id: CaseId = row.parse(0)?;
        if let Some(record) = record::find(tx, case_id)? {
            go_up(tx, &desks, &record, row.number::<u32>(1)?, at)?;
        }
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}

fn go_up(
    tx: &mut dyn Tx,
    desks: &Desks,
    record: &CaseRecord,
    level: u32,
    at: Timestamp,
) -> Result<(), Refusal> {
    let (citizen_id, case) = (record.citizen_id.as_str(), &record.case);
    let (level, desk) = desks.at(level.saturating_add(1))?;
    let name = desk.called(&department(tx, citizen_id, case.case_id)?);
    let due_by = WorkingDays::embedded()?.after(day_of(at), desk.working_days);
    act::advance(tx, record, Action::Climb, &name, at)?;
    let key = [citizen_id.into(), case.case_id.to_string().into()];
    let [citizen, name_of_case] = key.clone();
    tx.execute(
        "UPDATE grievances SET level = $3, desk_zh = $4, desk_en = $5 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen, name_of_case, level.into(), (&name.zh).into(), (&name.en).into()],
    )?;
    let [citizen, name_of_case] = key;
    tx.execute(
        "UPDATE cases SET promised_by = $3 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen, name_of_case, due_by.into()],
    )?;
    act::publish(tx, citizen_id, case.case_id)?;
    Ok(())
}
