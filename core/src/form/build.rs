//! Builds a draft's view from what the draft is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use citizen_api::form::Answers;
use citizen_api::register::ServicePrefill;
use citizen_api::{DeclarationId, FieldId, RequirementId};
use citizen_form::migrate::{EarlierAnswer, Fate};
use citizen_form::{Registers, evidence};
use jiff::civil::Date;

use super::fields::{Written, form};
use super::needed::needed;
use super::papers::{RequirementView, asked_paper, declarations, form_paper};
use super::view::{ConcernView, DraftKind, DraftView};
use crate::Error;
use crate::attachment::AttachmentView;
use crate::draft::{DraftDocument, DraftSummary};

/// What a draft is made of.
pub(crate) struct Material {
    /// Its name, state and times.
    pub summary: DraftSummary,
    /// What is frozen into it: the service's document that it is written for.
    pub document: Arc<DraftDocument>,
    /// The requirement that an office asked for; all of the document's where the draft is a form.
    pub asked: Option<RequirementId>,
    /// The person's own answers.
    pub answers: Answers,
    /// What was typed and is no answer yet, by the place it was typed at.
    pub typed: BTreeMap<String, String>,
    /// What was answered to earlier versions.
    pub earlier: Vec<EarlierAnswer>,
    /// What registers said, and when they were asked.
    pub prefill: Option<(ServicePrefill, jiff::Timestamp)>,
    /// What the person says is wrong in a register, by field.
    pub disputes: BTreeMap<FieldId, String>,
    /// The files.
    pub attachments: Vec<AttachmentView>,
    /// The declarations that the person agreed to.
    pub agreed: BTreeSet<DeclarationId>,
    /// How the result shall reach the person.
    pub delivery: Option<citizen_api::catalogue::DeliveryChoice>,
    /// Where the courier brings it; none for the registered address.
    pub deliver_to: Option<citizen_api::delivery::DeliverTo>,
    /// What the person says to an office's request.
    pub note: String,
    /// Whether a grievance lets its desk read the case that it is about.
    pub shares_case: bool,
    /// The day on which rules of the form are judged.
    pub today: Date,
}

/// Builds the view.
pub(crate) fn build(material: Material) -> Result<DraftView, Error> {
    let document = &material.document.service;
    let (prefill, prefilled_at) = material.prefill.as_ref().map(|(prefill, at)| (prefill, *at)).unzip();
    let registers = prefill.map_or_else(Registers::not_asked, Registers::said);
    let is_form = matches!(material.summary.kind, DraftKind::Form);
    let requirements = requirements(&material, &registers);
    let declarations = declarations(document, &requirements, &material.agreed);
    let written = Written {
        answers: &material.answers,
        typed: &material.typed,
        earlier: &material.earlier,
        prefill,
        disputes: &material.disputes,
        requirements: &requirements,
        declarations: &declarations,
    };
    let (form, lacking) = match is_form {
        true => form(&document.form, &written, material.today)?,
        false => Default::default(),
    };
    let needed = needed(&material.summary.kind, lacking, &requirements, &declarations, &material.note);
    let counts = match is_form {
        true => evidence::summarise(&document.requirements, &registers),
        false => Default::default(),
    };
    let earlier = material.earlier.iter().filter(|earlier| earlier.fate != Fate::AskAgain).cloned().collect();
    Ok(DraftView {
        draft_id: material.summary.draft_id,
        kind: material.summary.kind,
        state: material.summary.state,
        service_id: document.service_id.clone(),
        service_version: document.version,
        moved_from: None,
        title: document.title.clone(),
        revision: material.summary.revision,
        created_at: material.summary.created_at,
        updated_at: material.summary.updated_at,
        form,
        earlier,
        unasked_files: unasked(&material.attachments, &requirements),
        requirements,
        declarations,
        delivery_choices: if is_form { document.delivery.clone() } else { Vec::new() },
        delivery: material.delivery,
        deliver_to: material.deliver_to,
        note: material.note,
        concern: material.document.concern.as_ref().map(|concern| ConcernView {
            title: concern.title.clone(),
            shares_case: material.shares_case,
            can_share: concern.about.case_id.is_some() || concern.about.refused.is_some(),
        }),
        needed,
        evidence: counts.into(),
        prefilled_at,
    })
}

fn requirements(material: &Material, registers: &Registers) -> Vec<RequirementView> {
    let (known, files) = (&material.document.service.requirements, &material.attachments);
    match &material.asked {
        None => known.iter().map(|requirement| form_paper(requirement, registers, files)).collect(),
        Some(asked) => known
            .iter()
            .filter(|requirement| requirement.requirement_id == *asked)
            .map(|requirement| asked_paper(requirement, files))
            .collect(),
    }
}

/// The files that no paper takes along.
fn unasked(files: &[AttachmentView], requirements: &[RequirementView]) -> Vec<AttachmentView> {
    let taken: BTreeSet<_> = requirements
        .iter()
        .flat_map(|requirement| requirement.resolution.files())
        .map(|file| file.attachment_id)
        .collect();
    files.iter().filter(|file| !taken.contains(&file.attachment_id)).cloned().collect()
}
