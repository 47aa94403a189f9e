//! Giving a grievance to its first desk, in the transaction that files it.

use citizen_api::case::Case;
use citizen_api::catalogue::{PublicService, Workflow};
use citizen_api::grievance::About;
use citizen_api::problem::ProblemType;
use citizen_api::submission::Submission;
use citizen_api::{CaseId, Text};
use jiff::Timestamp;

use super::desks::Desks;
use super::record::about_service;
use crate::cases::record;
use crate::cases::services;
use crate::cases::working_days::WorkingDays;
use crate::clock::day_of;
use crate::http::Refusal;
use crate::store::Tx;

/// What a grievance is about.
struct Matter {
    /// Whose business it is: the service's; none where it is about nothing that is known.
    service: Option<PublicService>,
    /// What people call it.
    title: Option<Text>,
    /// The desk that it begins at.
    level: u32,
}

/// Opens a grievance for a case that was just made; does nothing where the service is another.
pub(crate) fn open(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    service: &PublicService,
    submission: &Submission,
    at: Timestamp,
) -> Result<(), Refusal> {
    let about = submission.about.clone();
    if service.workflow != Workflow::Grievance {
        return about.map_or(Ok(()), |_| Err(about_nothing()));
    }
    let about = about.unwrap_or_default();
    let desks = Desks::embedded()?;
    let matter = matter(tx, citizen_id, &about)?;
    let (level, desk) = desks.at(matter.level)?;
    let name = desk.called(&matter.service.as_ref().unwrap_or(service).department);
    let due_by = WorkingDays::embedded()?.after(day_of(at), desk.working_days);
    let title = matter.title.unwrap_or_default();
    let about_case = about.case_id.map(|case_id| case_id.to_string()).unwrap_or_default();
    let key = [citizen_id.into(), case_id.to_string().into()];
    let [citizen, case] = key.clone();
    tx.execute(
        "INSERT INTO grievances (citizen_id, case_id, level, first_level, desk_zh, desk_en, about_service_id,
                                 about_case_id, about_zh, about_en, shares_case, trips)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            citizen,
            case,
            level.into(),
            (&name.zh).into(),
            (&name.en).into(),
            matter.service.as_ref().map_or("", |service| service.service_id.as_str()).into(),
            about_case.into(),
            (&title.zh).into(),
            (&title.en).into(),
            about.shares_case.into(),
            desks.trips(&submission.answers).into(),
        ],
    )?;
    let [citizen, case] = key;
    tx.execute(
        "UPDATE cases SET promised_by = $3 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen, case, due_by.into()],
    )?;
    Ok(())
}

/// Looks up what a grievance is about. A case must be the citizen's own: whether another's exists is told to nobody.
fn matter(tx: &mut dyn Tx, citizen_id: &str, about: &About) -> Result<Matter, Refusal> {
    if let Some(case_id) = about.case_id {
        let record = record::find_of(tx, citizen_id, case_id)?.ok_or_else(|| unknown("case_id"))?;
        return of_case(tx, citizen_id, record.case);
    }
    let Some(service_id) = &about.service_id else {
        return Ok(Matter { service: None, title: None, level: 1 });
    };
    let service = services::present(tx, service_id)?.ok_or_else(|| unknown("service_id"))?;
    Ok(Matter { title: Some(service.title.clone()), service: Some(service), level: 1 })
}

/// An answer that did not help goes to the desk above the one that gave it, for the same matter.
fn of_case(tx: &mut dyn Tx, citizen_id: &str, case: Case) -> Result<Matter, Refusal> {
    let Some(before) = case.grievance else {
        let service = services::present(tx, &case.service_id)?;
        return Ok(Matter { service, title: Some(case.title), level: 1 });
    };
    let about = about_service(tx, citizen_id, case.case_id)?;
    let service = services::present(tx, &about)?;
    Ok(Matter { service, title: before.about.or(Some(case.title)), level: before.level.saturating_add(1) })
}

fn unknown(part: &str) -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "没有找到您要反映的办件或事项。可以不关联它，直接反映。",
        "The case or the service that this is about was not found. You can say it without naming one.",
    )
    .at(format!("/about/{part}"))
}

fn about_nothing() -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "这个事项不用说明反映的是哪件事。请升级应用后再试。",
        "A filing of this service is about nothing else. Update the app and try again.",
    )
    .at("/about")
}
