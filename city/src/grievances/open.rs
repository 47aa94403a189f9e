//! Giving a grievance to its first desk, in the transaction that files it.

use citizen_api::case::Case;
use citizen_api::catalogue::{PublicService, Workflow};
use citizen_api::grievance::About;
use citizen_api::problem::ProblemType;
use citizen_api::submission::Submission;
use citizen_api::{CaseId, Text};
use jiff::Timestamp;

use super::desks::Desks;
use super::record::department;
use crate::cases::record;
use crate::cases::services;
use crate::cases::working_days::WorkingDays;
use crate::clock::day_of;
use crate::http::Refusal;
use crate::registers::reading;
use crate::store::Tx;

/// What a grievance is about.
struct Matter {
    /// What people call it; none where it is about nothing that is known.
    title: Option<Text>,
    /// Whose business it is.
    department: Text,
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
    let matter = matter(tx, citizen_id, &about)?.unwrap_or_else(|| Matter {
        title: None,
        department: service.department.clone(),
        level: 1,
    });
    let (level, desk) = desks.at(matter.level)?;
    let name = desk.called(&matter.department);
    let due_by = WorkingDays::embedded()?.after(day_of(at), desk.working_days);
    let title = matter.title.unwrap_or_default();
    let about_case = about.case_id.map(|case_id| case_id.to_string()).unwrap_or_default();
    let key = [citizen_id.into(), case_id.to_string().into()];
    let [citizen, case] = key.clone();
    tx.execute(
        "INSERT INTO grievances (citizen_id, case_id, level, first_level, desk_zh, desk_en, department_zh,
                                 department_en, about_case_id, about_zh, about_en, shares_case, trips)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &[
            citizen,
            case,
            level.into(),
            (&name.zh).into(),
            (&name.en).into(),
            (&matter.department.zh).into(),
            (&matter.department.en).into(),
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
fn matter(tx: &mut dyn Tx, citizen_id: &str, about: &About) -> Result<Option<Matter>, Refusal> {
    if let Some(case_id) = about.case_id {
        let record = record::find_of(tx, citizen_id, case_id)?.ok_or_else(|| unknown("case_id"))?;
        return of_case(tx, citizen_id, record.case).map(Some);
    }
    if let Some(sequence) = about.reading {
        let reading = reading(tx, citizen_id, sequence)?.ok_or_else(|| unknown("reading"))?;
        return Ok(Some(Matter { title: Some(reading.title), department: reading.requester, level: 1 }));
    }
    let Some(service_id) = &about.service_id else { return Ok(None) };
    let service = services::present(tx, service_id)?.ok_or_else(|| unknown("service_id"))?;
    Ok(Some(Matter { title: Some(service.title), department: service.department, level: 1 }))
}

/// An answer that did not help goes to the desk above the one that gave it, for the same matter.
fn of_case(tx: &mut dyn Tx, citizen_id: &str, case: Case) -> Result<Matter, Refusal> {
    if let Some(before) = case.grievance {
        let department = department(tx, citizen_id, case.case_id)?;
        let title = before.about.unwrap_or(case.title);
        return Ok(Matter { title: Some(title), department, level: before.level.saturating_add(1) });
    }
    let service = services::version_of(tx, &case.service_id, case.service_version)?;
    let department = service.ok_or_else(Refusal::internal)?.department;
    Ok(Matter { title: Some(case.title), department, level: 1 })
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
