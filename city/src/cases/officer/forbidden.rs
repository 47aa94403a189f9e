//! A request for evidence that nobody may ask a citizen for: refused, and written down for those who supervise.

use citizen_api::evidence::Requirement;
use citizen_api::problem::ProblemType;
use citizen_api::{CaseId, EvidenceRequestId, Text};
use jiff::Timestamp;

use crate::http::{Officer, Refusal};
use crate::store::{StoreError, Tx};

/// By which way a requirement is met without the citizen, and why nobody may ask for it.
pub(super) struct MetOtherwise {
    /// The word in the row.
    pub(super) way: &'static str,
    /// Why.
    pub(super) ground: Text,
}

impl MetOtherwise {
    /// A declaration stands for it.
    pub(super) fn declared() -> Self {
        let ground = Text::new("本人已签承诺书代替", "the citizen has signed a declaration instead");
        Self { way: "declared", ground }
    }

    /// Another department answers for it.
    pub(super) fn checked(department: &Text) -> Self {
        let ground = Text::new(
            format!("由{}核查", department.zh),
            format!("it is checked with the {}", department.en),
        );
        Self { way: "checked", ground }
    }

    /// A register has it.
    pub(super) fn shared() -> Self {
        let ground = Text::new("登记库里已经查到", "a register has it");
        Self { way: "shared", ground }
    }
}

/// Writes the attempt down.
pub(super) fn keep(
    tx: &mut dyn Tx,
    officer: &Officer,
    case_id: CaseId,
    requirement: &Requirement,
    met: &MetOtherwise,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO forbidden_requests (request_id, case_id, requirement_id, title_zh, title_en, department,
                                         department_en, officer, officer_en, way, ground_zh, ground_en,
                                         requested_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &[
            EvidenceRequestId::generate().to_string().into(),
            case_id.to_string().into(),
            requirement.requirement_id.as_str().into(),
            (&requirement.title.zh).into(),
            (&requirement.title.en).into(),
            (&officer.department.zh).into(),
            (&officer.department.en).into(),
            (&officer.name.zh).into(),
            (&officer.name.en).into(),
            met.way.into(),
            (&met.ground.zh).into(),
            (&met.ground.en).into(),
            at.into(),
        ],
    )?;
    Ok(())
}

/// What the officer is told.
pub(super) fn refusal(requirement: &Requirement, met: &MetOtherwise) -> Refusal {
    let (title, ground) = (&requirement.title, &met.ground);
    let (zh, en) = match met.way {
        "cancelled" => (
            format!(
                "“{}”已经取消，谁都不能再要。这次索要已经记录，供监督检查。依据：{}",
                title.zh, ground.zh
            ),
            format!(
                "“{}” has been cancelled and nobody may ask for it. This attempt was recorded for supervision. Ground: {}",
                title.en, ground.en
            ),
        ),
        _ => (
            format!(
                "“{}”不向本人要：{}。这次索要已经记录，供监督检查。请按查到的结果办理。",
                title.zh, ground.zh
            ),
            format!(
                "“{}” is not asked of the citizen: {}. This attempt was recorded for supervision. Go by what is there already.",
                title.en, ground.en
            ),
        ),
    };
    Refusal::new(ProblemType::EvidenceCancelled, zh, en).at("/requirement_id")
}
