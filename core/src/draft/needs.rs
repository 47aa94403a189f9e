//! What a service leaves for this person to do, told before anything is opened.

use citizen_api::ServiceId;
use citizen_api::evidence::Requirement;
use citizen_api::{Text, catalogue::PublicService};
use citizen_form::Registers;
use citizen_form::evidence::outlook;
use serde::Serialize;

use super::{Drafts, prefill};
use crate::Error;

/// What a service leaves for a person to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Needs {
    /// Whether the ID is enough: nothing to bring, nothing to photograph (一证通办).
    pub only_the_id: bool,
    /// The papers to have at hand.
    pub files: Vec<Text>,
    /// The papers that a declaration stands for.
    pub declared: Vec<Text>,
    /// The papers for which a counter must help.
    pub at_counter: Vec<Text>,
    /// All of it in one sentence.
    pub sentence: Text,
    /// Whether registers have answered for this very person; where not, it says what holds for people whom they know.
    pub for_this_person: bool,
}

impl Needs {
    /// What holds for people whom the registers know: for a service that is looked at before anybody signs in.
    pub fn of(service: &PublicService) -> Self {
        Self::with(service, &Registers::not_asked())
    }

    fn with(service: &PublicService, registers: &Registers) -> Self {
        let outlook = outlook(&service.requirements, registers);
        let titles = |papers: &[&Requirement]| papers.iter().map(|paper| paper.title.clone()).collect();
        Self {
            only_the_id: outlook.only_the_id(),
            files: titles(&outlook.files),
            declared: titles(&outlook.declared),
            at_counter: titles(&outlook.at_counter),
            sentence: outlook.sentence(),
            for_this_person: registers.asked,
        }
    }
}

impl Drafts {
    /// What a service still needs from this person after shared data is counted, as of the last time that registers
    /// were asked for it. Works without a network.
    pub fn needs(&self, service_id: &ServiceId) -> Result<Needs, Error> {
        let service = self.compartment.services().show(service_id)?;
        let said = self.compartment.read(|tx, sealer| prefill::kept(tx, sealer, service_id))?;
        let registers = said.map_or_else(Registers::not_asked, |(said, _)| Registers::said(&said));
        Ok(Needs::with(&service, &registers))
    }

    /// The same after asking the registers. Each reading is logged at the city with its purpose.
    pub async fn ask_needs(&self, service_id: &ServiceId) -> Result<Needs, Error> {
        prefill::pull(&self.compartment, service_id).await?;
        self.needs(service_id)
    }
}
