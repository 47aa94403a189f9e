//! Computing the figures.

use citizen_api::catalogue::PublicService;
use citizen_api::figures::{Figures, ProofsCancelled};
use citizen_form::evidence::{Outlook, Registers, Resolution, outlook, resolve};

use crate::store::{Row, StoreError, Tx};

/// What the documents alone say; what only cases can tell is left open.
///
/// They are read for a citizen whose registers have their records: a register that was not asked is counted on.
pub fn of_documents<'a>(services: impl IntoIterator<Item = &'a PublicService>) -> Figures {
    let registers = Registers::not_asked();
    let (mut all, mut livelihood, mut only_the_id, mut files) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut proofs_cancelled = ProofsCancelled::default();
    for service in services {
        let needed: Outlook<'_> = outlook(&service.requirements, &registers);
        all += 1;
        livelihood += u64::from(service.livelihood);
        only_the_id += u64::from(service.livelihood && needed.only_the_id());
        files = files.saturating_add(u64::try_from(needed.files.len()).unwrap_or(u64::MAX));
        for requirement in &service.requirements {
            count(&mut proofs_cancelled, &resolve(requirement, &registers));
        }
    }
    Figures {
        services: all,
        livelihood_services: livelihood,
        one_id_share: share(only_the_id, livelihood),
        proofs_cancelled,
        evidence_declared_per_service: share(files, all),
        evidence_asked_per_case: None,
        online_share: None,
        off_hours_share: None,
        trips_per_case: None,
        cases: 0,
        grievances: 0,
        answered_in_time_share: None,
        forbidden_requests: 0,
    }
}

fn count(proofs: &mut ProofsCancelled, resolution: &Resolution<'_>) {
    let way = match resolution {
        Resolution::Cancelled { .. } => &mut proofs.cancelled,
        Resolution::Declared { .. } => &mut proofs.declared,
        Resolution::Checked { .. } => &mut proofs.checked,
        Resolution::Shared { .. } | Resolution::Pending { .. } | Resolution::Deferred { .. } => {
            &mut proofs.shared
        }
        Resolution::Provided(_) | Resolution::NoRoute => return,
    };
    *way = way.saturating_add(1);
}

/// Adds what the cases tell. One statement counts them; no document is opened for it.
pub(super) fn with_cases(tx: &mut dyn Tx, figures: Figures) -> Result<Figures, StoreError> {
    let row = tx.query_one(
        "SELECT COUNT(*), COALESCE(SUM(channel = 'network'), 0), COALESCE(SUM(off_hours), 0),
                COALESCE(SUM(delivery = 'counter' AND status <> 'refused'), 0),
                (SELECT COUNT(*) FROM case_evidence AS kept
                 WHERE kept.files > 0 AND NOT EXISTS (SELECT 1 FROM grievances AS apart
                     WHERE apart.citizen_id = kept.citizen_id AND apart.case_id = kept.case_id)),
                (SELECT COUNT(*) FROM evidence_requests),
                (SELECT COUNT(*) FROM forbidden_requests),
                (SELECT COUNT(*) FROM grievances), (SELECT COALESCE(SUM(trips), 0) FROM grievances),
                (SELECT COUNT(*) FROM grievances WHERE level = first_level AND answered_at IS NOT NULL),
                (SELECT COUNT(*) FROM grievances WHERE level > first_level OR answered_at IS NOT NULL)
         FROM cases WHERE workflow <> 'grievance'",
        &[],
    )?;
    let row: Row = row.ok_or(StoreError::Column { column: 0, expected: "a count" })?;
    let cases: u64 = row.number(0)?;
    let asked = row.number::<u64>(4)?.saturating_add(row.number(5)?);
    Ok(Figures {
        evidence_asked_per_case: share(asked, cases),
        online_share: share(row.number(1)?, cases),
        off_hours_share: share(row.number(2)?, cases),
        trips_per_case: share(row.number::<u64>(3)?.saturating_add(row.number(8)?), cases),
        cases,
        grievances: row.number(7)?,
        answered_in_time_share: share(row.number(9)?, row.number(10)?),
        forbidden_requests: row.number(6)?,
        ..figures
    })
}

/// A part of a whole; none where there is no whole.
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use citizen_api::catalogue::PublicService;

    use super::of_documents;
    use crate::catalogue::Documents;
    use crate::testing::bus_pass;

    #[test]
    fn the_documents_reach_the_level_of_the_reform() {
        let figures = of_documents(&Documents::BuiltIn.read().unwrap());
        assert!(figures.one_id_share.unwrap() >= 0.589, "{figures:?}");
        assert!(figures.evidence_declared_per_service.unwrap() <= 1.79, "{figures:?}");
        assert!(figures.services >= 81 && figures.livelihood_services >= 17, "{figures:?}");
    }

    #[test]
    fn each_requirement_counts_by_the_first_way_that_a_citizen_takes() {
        let service: PublicService = serde_json::from_value(bus_pass()).unwrap();
        let figures = of_documents([&service]);
        let proofs = figures.proofs_cancelled;
        assert_eq!((proofs.cancelled, proofs.declared, proofs.checked, proofs.shared), (1, 1, 2, 2));
        assert_eq!((proofs.all(), figures.one_id_share), (6, Some(0.0)), "a portrait must be brought");
        assert_eq!(figures.evidence_declared_per_service, Some(1.0));
        let nothing = of_documents([]);
        assert_eq!((nothing.one_id_share, nothing.evidence_declared_per_service), (None, None));
    }
}
