//! A service's document, read as far as this version can.

use citizen_api::catalogue::PublicService;
use citizen_api::{ServiceId, Text};
use citizen_form::compiled::read_service;
use citizen_form::evidence::outlook;
use citizen_form::{CompiledForm, Registers};
use serde::{Deserialize, Serialize};

use super::packed::{NEEDS_NEWER_APP, OFTEN_OFFLINE, ONLY_THE_ID, Source};

/// A service in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceSummary {
    /// The service.
    pub service_id: ServiceId,
    /// What people call it.
    pub title: Text,
    /// What it does for you.
    pub summary: Text,
    /// The office that answers for it.
    pub department: Text,
    /// Whether it holds something that this version cannot show: it can be read about here, and filed with a
    /// newer app.
    pub needs_newer_app: bool,
    /// Whether the ID is enough for people whom the registers know: nothing to bring, nothing to photograph.
    pub only_the_id: bool,
}

/// A service as this version can read it.
pub(super) struct Entry {
    pub(super) summary: ServiceSummary,
    /// The document; none where this version cannot read it.
    pub(super) service: Option<PublicService>,
    keywords: Vec<String>,
}

/// What is read of a document that as a whole is beyond this version.
#[derive(Deserialize)]
struct Outline {
    service_id: ServiceId,
    title: Text,
    #[serde(default)]
    summary: Text,
    #[serde(default)]
    department: Text,
    #[serde(default)]
    keywords: Vec<String>,
}

impl Entry {
    /// Reads a service's document as far as this version can; none where it does not even name itself.
    pub(super) fn read(document: &str) -> Option<Self> {
        let Ok(service) = read_service(document) else {
            return serde_json::from_str(document).ok().map(Self::beyond_us);
        };
        let summary = ServiceSummary {
            service_id: service.service_id.clone(),
            title: service.title.clone(),
            summary: service.summary.clone(),
            department: service.department.clone(),
            needs_newer_app: CompiledForm::compile(&service.form).is_err(),
            only_the_id: outlook(&service.requirements, &Registers::not_asked()).only_the_id(),
        };
        Some(Self { summary, keywords: service.keywords.clone(), service: Some(service) })
    }

    fn beyond_us(outline: Outline) -> Self {
        let Outline { service_id, title, summary, department, keywords } = outline;
        let summary = ServiceSummary {
            service_id,
            title,
            summary,
            department,
            needs_newer_app: true,
            only_the_id: false,
        };
        Self { summary, service: None, keywords }
    }

    /// What is packed of it.
    pub(super) fn into_source(self) -> Source {
        let (often_offline, uses) =
            self.service.map(|service| (service.often_offline, service.uses_a_year)).unwrap_or_default();
        let ServiceSummary { service_id, title, summary, department, needs_newer_app, only_the_id } =
            self.summary;
        let flag = |holds, flag| if holds { flag } else { 0 };
        let flags = flag(needs_newer_app, NEEDS_NEWER_APP)
            | flag(often_offline, OFTEN_OFFLINE)
            | flag(only_the_id, ONLY_THE_ID);
        Source { service_id, flags, uses, title, summary, department, keywords: self.keywords }
    }
}
