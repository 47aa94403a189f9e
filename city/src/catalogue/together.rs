//! What documents must agree on.

use std::collections::BTreeMap;

use citizen_api::catalogue::PublicService;
use citizen_api::{LifeEventId, ServiceId, Text};

use super::fault::Fault;

/// The events of a life that documents name, each with the words of the first that named it: a list of events shows
/// each once.
#[derive(Debug, Default)]
pub(crate) struct LifeEvents(BTreeMap<LifeEventId, (Text, ServiceId)>);

impl LifeEvents {
    /// Adds the event of a document; tells where it has other words than in one before.
    pub(crate) fn add(&mut self, service: &PublicService) -> Result<(), Fault> {
        let Some(event) = &service.life_event else { return Ok(()) };
        let first = || (event.title.clone(), service.service_id.clone());
        let (title, other) = self.0.entry(event.life_event_id.clone()).or_insert_with(first);
        if *title == event.title {
            return Ok(());
        }
        Err(Fault::new(
            "/life_event/title",
            format!("“{}”在 {other} 里叫“{}”。同一件事要用同样的话。", event.life_event_id, title.zh),
            format!(
                "“{}” is called “{}” in {other}. One event has the same words everywhere.",
                event.life_event_id, title.en
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::catalogue::PublicService;

    use super::LifeEvents;
    use crate::testing::bus_pass;

    #[test]
    fn one_event_has_the_same_words_in_every_document() {
        let mut events = LifeEvents::default();
        let mut service: PublicService = serde_json::from_value(bus_pass()).unwrap();
        assert!(events.add(&service).is_ok() && events.add(&service).is_ok());
        service.life_event.as_mut().unwrap().title.zh.push('们');
        let fault = events.add(&service).unwrap_err();
        assert!(fault.reason.en.contains("bus-pass") && fault.pointer == "/life_event/title");
    }
}
