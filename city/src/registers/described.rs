//! What the departments keep, as data: `GET /v1/registers`, and what people call it.

use std::sync::LazyLock;

use citizen_api::register::{DepartmentRegisters, RegisterCatalogue, RegisterDescription, RegisterItem};
use citizen_api::{RegisterId, Text};

use crate::http::Json;

const REGISTERS: &str = include_str!("../../data/registers.json");

/// Every register, by department. A test keeps the document from being unreadable.
static DEPARTMENTS: LazyLock<Vec<DepartmentRegisters>> =
    LazyLock::new(|| serde_json::from_str(REGISTERS).unwrap_or_default());

fn all() -> impl Iterator<Item = &'static RegisterDescription> {
    DEPARTMENTS.iter().flat_map(|department| &department.registers)
}

fn find(register: &RegisterId) -> Option<&'static RegisterDescription> {
    all().find(|known| known.register == *register)
}

/// What people call a register. One that is not described is called by its own name.
pub(crate) fn title(register: &RegisterId) -> Text {
    let own = || Text::new(register.as_str(), register.as_str());
    find(register).map_or_else(own, |known| known.title.clone())
}

/// The items of a register with what people call them.
pub(super) fn items<'a>(register: &RegisterId, names: impl Iterator<Item = &'a str>) -> Vec<RegisterItem> {
    let known = find(register).map(|known| known.items.as_slice()).unwrap_or_default();
    names
        .map(|name| {
            let own = || RegisterItem { item: name.to_owned(), title: Text::new(name, name) };
            known.iter().find(|item| item.item == name).cloned().unwrap_or_else(own)
        })
        .collect()
}

/// An item of a register with what people call it. One that is not described is called by its own name.
pub(crate) fn item(register: &RegisterId, name: &str) -> RegisterItem {
    let own = || RegisterItem { item: name.to_owned(), title: Text::new(name, name) };
    items(register, [name].into_iter()).into_iter().next().unwrap_or_else(own)
}

/// What people call an item of a register.
#[cfg(test)]
pub(crate) fn title_of_item(register: &RegisterId, name: &str) -> Text {
    item(register, name).title
}

/// What the city's departments keep of people.
#[utoipa::path(
    get, path = "/v1/registers", tag = "registers",
    responses((status = 200, description = "The registers, by department", body = RegisterCatalogue))
)]
pub(super) async fn catalogue() -> Json<RegisterCatalogue> {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Json(RegisterCatalogue {
        registers: count(all().count()),
        shared: count(all().filter(|register| register.shared).count()),
        departments: DEPARTMENTS.clone(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{DEPARTMENTS, all, find, title};
    use crate::catalogue::Documents;
    use crate::registers::prefill::{items_of, registers_of};

    #[test]
    fn the_city_describes_288_registers_and_shares_123() {
        assert!(DEPARTMENTS.len() > 20);
        let names: BTreeSet<&str> = all().map(|register| register.register.as_str()).collect();
        assert_eq!((names.len(), all().count()), (288, 288), "each once");
        assert_eq!(all().filter(|register| register.shared).count(), 123);
        assert!(all().all(|register| !register.title.zh.is_empty() && !register.title.en.is_empty()));
    }

    #[test]
    fn what_a_document_reads_is_described_and_shared() {
        for service in Documents::BuiltIn.read().unwrap() {
            for register in registers_of(&service) {
                let known = find(&register).unwrap_or_else(|| panic!("{} {register}", service.service_id));
                assert!(known.shared, "{} {register}", service.service_id);
                let items: BTreeSet<&str> = known.items.iter().map(|item| item.item.as_str()).collect();
                for item in items_of(&service, &register) {
                    assert!(items.contains(item), "{} {register} {item}", service.service_id);
                }
            }
        }
        assert_eq!(title(&"no-such".into()).zh, "no-such");
    }
}
