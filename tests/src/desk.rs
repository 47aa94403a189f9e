//! A city, and a phone on which somebody has signed in.

use std::path::Path;

use citizen_api::CaseId;
use citizen_api::officer::LedgerSubmission;
use serde_json::Value;
use tempfile::TempDir;

use crate::city_process::CityProcess;
use crate::journey::{ID_NUMBER, PIN};
use crate::phone::{Phone, text};
use crate::proxy::Proxy;
use crate::{Failure, Outcome};

/// A city, and the phone of 王秀英, who has signed in and has the catalogue.
pub struct Desk {
    /// Where everything of it stands.
    pub folder: TempDir,
    /// The city.
    pub city: CityProcess,
    /// The network between.
    pub proxy: Proxy,
    /// Her phone.
    pub phone: Phone,
}

impl Desk {
    /// Sets it up.
    pub fn set() -> Outcome<Self> {
        let folder = tempfile::tempdir().map_err(Failure::machine("no folder can be made"))?;
        let proxy = Proxy::bind()?;
        let city = CityProcess::start(&folder.path().join("city"), &proxy.url())?;
        proxy.forward_to(city.address());
        let phone = signed_in(&city, &proxy, &folder.path().join("phone"), ID_NUMBER)?;
        Ok(Self { folder, city, proxy, phone })
    }

    /// Another phone, on which somebody has signed in.
    pub fn other_phone(&self, name: &str, id_number: &str) -> Outcome<Phone> {
        signed_in(&self.city, &self.proxy, &self.folder.path().join(name), id_number)
    }

    /// Begins a draft.
    pub fn begin(&self, service_id: &str) -> Outcome<String> {
        let made = self.phone.done(&["draft", "new", service_id])?;
        text(&made, "/draft_id").map(str::to_owned)
    }

    /// The draft as it is shown.
    pub fn draft(&self, draft_id: &str) -> Outcome<Value> {
        self.phone.done(&["draft", "show", draft_id])
    }

    /// Files a draft, and gives what the city's ledger has of it.
    pub fn file(&self, draft_id: &str) -> Outcome<LedgerSubmission> {
        let filed = self.phone.done(&["draft", "submit", draft_id])?;
        let transaction_id = text(&filed, "/transaction_id")?.to_owned();
        let kept = self.city.ledger(ID_NUMBER)?.submissions;
        let mut kept = kept.into_iter().filter(|kept| kept.transaction_id.to_string() == transaction_id);
        kept.next().ok_or_else(|| Failure::promise(format!("the ledger does not have {transaction_id}")))
    }

    /// The case as the phone has it after a sync.
    pub fn case(&self, case_id: CaseId) -> Outcome<Value> {
        self.phone.done(&["sync"])?;
        self.phone.done(&["case", "show", &case_id.to_string()])
    }
}

fn signed_in(city: &CityProcess, proxy: &Proxy, folder: &Path, id_number: &str) -> Outcome<Phone> {
    let phone = Phone::install(folder, &proxy.url(), PIN)?;
    let code = city.code(id_number)?;
    phone.done(&["login", "--headless", "--id", id_number, "--code", &code])?;
    phone.done(&["sync"])?;
    Ok(phone)
}
