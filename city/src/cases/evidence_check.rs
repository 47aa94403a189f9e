//! Whether the files that a document cites are here, whole, and enough.

use std::collections::BTreeSet;

use citizen_api::evidence::{Provided, Requirement};
use citizen_api::problem::ProblemType;
use citizen_api::submission::SubmittedAttachment;
use citizen_api::{CaseId, Text};

use crate::http::Refusal;
use crate::store::{StoreError, Tx};

/// Checks that a submission brings no files but those that the service has a place for, and not too many of them.
pub(super) fn check_files(
    requirements: &[Requirement],
    files: &[SubmittedAttachment],
) -> Result<(), Refusal> {
    check_cited_once(files)?;
    for (place, file) in files.iter().enumerate() {
        let requirement =
            requirements.iter().find(|requirement| requirement.requirement_id == file.requirement_id);
        let provided = requirement.and_then(Requirement::provided);
        check_file(file, provided.ok_or_else(|| not_asked(place))?, place)?;
    }
    for requirement in requirements {
        let Some(provided) = requirement.provided() else { continue };
        // How few are enough depends on what else meets the requirement.
        check_count(requirement, &Provided { min_files: 0, ..provided.clone() }, files)?;
    }
    Ok(())
}

/// Checks files that answer one request.
pub fn check_answer(requirement: &Requirement, files: &[SubmittedAttachment]) -> Result<(), Refusal> {
    check_cited_once(files)?;
    let Some(provided) = requirement.provided() else { return Ok(()) };
    for (place, file) in files.iter().enumerate() {
        if file.requirement_id != requirement.requirement_id {
            return Err(not_asked(place));
        }
        check_file(file, provided, place)?;
    }
    let asked = Provided { min_files: provided.min_files.max(1), ..provided.clone() };
    check_count(requirement, &asked, files)
}

/// Checks that every cited file is here as it was cited, and ties it to the case.
pub fn bind_uploads(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    files: &[SubmittedAttachment],
) -> Result<(), Refusal> {
    for (place, file) in files.iter().enumerate() {
        if !bind(tx, citizen_id, case_id, file)? {
            return Err(incomplete(&format!("/attachments/{place}")));
        }
    }
    Ok(())
}

fn bind(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    file: &SubmittedAttachment,
) -> Result<bool, StoreError> {
    let bound = tx.execute(
        "UPDATE uploads SET case_id = $1
         WHERE citizen_id = $2 AND attachment_id = $3 AND status = 'complete'
           AND sha256 = $4 AND length = $5 AND media_type = $6 AND case_id = ''",
        &[
            case_id.to_string().into(),
            citizen_id.into(),
            file.attachment_id.to_string().into(),
            (&file.sha256).into(),
            file.size.into(),
            (&file.media_type).into(),
        ],
    )?;
    Ok(bound == 1)
}

fn check_cited_once(files: &[SubmittedAttachment]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    match files.iter().position(|file| !seen.insert(file.attachment_id)) {
        None => Ok(()),
        Some(place) => Err(Refusal::new(
            ProblemType::InvalidAnswer,
            "同一个文件附了两次，请去掉一个。",
            "The same file is attached twice. Please remove one.",
        )
        .at(format!("/attachments/{place}"))),
    }
}

fn check_file(file: &SubmittedAttachment, provided: &Provided, place: usize) -> Result<(), Refusal> {
    let pointer = format!("/attachments/{place}");
    if file.size == 0 || file.size > provided.max_bytes {
        return Err(Refusal::new(
            ProblemType::TooLarge,
            "有一个文件是空的，或者超过了允许的大小。请换一个。",
            "A file is empty or larger than is accepted. Please take another.",
        )
        .at(pointer));
    }
    if !provided.accept.contains(&file.media_type) {
        return Err(Refusal::new(
            ProblemType::UnsupportedMediaType,
            "有一个文件的格式不收。请用照片或 PDF。",
            "A file is of a kind that is not accepted. Please use a photograph or a PDF.",
        )
        .at(pointer));
    }
    Ok(())
}

fn check_count(
    requirement: &Requirement,
    provided: &Provided,
    files: &[SubmittedAttachment],
) -> Result<(), Refusal> {
    let count = files.iter().filter(|file| file.requirement_id == requirement.requirement_id).count();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let (zh, en) = (&requirement.title.zh, &requirement.title.en);
    if count < provided.min_files {
        return Err(too_few(requirement, provided));
    }
    if count > provided.max_files {
        return Err(Refusal::new(
            ProblemType::InvalidAnswer,
            format!("“{zh}”最多附 {} 份。请去掉多余的。", provided.max_files),
            format!("“{en}” takes at most {} files. Please remove some.", provided.max_files),
        )
        .at("/attachments"));
    }
    Ok(())
}

/// What is said where files are missing.
pub(super) fn too_few(requirement: &Requirement, provided: &Provided) -> Refusal {
    let (zh, en, least) = (&requirement.title.zh, &requirement.title.en, provided.min_files);
    Refusal::new(
        ProblemType::EvidenceIncomplete,
        format!("还缺“{zh}”，至少要 {least} 份。请补上再提交。"),
        format!("“{en}” is missing: at least {least} needed. Please add it and file again."),
    )
    .at("/attachments")
}

fn incomplete(pointer: &str) -> Refusal {
    Refusal::new(
        ProblemType::EvidenceIncomplete,

            "有文件还没有传完，或者和提交时的不一样。传完会自动再提交，不用重填。",
            "A file has not arrived whole, or differs from what was filed. It is filed again once it is here; nothing needs to be filled in again.",
        )
    .at(pointer)
}

fn not_asked(place: usize) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "附上的文件里有一份不是这里要的，请去掉它。",
        "One of the files is not asked for here. Please remove it.",
    )
    .at(format!("/attachments/{place}"))
}

pub(super) fn declaration_missing(title: &Text) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        format!("“{}”需要您签一份承诺书，请签了再提交。", title.zh),
        format!("“{}” needs a declaration signed by you. Please sign it and file again.", title.en),
    )
    .at("/declarations")
}

pub(super) fn no_route(title: &Text) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        format!("“{}”在网上核实不了，请带身份证到就近的窗口办理。", title.zh),
        format!(
            "“{}” cannot be verified online. Please bring your ID card to the nearest counter.",
            title.en
        ),
    )
    .at("/attachments")
}
