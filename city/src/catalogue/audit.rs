//! Whether a service contradicts itself. Each rule is a line of a table; the first broken one is told.

use std::collections::BTreeSet;

use citizen_api::Text;
use citizen_api::catalogue::PublicService;
use citizen_api::evidence::{EvidenceRoute, Requirement};
use citizen_api::form::{ChoiceOption, FieldKind};

/// The most that a page of a form may ask, so that it can be taken in at one look.
const FIELDS_ON_A_PAGE: usize = 5;

/// How a document contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is kept under another name than its own.
    #[error("its service_id is not its name")]
    OtherName,
    /// A version counts from 1.
    #[error("its version is 0")]
    NoVersion,
    /// A text is empty in one of the languages.
    #[error("a text is empty in one language: {0}")]
    EmptyText(&'static str),
    /// A page asks nothing, or too much.
    #[error("a page asks nothing or more than five things")]
    PageSize,
    /// Two of a kind have the same name.
    #[error("the name {0} is there twice")]
    NameTwice(String),
    /// A field whose answer can never be right.
    #[error("the field {0} takes no answer")]
    NoAnswerPossible(String),
    /// A requirement that nobody can meet, or that is cancelled and asked for at once.
    #[error("the routes of {0} contradict each other")]
    Routes(String),
    /// A declaration that is named but not there, or there but not named.
    #[error("the declaration {0} is not both named and written")]
    Declaration(String),
    /// The office promises to be later than the law allows.
    #[error("the promised deadline is later than the legal one")]
    Deadline,
}

/// The first rule that the document breaks.
pub(super) fn first_fault(name: &str, service: &PublicService) -> Option<Fault> {
    let plain = [
        (service.service_id.as_str() != name, Fault::OtherName),
        (service.version == 0, Fault::NoVersion),
        (service.promised_deadline_days > service.legal_deadline_days, Fault::Deadline),
    ];
    plain
        .into_iter()
        .find_map(|(broken, fault)| broken.then_some(fault))
        .or_else(|| texts(service).find(|(_, text)| is_empty(text)).map(|(place, _)| Fault::EmptyText(place)))
        .or_else(|| form_fault(service))
        .or_else(|| service.requirements.iter().find_map(requirement_fault))
        .or_else(|| declaration_fault(service))
}

fn is_empty(text: &Text) -> bool {
    text.zh.trim().is_empty() || text.en.trim().is_empty()
}

/// Every text that a person reads, with where it stands.
fn texts(service: &PublicService) -> impl Iterator<Item = (&'static str, &Text)> {
    let own = [
        ("title", &service.title),
        ("summary", &service.summary),
        ("department", &service.department),
        ("result", &service.result),
    ];
    let pages = service.form.pages.iter().map(|page| ("page title", &page.title));
    let labels = service.form.fields().map(|field| ("label", &field.label));
    let helps = service.form.fields().filter_map(|field| Some(("help", field.help.as_ref()?)));
    let papers = service.requirements.iter().map(|requirement| ("requirement", &requirement.title));
    let grounds =
        service.requirements.iter().filter_map(|requirement| Some(("ground", requirement.cancelled()?)));
    let declarations = service.declarations.iter().flat_map(|declaration| {
        [&declaration.title, &declaration.statement, &declaration.consequences]
            .map(|text| ("declaration", text))
    });
    own.into_iter().chain(pages).chain(labels).chain(helps).chain(papers).chain(grounds).chain(declarations)
}

fn form_fault(service: &PublicService) -> Option<Fault> {
    let sizes = service.form.pages.iter().map(|page| page.fields.len());
    if sizes.into_iter().any(|size| size == 0 || size > FIELDS_ON_A_PAGE) {
        return Some(Fault::PageSize);
    }
    let fields = service.form.fields().map(|field| field.field_id.as_str());
    let papers = service.requirements.iter().map(|requirement| requirement.requirement_id.as_str());
    let declarations = service.declarations.iter().map(|declaration| declaration.declaration_id.as_str());
    name_twice(fields).or_else(|| name_twice(papers)).or_else(|| name_twice(declarations)).or_else(|| {
        let hopeless = service.form.fields().find(|field| !can_be_answered(&field.kind))?;
        Some(Fault::NoAnswerPossible(hopeless.field_id.to_string()))
    })
}

fn name_twice<'a>(names: impl Iterator<Item = &'a str>) -> Option<Fault> {
    let mut seen = BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name)).map(|name| Fault::NameTwice(name.to_owned()))
}

