//! Builds a draft's view from what the draft is made of.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::Requirement;
use citizen_api::form::{Answers, Field};
use citizen_api::register::ServicePrefill;
use citizen_api::{DeclarationId, RequirementId};
use citizen_form::{Registers, Resolution, answer, evidence};

use super::needed::needed;
use super::view::{
    DeclarationView, DraftKind, DraftView, FieldView, Origin, PageView, RequirementView, ResolutionView,
};
use crate::attachment::AttachmentView;
use crate::draft::DraftSummary;

/// What a draft is made of.
pub(crate) struct Material {
    /// Its name, state and times.
    pub summary: DraftSummary,
    /// The service's document as it was when the draft was begun.
    pub document: PublicService,
    /// The requirement that an office asked for; all of the document's where the draft is a form.
    pub asked: Option<RequirementId>,
    /// The person's own answers.
    pub answers: Answers,
    /// What registers said, and when they were asked.
    pub prefill: Option<(ServicePrefill, jiff::Timestamp)>,
    /// The files.
    pub attachments: Vec<AttachmentView>,
    /// The declarations that the person agreed to.
    pub agreed: BTreeSet<DeclarationId>,
    /// How the result shall reach the person.
    pub delivery: Option<citizen_api::catalogue::DeliveryChoice>,
    /// What the person says to an office's request.
    pub note: String,
}

/// Builds the view.
pub(crate) fn build(material: Material) -> DraftView {
    let Material { summary, document, asked, answers, prefill, attachments, agreed, delivery, note } =
        material;
    let (prefill, prefilled_at) = prefill.unzip();
    let registers = prefill.as_ref().map_or_else(Registers::not_asked, Registers::said);
    let is_form = matches!(summary.kind, DraftKind::Form);
    let pages = match is_form {
        true => pages(&document, &answers, prefill.as_ref()),
        false => Vec::new(),
    };
    let requirements: Vec<RequirementView> = match &asked {
        None => document
            .requirements
            .iter()
            .map(|requirement| form_paper(requirement, &registers, &attachments))
            .collect(),
        Some(asked) => {
            let requirement =
                document.requirements.iter().find(|requirement| requirement.requirement_id == *asked);
            requirement.map(|requirement| asked_paper(requirement, &attachments)).into_iter().collect()
        }
    };
    let declarations = declarations(&document, &requirements, &agreed);
    let needed = needed(&summary.kind, &pages, &requirements, &declarations, &note);
    let counts =
        if is_form { evidence::summarise(&document.requirements, &registers) } else { Default::default() };
    DraftView {
        draft_id: summary.draft_id,
        kind: summary.kind,
        state: summary.state,
        service_id: document.service_id,
        service_version: document.version,
        title: document.title,
        revision: summary.revision,
        created_at: summary.created_at,
        updated_at: summary.updated_at,
        pages,
        requirements,
        declarations,
        delivery_choices: if is_form { document.delivery } else { Vec::new() },
        delivery,
        note,
        needed,
        evidence: counts.into(),
        prefilled_at,
    }
}

fn pages(document: &PublicService, answers: &Answers, prefill: Option<&ServicePrefill>) -> Vec<PageView> {
    let registers: BTreeMap<_, _> = prefill
        .iter()
        .flat_map(|prefill| &prefill.answers)
        .map(|answer| (&answer.field_id, answer))
        .collect();
    let field = |field: &Field| {
        let own = answers.get(&field.field_id);
        // An answer that a register gives is offered only where the form takes it: a person cannot be asked to
        // mend a register's record in a form.
        let register =
            registers.get(&field.field_id).filter(|prefilled| answer::check(field, &prefilled.value).is_ok());
        let (value, origin) = match (own, register) {
            (Some(own), _) => (Some(own.clone()), Origin::Person),
            (None, Some(prefilled)) => {
                (Some(prefilled.value.clone()), Origin::Register { source: prefilled.source.clone() })
            }
            (None, None) => (None, Origin::Nobody),
        };
        let finding = own.and_then(|value| answer::check(field, value).err()).map(|error| error.reason());
        FieldView {
            field_id: field.field_id.clone(),
            label: field.label.clone(),
            help: field.help.clone(),
            field: field.kind.clone(),
            required: field.required,
            value,
            origin,
            finding,
        }
    };
    let page = |page: &citizen_api::form::Page| PageView {
        title: page.title.clone(),
        fields: page.fields.iter().map(field).collect(),
    };
    document.form.pages.iter().map(page).collect()
}

