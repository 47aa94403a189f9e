//! The hand-written services of `city/catalogue/`, read strictly: what a document says is what holds.

use citizen_api::catalogue::PublicService;
use serde_json::Value;

use super::audit::{self, Fault};
use super::strict_json::StrictValue;

/// A document by the name of its file, without the ending.
type Source = (&'static str, &'static str);

macro_rules! documents {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../catalogue/", $name, ".json")))),*]
    };
}

/// Every document that is built in.
const EMBEDDED: &[Source] = documents![
    "adoption-registration",
    "annual-tax-settlement",
    "appliance-trade-in",
    "birth-registration",
    "business-registration",
    "child-care-subsidy",
    "chronic-illness-outpatient",
    "disability-allowances",
    "disability-certificate",
    "dog-licence",
    "driving-licence-renewal",
    "driving-licence-replacement",
    "ebike-plate",
    "elevator-retrofit",
    "family-account-sharing",
    "farm-machinery-subsidy",
    "farmland-subsidy",
    "flexible-worker-insurance",
    "flexible-worker-subsidy",
    "food-business-licence",
    "food-workshop",
    "funeral-grant",
    "gas-account-transfer",
    "home-care-subsidy",
    "home-transfer-notice",
    "hong-kong-macao-permit",
    "housing-fund-home-purchase",
    "housing-fund-rent",
    "housing-fund-retirement",
    "id-card-renewal",
    "id-card-replacement",
    "insurance-balance",
    "kinship-proof",
    "lawyer-licence",
    "legal-aid",
    "library-card",
    "mandate-notarisation",
    "marriage-booking",
    "marriage-certificate-reissue",
    "maternity-allowance",
    "medical-insurance-enrolment",
    "medical-insurance-transfer",
    "medical-reimbursement",
    "minimum-living-allowance",
    "mortgage-cancellation",
    "move-in-household",
    "name-change",
    "newborn-registration",
    "newcomer-registration",
    "no-crime-record",
    "number-plate-replacement",
    "passport",
    "pension-qualification",
    "pension-transfer",
    "power-account-transfer",
    "property-proof",
    "property-search",
    "public-place-health-licence",
    "public-rental-housing",
    "remote-treatment-filing",
    "rental-registration",
    "residence-permit",
    "residence-proof",
    "resident-pension",
    "retirement-application",
    "road-occupation",
    "school-enrolment",
    "school-transfer",
    "senior-age-allowance",
    "senior-card-60",
    "senior-card-70",
    "senior-meals",
    "shop-sign-approval",
    "smart-senior-alarm",
    "social-card-loss",
    "social-card-replacement",
    "sole-trader-change",
    "sole-trader-closure",
    "special-hardship-support",
    "standard-land-project",
    "start-up-subsidy",
    "student-aid",
    "surveillance-footage",
    "teacher-qualification",
    "temporary-id-card",
    "temporary-relief",
    "unemployment-benefit",
    "unemployment-registration",
    "vehicle-inspection-mark",
    "veteran-card",
    "village-house-approval",
    "wage-complaint",
    "water-account-transfer",
    "work-injury-benefit",
    "work-injury-recognition",
];

/// Why a document is not a service.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is not JSON, has a key twice, or lacks what a service must have.
    #[error("the document {name} cannot be read: {source}")]
    Unreadable {
        /// The document.
        name: String,
        /// Where and why.
        source: serde_json::Error,
    },
    /// It says something that no reader understands.
    #[error("the document {name} says something at {pointer} that has no meaning there")]
    NotUnderstood {
        /// The document.
        name: String,
        /// Where.
        pointer: String,
    },
    /// Its file cannot be read.
    #[error("{path}: {reason}")]
    Io {
        /// The file or folder.
        path: std::path::PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// It contradicts itself.
    #[error("the document {name}: {fault}")]
    Contradictory {
        /// The document.
        name: String,
        /// How.
        fault: Fault,
    },
}

/// The services that are built in, in the order of their names.
pub(super) fn embedded() -> Result<Vec<PublicService>, DocumentError> {
    EMBEDDED.iter().map(|(name, text)| read(name, text)).collect()
}

