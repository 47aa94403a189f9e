//! How each requirement of a case is met: found when it is filed, and kept, so that nobody asks again for what was
//! declared, is being checked, or came from a register.

use citizen_api::evidence::Requirement;
use citizen_api::submission::Submission;
use citizen_api::{CaseId, RegisterId, RequirementId, Text};
use citizen_form::evidence::{Registers, Resolution, resolve};
use jiff::Timestamp;

use super::evidence_check::{check_files, declaration_missing, no_route};
use crate::http::Refusal;
use crate::store::{StoreError, Tx, Value};

/// By which way a requirement of a case is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Nobody asks for it any more.
    Cancelled,
    /// A declaration was signed.
    Declared,
    /// Another department is asked.
    Checked {
        /// Which one.
        department: Text,
    },
    /// A register has it.
    Shared {
        /// Which one.
        register: RegisterId,
    },
    /// The citizen provided files, or none where none are needed.
    Provided,
    /// A register is down and will be asked later.
    Deferred {
        /// Which one.
        register: RegisterId,
    },
    /// No register has it, which the phone could not know: the citizen is asked afterwards.
    Asked {
        /// The register that has no record.
        register: RegisterId,
    },
    /// No register has it, and there is no file that could stand for it.
    Missing {
        /// The register that has no record.
        register: RegisterId,
    },
}

impl Way {
    /// The word in the row.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Declared => "declared",
            Self::Checked { .. } => "checked",
            Self::Shared { .. } => "shared",
            Self::Provided => "provided",
            Self::Deferred { .. } => "deferred",
            Self::Asked { .. } => "asked",
            Self::Missing { .. } => "missing",
        }
    }

    fn register(&self) -> &str {
        match self {
            Self::Shared { register }
            | Self::Deferred { register }
            | Self::Asked { register }
            | Self::Missing { register } => register.as_str(),
            Self::Cancelled | Self::Declared | Self::Checked { .. } | Self::Provided => "",
        }
    }

    /// Whether the city has still to look, or to ask, after filing.
    fn is_later(&self) -> bool {
        matches!(self, Self::Deferred { .. } | Self::Asked { .. } | Self::Missing { .. })
    }
}

/// A requirement, and how it is met.
pub(super) struct Met<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) way: Way,
    files: u32,
}

/// Judges how a submission meets every requirement. What a phone could not know, because it had not asked the
/// registers or could not, is never refused.
pub(super) fn judge<'a>(
    requirements: &'a [Requirement],
    registers: &Registers,
    submission: &Submission,
) -> Result<Vec<Met<'a>>, Refusal> {
    check_files(requirements, &submission.attachments)?;
    requirements
        .iter()
        .map(|requirement| {
            let files = count(submission, requirement);
            let way = way(requirement, registers, submission, files)?;
            Ok(Met { requirement, way, files })
        })
        .collect()
}

fn count(submission: &Submission, requirement: &Requirement) -> u32 {
    let files = submission.attachments.iter();
    let own = files.filter(|file| file.requirement_id == requirement.requirement_id);
    u32::try_from(own.count()).unwrap_or(u32::MAX)
}

fn way(
    requirement: &Requirement,
    registers: &Registers,
    submission: &Submission,
    files: u32,
) -> Result<Way, Refusal> {
    let not_known = requirement.shared().next().filter(|_| files == 0 && requirement.provided().is_some());
    match resolve(requirement, registers) {
        Resolution::Cancelled { .. } => Ok(Way::Cancelled),
        Resolution::Checked { department } => Ok(Way::Checked { department: department.clone() }),
        Resolution::Shared { source } => Ok(Way::Shared { register: source.register.clone() }),
        Resolution::Declared { declaration } if submission.declarations.contains(declaration) => {
            Ok(Way::Declared)
        }
        Resolution::Deferred { register, .. } | Resolution::Pending { register, .. } if files == 0 => {
            Ok(Way::Deferred { register: register.clone() })
        }
        Resolution::Provided(provided) if files >= provided.min_files => Ok(Way::Provided),
        Resolution::Deferred { .. } | Resolution::Pending { .. } => Ok(Way::Provided),
        unmet => match (not_known, unmet) {
            (Some(register), _) => Ok(Way::Asked { register: register.clone() }),
            (None, Resolution::Provided(provided)) => {
                Err(super::evidence_check::too_few(requirement, provided))
            }
            (None, Resolution::Declared { .. }) => Err(declaration_missing(&requirement.title)),
            (None, _) => Err(no_route(&requirement.title)),
        },
    }
}

/// Keeps how the requirements of a new case are met, and asks the departments that are to check some of them.
pub(super) fn keep(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    met: &[Met<'_>],
    at: Timestamp,
) -> Result<(), StoreError> {
    for Met { requirement, way, files } in met {
        tx.execute(
            "INSERT INTO case_evidence (citizen_id, case_id, requirement_id, title_zh, title_en, way, register,
                                        files, later)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                citizen_id.into(),
                case_id.to_string().into(),
                requirement.requirement_id.as_str().into(),
                (&requirement.title.zh).into(),
                (&requirement.title.en).into(),
                way.word().into(),
                way.register().into(),
                (*files).into(),
                way.is_later().into(),
            ],
        )?;
        if let Way::Checked { department } = way {
            ask_department(tx, citizen_id, case_id, requirement, department, at)?;
        }
    }
    Ok(())
}

/// Notes that a requirement of a case is met by another way than was found when it was filed.
pub(super) fn change(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    requirement: &Requirement,
    way: &Way,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE case_evidence SET way = $4, register = $5, later = 1
         WHERE citizen_id = $1 AND case_id = $2 AND requirement_id = $3",
        &[
            citizen_id.into(),
            case_id.to_string().into(),
            requirement.requirement_id.as_str().into(),
            way.word().into(),
            way.register().into(),
        ],
    )?;
    match way {
        Way::Checked { department } => ask_department(tx, citizen_id, case_id, requirement, department, at),
        _ => Ok(()),
    }
}

/// Looks nothing up any more for a case that was refused: no register is read for what nobody needs.
pub(super) fn give_up(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE case_evidence SET way = 'missing' WHERE citizen_id = $1 AND case_id = $2 AND way = 'deferred'",
        &[citizen_id.into(), case_id.to_string().into()],
    )?;
    Ok(())
}

fn ask_department(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    requirement: &Requirement,
    department: &Text,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO evidence_checks (citizen_id, case_id, requirement_id, title_zh, title_en, department_zh,
                                      department_en, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            citizen_id.into(),
            case_id.to_string().into(),
            requirement.requirement_id.as_str().into(),
            (&requirement.title.zh).into(),
            (&requirement.title.en).into(),
            (&department.zh).into(),
            (&department.en).into(),
            at.into(),
        ],
    )?;
    Ok(())
}

/// The word of the way by which a requirement of a case is met; none for cases of before ways were kept.
pub(super) fn way_of(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    requirement_id: &RequirementId,
) -> Result<Option<String>, StoreError> {
    let key: [Value; 3] = [citizen_id.into(), case_id.to_string().into(), requirement_id.as_str().into()];
    let sql = "SELECT way FROM case_evidence
               WHERE citizen_id = $1 AND case_id = $2 AND requirement_id = $3";
    tx.query_one(sql, &key)?.map(|row| row.text(0)).transpose()
}
