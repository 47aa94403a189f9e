//! Taking in a catalogue that came with the app.

use super::entry::Entry;
use super::pull::CatalogueState;
use super::store;
use crate::Error;
use crate::app::Device;

/// Takes in documents as a pull would take them, in one transaction, where this device has no catalogue yet: what the
/// city said is at least as new as anything that was packed up with an app. The next pull brings what changed since
/// that version.
pub(crate) fn install(
    device: &Device,
    version: u64,
    documents: impl IntoIterator<Item = String>,
) -> Result<CatalogueState, Error> {
    device.database.write(|tx| {
        let here = store::version(tx)?;
        if here != 0 || version == 0 {
            return Ok(CatalogueState { version: here, changed: 0 });
        }
        let mut changed = 0;
        for document in documents {
            let entry = Entry::read(&document).ok_or(Error::CityAnsweredNonsense)?;
            store::put(tx, &entry.summary.service_id, &document)?;
            changed += 1;
        }
        store::repack(tx, version)?;
        store::set_version(tx, version)?;
        Ok(CatalogueState { version, changed })
    })
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use crate::testing::{TestPerson, service, text};

    #[test]
    fn a_catalogue_that_came_with_the_app_is_taken_in_once_and_never_over_the_citys() {
        let person = TestPerson::new();
        let device = person.compartment.device();
        let document = |name: &str| {
            let mut service = service();
            (service.service_id, service.title) = (name.into(), text(name));
            serde_json::to_string(&service).unwrap()
        };
        let install = |version, name: &str| {
            super::install(device, version, [document(name)]).map(|state| (state.version, state.changed))
        };
        assert_eq!(install(9, "over"), Ok((1, 0)), "the city's catalogue is here");
        device.database.write(|tx| Ok(tx.execute("DELETE FROM settings", [])?)).unwrap();
        assert_eq!(install(2, "bundled"), Ok((2, 1)));
        assert_eq!(install(3, "again"), Ok((2, 0)));
        let services = person.compartment.services();
        assert_eq!(services.search("bundled", Language::En, 9).unwrap().len(), 1);
        assert!(services.show(&"bundled".into()).is_ok());
        assert!(super::install(device, 3, ["{}".to_owned()]).is_ok(), "nothing is read that is not taken");
    }
}
