//! The hand-written services of `city/catalogue/`, read strictly: what a document says is what holds.

use std::sync::OnceLock;

use citizen_api::catalogue::PublicService;

use super::check::check;
use super::fault::{Fault, PlacedFault};

/// A document by the name of its file, without the ending.
type Source = (&'static str, &'static str);

macro_rules! documents {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../catalogue/", $name, ".json")))),*]
    };
}

/// Every document that is built in.
pub(super) const EMBEDDED: &[Source] = documents![
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
    "trip-not-done",
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

/// Why documents are not services.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A document is not sound.
    #[error("{}", told(name, faults))]
    Unsound {
        /// The document.
        name: String,
        /// Everything that is wrong with it.
        faults: Vec<PlacedFault>,
    },
    /// Two documents contradict each other.
    #[error("the document {name}: {}: {}", fault.pointer, fault.reason.en)]
    Contradictory {
        /// The document that is at fault.
        name: String,
        /// What is wrong.
        fault: Fault,
    },
    /// A file cannot be read.
    #[error("{path}: {reason}")]
    Io {
        /// The file or folder.
        path: std::path::PathBuf,
        /// Why.
        reason: std::io::Error,
    },
}

fn told(name: &str, faults: &[PlacedFault]) -> String {
    let lines: Vec<String> = faults.iter().map(|placed| placed.words(&format!("{name}.json")).en).collect();
    lines.join("; ")
}

/// The services that are built in, in the order of their names.
pub(super) fn embedded() -> Result<Vec<PublicService>, DocumentError> {
    // They never change while the program runs, and checking them takes a while.
    static READ: OnceLock<Vec<PublicService>> = OnceLock::new();
    if let Some(services) = READ.get() {
        return Ok(services.clone());
    }
    let services: Vec<PublicService> =
        EMBEDDED.iter().map(|(name, text)| read(name, text)).collect::<Result<_, _>>()?;
    Ok(READ.get_or_init(|| services).clone())
}

/// Reads one document, strictly.
pub(super) fn read(name: &str, text: &str) -> Result<PublicService, DocumentError> {
    check(name, text).map_err(|faults| DocumentError::Unsound { name: name.to_owned(), faults })
}

#[cfg(test)]
mod tests {
    use super::embedded;

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
}
