//! Services in memory, as they are listed, shown and searched.

use citizen_api::catalogue::PublicService;
use citizen_api::form::FieldKind;
use citizen_api::{Language, ServiceId, Text};
use serde::{Deserialize, Serialize};

use super::search::{Index, Searched};

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
}

/// A service as this version can read it.
pub(super) struct Entry {
    pub(super) summary: ServiceSummary,
    /// The document; none where this version cannot read it.
    pub(super) service: Option<PublicService>,
    keywords: Vec<String>,
}

/// All services, ready to be searched.
pub(super) struct Entries {
    entries: Vec<Entry>,
    index: Index,
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
        let outline: Outline = serde_json::from_str(document).ok()?;
        let service: Option<PublicService> = serde_json::from_str(document).ok();
        let summary = ServiceSummary {
            service_id: outline.service_id,
            title: outline.title,
            summary: outline.summary,
            department: outline.department,
            needs_newer_app: service.as_ref().is_none_or(is_beyond_us),
        };
        Some(Self { summary, service, keywords: outline.keywords })
    }

    fn searched(&self) -> Searched {
        let both = |text: &Text| [text.zh.clone(), text.en.clone()];
        Searched {
            title: both(&self.summary.title),
            keywords: self.keywords.clone(),
            summary: both(&self.summary.summary),
        }
    }
}

impl Entries {
    /// Makes the services ready to be searched.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let searched: Vec<Searched> = entries.iter().map(Entry::searched).collect();
        Self { index: Index::new(&searched), entries }
    }

    /// Every service.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The services that a person who types this may mean, best first and at most `limit`.
    pub(super) fn search(&self, text: &str, language: Language, limit: usize) -> Vec<&ServiceSummary> {
        let found = self.index.search(text, language, limit).into_iter().take(limit);
        found.filter_map(|at| Some(&self.entries.get(at as usize)?.summary)).collect()
    }
}

/// Whether the form asks something in a way that this version does not know.
fn is_beyond_us(service: &PublicService) -> bool {
    service.form.fields().any(|field| matches!(field.kind, FieldKind::Unknown))
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use serde_json::{Value, json};

    use super::{Entries, Entry};

    fn document(service_id: &str, zh: &str, en: &str) -> Value {
        json!({
            "service_id": service_id, "version": 1, "title": { "zh": zh, "en": en },
            "summary": { "zh": format!("{zh}的说明"), "en": format!("About {en}") },
            "keywords": ["看病", "Hospital"], "department": { "zh": "医保局", "en": "Insurance office" },
            "form": { "pages": [] }, "legal_deadline_days": 20, "promised_deadline_days": 5,
            "result": { "zh": "结果", "en": "Result" }, "workflow": "reimbursement"
        })
    }

    fn entries() -> Entries {
        let entries = [
            document("medical-reimbursement", "医疗费用报销", "Medical reimbursement"),
            document("insurance-balance", "医保余额", "Insurance balance"),
            document("senior-card", "老年人优待证", "Senior card"),
        ]
        .iter()
        .map(|document| Entry::read(&document.to_string()).unwrap())
        .collect();
        Entries::new(entries)
    }

    fn ids(text: &str, limit: usize) -> Vec<String> {
        let entries = entries();
        entries.search(text, Language::En, limit).iter().map(|found| found.service_id.to_string()).collect()
    }

    #[test]
    fn half_a_word_in_either_language_is_enough() {
        assert_eq!(ids("报", 9), ["medical-reimbursement"]);
        assert_eq!(ids("REIMB", 9), ["medical-reimbursement"]);
        assert_eq!(ids("优待", 9), ["senior-card"]);
        assert_eq!(ids("没有这个", 9), [""; 0]);
    }

    #[test]
    fn titles_come_before_keywords() {
        assert_eq!(ids("医", 9), ["insurance-balance", "medical-reimbursement"]);
        assert_eq!(ids("hospital", 9).len(), 3);
        assert_eq!(ids("hospital card", 9), ["senior-card"]);
    }

    #[test]
    fn no_word_lists_everything_up_to_the_limit() {
        assert_eq!(ids("  ", 9), ["insurance-balance", "medical-reimbursement", "senior-card"]);
        assert_eq!(ids("", 2).len(), 2);
    }

    #[test]
    fn what_a_newer_city_says_needs_a_newer_app_and_is_still_found() {
        let mut field = document("a", "新事项", "New service");
        field["form"] = json!({ "pages": [{ "title": { "zh": "页", "en": "Page" }, "fields": [
            { "field_id": "f", "label": { "zh": "问", "en": "Q" }, "kind": { "type": "hologram", "depth": 3 } }
        ]}]});
        let mut workflow = document("b", "新事项", "New service");
        workflow["workflow"] = json!("by-dream");
        for document in [field, workflow] {
            let entry = Entry::read(&document.to_string()).unwrap();
            assert!(entry.summary.needs_newer_app);
            assert_eq!(Entries::new(vec![entry]).search("新事", Language::Zh, 1).len(), 1);
        }
        assert!(!entries().iter().any(|entry| entry.summary.needs_newer_app));
        assert!(Entry::read("{}").is_none());
    }
}