/// Reads one document, strictly.
pub(super) fn read(name: &str, text: &str) -> Result<PublicService, DocumentError> {
    let unreadable = |source| DocumentError::Unreadable { name: name.to_owned(), source };
    let StrictValue(written) = serde_json::from_str(text).map_err(unreadable)?;
    let service: PublicService = serde_json::from_value(written.clone()).map_err(unreadable)?;
    let understood = serde_json::to_value(&service).map_err(unreadable)?;
    if let Some(pointer) = lost(&written, &understood) {
        return Err(DocumentError::NotUnderstood { name: name.to_owned(), pointer });
    }
    match audit::first_fault(name, &service) {
        Some(fault) => Err(DocumentError::Contradictory { name: name.to_owned(), fault }),
        None => Ok(service),
    }
}

/// The JSON pointer to the first thing that was written and is not among what was understood. Wire types pass
/// over what they do not know, so that an old phone reads a new catalogue; a document must not count on that.
fn lost(written: &Value, understood: &Value) -> Option<String> {
    match (written, understood) {
        (Value::Object(written), Value::Object(understood)) => written.iter().find_map(|(key, value)| {
            let inner = understood.get(key).map_or(Some(String::new()), |kept| lost(value, kept))?;
            Some(format!("/{key}{inner}"))
        }),
        (Value::Array(written), Value::Array(understood)) if written.len() == understood.len() => written
            .iter()
            .zip(understood)
            .enumerate()
            .find_map(|(index, (value, kept))| Some(format!("/{index}{}", lost(value, kept)?))),
        _ => (written != understood).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::catalogue::PublicService;
    use citizen_api::evidence::EvidenceRoute;
    use serde_json::{Value, json};

    use super::{DocumentError, EMBEDDED, embedded, read};

    fn document() -> Value {
        let (_, text) = EMBEDDED.iter().find(|(name, _)| *name == "medical-reimbursement").unwrap();
        serde_json::from_str(text).unwrap()
    }

    fn fault_at(pointer: &str, value: Value) -> String {
        let mut document = document();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[key] = value;
        read("medical-reimbursement", &document.to_string()).unwrap_err().to_string()
    }

    #[test]
    fn every_document_in_the_folder_is_built_in_and_sound() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        let services = embedded().unwrap();
        assert_eq!(services.iter().map(|service| service.service_id.to_string()).collect::<Vec<_>>(), names);
    }

    /// The evidences that a service asks of everyone: a file must be provided, and there is no other way.
    fn asked_evidences(service: &PublicService) -> usize {
        let asked = |routes: &[EvidenceRoute]| matches!(routes, [EvidenceRoute::Provided(file)] if file.min_files > 0);
        service.requirements.iter().filter(|requirement| asked(&requirement.routes)).count()
    }

    #[test]
    fn the_documents_reach_the_level_of_the_reform() {
        let services = embedded().unwrap();
        let asked: usize = services.iter().map(asked_evidences).sum();
        assert!(
            asked * 100 <= services.len() * 179,
            "{asked} evidences are asked by {} services, more than 1.79 each",
            services.len(),
        );
        let livelihood: Vec<_> = services.iter().filter(|service| service.livelihood).collect();
        let only_the_id = livelihood.iter().filter(|service| asked_evidences(service) == 0).count();
        assert!(
            only_the_id * 1000 >= livelihood.len() * 589,
            "only the ID is needed by {only_the_id} of {} livelihood services, fewer than 58.9 %",
            livelihood.len(),
        );
    }

    #[test]
    fn what_no_reader_would_understand_is_refused_with_its_place() {
        for (pointer, value) in [
            ("/colour", json!("red")),
            ("/form/pages/0/hint", json!("x")),
            ("/requirements/0/routes/0/minimum", json!(1)),
        ] {
            let error = fault_at(pointer, value);
            assert!(error.contains(&format!(" {pointer} ")), "{error}");
        }
        let error = fault_at("/form/pages/0/fields/0/kind", json!({"type": "hologram"}));
        assert!(error.contains("/form/pages/0/fields/0/kind/type"), "{error}");
    }

    #[test]
    fn a_hidden_second_key_is_refused() {
        let text = document().to_string().replacen("\"version\":1", "\"version\":1,\"version\":2", 1);
        assert!(matches!(read("medical-reimbursement", &text), Err(DocumentError::Unreadable { .. })));
    }

    #[test]
    fn a_text_in_one_language_is_refused() {
        let error = fault_at("/title", json!({"zh": "报销"}));
        assert!(error.contains("missing field `en`"), "{error}");
    }
}