fn can_be_answered(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text { max_length } | FieldKind::LongText { max_length } => *max_length > 0,
        FieldKind::Number { min, max } | FieldKind::Money { min, max } => min <= max,
        FieldKind::Choice { options } => can_be_chosen(options),
        FieldKind::Choices { options, min, max } => can_be_chosen(options) && min <= max && *max > 0,
        FieldKind::Group { fields, min, max, .. } => {
            !fields.is_empty()
                && min <= max
                && *max > 0
                && fields.iter().all(|field| can_be_answered(&field.kind))
        }
        FieldKind::Unknown => false,
        FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::Address { .. }
        | FieldKind::Person
        | FieldKind::Attachment { .. }
        | FieldKind::Declaration { .. }
        | FieldKind::Note
        | FieldKind::YesNo
        | FieldKind::IdNumber
        | FieldKind::Phone
        | FieldKind::BankAccount => true,
    }
}

fn can_be_chosen(options: &[ChoiceOption]) -> bool {
    let values: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
    !options.is_empty()
        && values.len() == options.len()
        && !options.iter().any(|option| is_empty(&option.label))
}

fn requirement_fault(requirement: &Requirement) -> Option<Fault> {
    let asked_though_cancelled = requirement.cancelled().is_some() && requirement.routes.len() > 1;
    let impossible = requirement.routes.iter().any(|route| match route {
        EvidenceRoute::Provided(provided) => {
            provided.max_files == 0
                || provided.min_files > provided.max_files
                || provided.max_bytes == 0
                || provided.accept.is_empty()
        }
        EvidenceRoute::Checked { department } => is_empty(department),
        _ => false,
    });
    (requirement.routes.is_empty() || asked_though_cancelled || impossible)
        .then(|| Fault::Routes(requirement.requirement_id.to_string()))
}

fn declaration_fault(service: &PublicService) -> Option<Fault> {
    let written: BTreeSet<_> =
        service.declarations.iter().map(|declaration| &declaration.declaration_id).collect();
    let named: BTreeSet<_> = service
        .requirements
        .iter()
        .flat_map(|requirement| &requirement.routes)
        .filter_map(|route| match route {
            EvidenceRoute::Declared { declaration } => Some(declaration),
            _ => None,
        })
        .collect();
    written.symmetric_difference(&named).next().map(|odd| Fault::Declaration(odd.to_string()))
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::catalogue::PublicService;
    use citizen_api::evidence::EvidenceRoute;
    use citizen_api::form::FieldKind;

    use super::{Fault, first_fault};

    type Breaking = fn(&mut PublicService);

    const NAME: &str = "medical-reimbursement";

    fn service() -> PublicService {
        serde_json::from_str(include_str!("../../catalogue/medical-reimbursement.json")).unwrap()
    }

    #[test]
    fn a_sound_document_has_no_fault() {
        assert_eq!(first_fault(NAME, &service()), None);
    }

    #[test]
    fn each_rule_is_kept() {
        let broken: [(Breaking, Fault); 11] = [
            (|service| service.service_id = "other".into(), Fault::OtherName),
            (|service| service.version = 0, Fault::NoVersion),
            (|service| service.promised_deadline_days = 31, Fault::Deadline),
            (|service| service.summary = Text::new(" ", "text"), Fault::EmptyText("summary")),
            (|service| service.form.pages[0].fields.clear(), Fault::PageSize),
            (
                |service| service.form.pages[0].fields[0].field_id = "note".into(),
                Fault::NameTwice("note".to_owned()),
            ),
            (
                |service| service.form.pages[0].fields[0].kind = FieldKind::Number { min: 2, max: 1 },
                Fault::NoAnswerPossible("invoice_number".to_owned()),
            ),
            (|service| service.requirements[0].routes.clear(), Fault::Routes("invoice".to_owned())),
            (
                |service| {
                    let ground = Text::new("依据", "ground");
                    service.requirements[0].routes.push(EvidenceRoute::Cancelled { ground });
                },
                Fault::Routes("invoice".to_owned()),
            ),
            (|service| service.declarations.clear(), Fault::Declaration("no-other-insurance".to_owned())),
            (
                |service| {
                    service.requirements.retain(|paper| paper.requirement_id.as_str() != "other-insurance")
                },
                Fault::Declaration("no-other-insurance".to_owned()),
            ),
        ];
        for (breaking, fault) in broken {
            let mut service = service();
            breaking(&mut service);
            assert_eq!(first_fault(NAME, &service), Some(fault));
        }
    }
}
