//! `city supervision`: the requests for evidence that nobody may make.

use citizen_api::Text;
use citizen_api::officer_evidence::{ForbiddenRequest, SupervisionList};

use super::client::Desk;
use super::{Failure, case_words};

/// List the requests for evidence that officers tried and the city refused, newest first.
#[derive(clap::Args)]
pub(super) struct Supervision {}

impl Supervision {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let list: SupervisionList = desk.get("/v1/officer/supervision").await?;
        desk.show(&list, |list| {
            let none =
                Text::new("没有人索要过不该要的材料。", "Nobody has asked for what may not be asked for.");
            case_words::list(list.attempts.iter().map(line), none)
        })
    }
}

fn line(attempt: &ForbiddenRequest) -> Text {
    let (at, case, requirement) = (attempt.requested_at, attempt.case_id, &attempt.requirement_id);
    let words = |department: &str, officer: &str, title: &str, ground: &str| {
        format!("{at}  {department}  {officer}  {case}  {requirement}  {title}  {}  {ground}", attempt.way)
    };
    Text::new(
        words(&attempt.department.zh, &attempt.officer.zh, &attempt.title.zh, &attempt.ground.zh),
        words(&attempt.department.en, &attempt.officer.en, &attempt.title.en, &attempt.ground.en),
    )
}
