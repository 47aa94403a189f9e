//! Services in memory, searched by a plain scan: at the size of a city's catalogue nothing is faster.

use citizen_api::catalogue::PublicService;
use citizen_api::form::FieldKind;
use citizen_api::{Language, ServiceId, Text};
use serde::{Deserialize, Serialize};

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

/// A service as it is searched.
pub(super) struct Entry {
    pub(super) summary: ServiceSummary,
    /// The document; none where this version cannot read it.
    pub(super) service: Option<PublicService>,
    /// What people may type, in lower case, by where it is found: titles, keywords, summaries.
    places: [String; 3],
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
        let places = [
            format!("{}\n{}", outline.title.zh, outline.title.en),
            outline.keywords.join("\n"),
            format!("{}\n{}", outline.summary.zh, outline.summary.en),
        ]
        .map(|text| text.to_lowercase());
        let summary = ServiceSummary {
            service_id: outline.service_id,
            title: outline.title,
            summary: outline.summary,
            department: outline.department,
            needs_newer_app: service.as_ref().is_none_or(is_beyond_us),
        };
        Some(Self { summary, service, places })
    }

    /// Where the best word of a search is found: 0 for the title, then keywords, then summary. Every word must
    /// be found somewhere.
    fn rank(&self, words: &[String]) -> Option<usize> {
        let found = |word: &String| self.places.iter().position(|place| place.contains(word.as_str()));
        let mut best = self.places.len();
        for word in words {
            best = best.min(found(word)?);
        }
        Some(best)
    }
}

/// Whether the form asks something in a way that this version does not know.
fn is_beyond_us(service: &PublicService) -> bool {
    service.form.fields().any(|field| matches!(field.kind, FieldKind::Unknown))
}

/// The services in which every word is found, best first and at most `limit`; all of them, by title, where no
/// word was typed.
pub(super) fn search<'a>(
    entries: &'a [Entry],
    text: &str,
    language: Language,
    limit: usize,
) -> Vec<&'a ServiceSummary> {
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<(usize, &ServiceSummary)> =
        entries.iter().filter_map(|entry| Some((entry.rank(&words)?, &entry.summary))).collect();
    found.sort_by(|(rank, a), (other, b)| {
        rank.cmp(other).then_with(|| a.title.get(language).cmp(b.title.get(language)))
    });
    found.into_iter().map(|(_, summary)| summary).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use serde_json::{Value, json};

    use super::{Entry, search};

    fn document(service_id: &str, zh: &str, en: &str) -> Value {
        json!({
            "service_id": service_id, "version": 1, "title": { "zh": zh, "en": en },
            "summary": { "zh": format!("{zh}的说明"), "en": format!("About {en}") },
            "keywords": ["看病", "Hospital"], "department": { "zh": "医保局", "en": "Insurance office" },
            "form": { "pages": [] }, "legal_deadline_days": 20, "promised_deadline_days": 5,
            "result": { "zh": "结果", "en": "Result" }, "workflow": "reimbursement"
        })
    }

    fn entries() -> Vec<Entry> {
        [
            document("medical-reimbursement", "医疗费用报销", "Medical reimbursement"),
            document("insurance-balance", "医保余额", "Insurance balance"),
            document("senior-card", "老年人优待证", "Senior card"),
        ]
        .iter()
        .map(|document| Entry::read(&document.to_string()).unwrap())
        .collect()
    }

    fn ids(text: &str, limit: usize) -> Vec<String> {
        let entries = entries();
        search(&entries, text, Language::En, limit).iter().map(|found| found.service_id.to_string()).collect()
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
            assert_eq!(search(&[entry], "新事", Language::Zh, 1).len(), 1);
        }
        assert!(!entries().iter().any(|entry| entry.summary.needs_newer_app));
        assert!(Entry::read("{}").is_none());
    }
}