fn form_paper(
    requirement: &Requirement,
    registers: &Registers,
    attachments: &[AttachmentView],
) -> RequirementView {
    let files = || files(&requirement.requirement_id, attachments);
    let resolution = match evidence::resolve(requirement, registers) {
        Resolution::Cancelled { ground } => ResolutionView::Cancelled { ground: ground.clone() },
        Resolution::Shared { source } => ResolutionView::Shared { source: source.clone() },
        Resolution::Declared { declaration } => {
            ResolutionView::Declared { declaration_id: declaration.clone() }
        }
        Resolution::Checked { department } => ResolutionView::Checked { department: department.clone() },
        Resolution::Pending { register, fallback } => ResolutionView::Pending {
            register: register.clone(),
            fallback: fallback.cloned(),
            files: files(),
        },
        Resolution::Deferred { register, fallback } => ResolutionView::Deferred {
            register: register.clone(),
            fallback: fallback.cloned(),
            files: files(),
        },
        Resolution::Provided(provided) => {
            ResolutionView::Provided { provided: provided.clone(), files: files() }
        }
        Resolution::NoRoute => ResolutionView::NoRoute,
    };
    let met = match &resolution {
        ResolutionView::Provided { provided, files } => {
            u32::try_from(files.len()).unwrap_or(u32::MAX) >= provided.min_files
        }
        ResolutionView::NoRoute => false,
        _ => true,
    };
    paper(requirement, resolution, met)
}

/// A paper that an office asked for within a case: the person provides it, whatever route came first when the
/// case was filed. Only where the document knows no file for it is there no route.
fn asked_paper(requirement: &Requirement, attachments: &[AttachmentView]) -> RequirementView {
    let files = files(&requirement.requirement_id, attachments);
    let met = !files.is_empty();
    let resolution = match requirement.provided() {
        Some(provided) => ResolutionView::Provided { provided: provided.clone(), files },
        None => ResolutionView::NoRoute,
    };
    paper(requirement, resolution, met)
}

fn paper(requirement: &Requirement, resolution: ResolutionView, met: bool) -> RequirementView {
    RequirementView {
        requirement_id: requirement.requirement_id.clone(),
        title: requirement.title.clone(),
        help: requirement.help.clone(),
        resolution,
        met,
    }
}

fn files(requirement_id: &RequirementId, attachments: &[AttachmentView]) -> Vec<AttachmentView> {
    attachments.iter().filter(|attachment| attachment.requirement_id == *requirement_id).cloned().collect()
}

/// The declarations that a paper is met by here, in the order of the document.
fn declarations(
    document: &PublicService,
    requirements: &[RequirementView],
    agreed: &BTreeSet<DeclarationId>,
) -> Vec<DeclarationView> {
    let asked: BTreeSet<&DeclarationId> = requirements
        .iter()
        .filter_map(|requirement| match &requirement.resolution {
            ResolutionView::Declared { declaration_id } => Some(declaration_id),
            _ => None,
        })
        .collect();
    document
        .declarations
        .iter()
        .filter(|declaration| asked.contains(&declaration.declaration_id))
        .map(|declaration| DeclarationView {
            agreed: agreed.contains(&declaration.declaration_id),
            declaration: declaration.clone(),
        })
        .collect()
}
