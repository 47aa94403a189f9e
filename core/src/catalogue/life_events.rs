//! Services by the event of a life: what there is to do when a child is born, somebody retires or dies.

use citizen_api::catalogue::LifeEvent;
use citizen_api::{LifeEventId, ServiceId};
use rusqlite::Transaction;
use serde::Serialize;

use super::entry::{Entry, ServiceSummary};
use super::services::Services;
use super::store;
use crate::Error;

/// An event of a life, and how many services there are for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LifeEventSummary {
    /// The event.
    #[serde(flatten)]
    pub life_event: LifeEvent,
    /// How many services it needs, or may need.
    pub services: u64,
}

/// The expression that the index stands on: written the same, or the index is not used.
const EVENT: &str =
    "CASE WHEN json_valid(document) THEN json_extract(document, '$.life_event.life_event_id') END";

impl Services {
    /// Every event that the city names, the one with most services first.
    pub fn life_events(&self) -> Result<Vec<LifeEventSummary>, Error> {
        self.device().database.read(|tx| {
            let sql = format!(
                "SELECT COUNT(*), MIN(service_id) FROM services WHERE {EVENT} IS NOT NULL
                 GROUP BY {EVENT} ORDER BY 1 DESC, 2"
            );
            let mut statement = tx.prepare_cached(&sql)?;
            let rows = statement
                .query_map([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?)))?
                .collect::<Result<Vec<_>, _>>()?;
            let mut events = Vec::with_capacity(rows.len());
            for (services, first) in rows {
                let event = entry(tx, &first.as_str().into())?.and_then(|entry| entry.service?.life_event);
                events.extend(event.map(|life_event| LifeEventSummary { life_event, services }));
            }
            Ok(events)
        })
    }

    /// The services for an event, at most `limit`, in the order of their names.
    pub fn of_life_event(&self, event: &LifeEventId, limit: usize) -> Result<Vec<ServiceSummary>, Error> {
        self.device().database.read(|tx| {
            let sql =
                format!("SELECT service_id FROM services WHERE {EVENT} = ?1 ORDER BY service_id LIMIT ?2");
            let mut statement = tx.prepare_cached(&sql)?;
            let names = statement
                .query_map((event.as_str(), i64::try_from(limit).unwrap_or(i64::MAX)), |row| {
                    row.get::<_, String>(0)
                })?
                .collect::<Result<Vec<_>, _>>()?;
            let entries = names.iter().map(|name| entry(tx, &name.as_str().into()));
            entries
                .filter_map(|entry| entry.map(|entry| entry.map(|entry| entry.summary)).transpose())
                .collect()
        })
    }
}

fn entry(tx: &Transaction<'_>, service_id: &ServiceId) -> Result<Option<Entry>, Error> {
    Ok(store::document(tx, service_id)?.as_deref().and_then(Entry::read))
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::catalogue::LifeEvent;

    use crate::testing::{TestPerson, service};

    #[tokio::test]
    async fn services_are_found_by_the_event_they_are_for() {
        let person = TestPerson::new();
        let event =
            LifeEvent { life_event_id: "retirement".into(), title: Text::new("退休", "Retirement") };
        for name in ["a", "b"] {
            let mut service = service();
            service.service_id = name.into();
            service.life_event = Some(event.clone());
            person.publish(&service);
        }
        let services = person.compartment.services();
        let events = services.life_events().unwrap();
        assert_eq!(events.len(), 1, "a service without an event makes one");
        assert_eq!((&events[0].life_event, events[0].services), (&event, 2));
        let found = services.of_life_event(&"retirement".into(), 1).unwrap();
        assert_eq!(found.iter().map(|found| found.service_id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(services.of_life_event(&"nothing".into(), 9).unwrap(), []);
    }
}
