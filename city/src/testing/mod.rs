//! A city of its own for each test, served on a free port and spoken to over real HTTP, and phones for it.

mod bill;
mod phone;
#[path = "../../tests/shared/proof.rs"]
mod proof;
mod service;

use std::net::Ipv4Addr;

use citizen_api::officer::Ledger;
use citizen_form::IdNumber;
use jiff::civil::Date;
use reqwest::{Client, Method, RequestBuilder};
use serde::Serialize;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::catalogue::Documents;
use crate::data_folder::DataFolder;
use crate::http::{City, Config, Server};

pub(crate) use bill::{INVOICE, bill};
pub(crate) use phone::Phone;
pub(crate) use proof::{PhoneKey, claims};
pub(crate) use service::{bus_pass, bus_pass_submission};

/// The document of the reimbursement, as it is built in.
pub(crate) fn reimbursement() -> serde_json::Value {
    serde_json::from_str(include_str!("../../catalogue/medical-reimbursement.json")).unwrap()
}

/// What the city answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) replayed: bool,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The problem's type and pointer.
    pub(crate) fn problem(&self) -> (String, Option<String>) {
        let problem: serde_json::Value = self.json();
        let text = |key: &str| problem[key].as_str().map(str::to_owned);
        (text("type").unwrap(), text("pointer"))
    }
}

pub(crate) struct TestCity {
    pub(crate) city: City,
    client: Client,
    officer_token: String,
    _folder: TempDir,
}

impl TestCity {
    /// A city without residents, on that day.
    pub(crate) async fn on(day: Date) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let data = DataFolder::new(folder.path());
        let config =
            Config { data: data.clone(), public_url: None, seed: None, documents: Documents::BuiltIn };
        let server = Server::open(listener, config).await.unwrap();
        let city = server.city().clone();
        city.clock.set(&city.store, day).await.unwrap();
        tokio::spawn(server.run(std::future::pending()));
        let officer_token = std::fs::read_to_string(data.officer_token()).unwrap();
        Self { city, client: Client::new(), officer_token, _folder: folder }
    }

    /// A resident of that name, born on that day; gives the ID number.
    pub(crate) async fn resident(&self, citizen_id: &'static str, born: Date) -> String {
        let order = citizen_id.bytes().fold(0_u16, |sum, byte| (sum * 31 + u16::from(byte)) % 990);
        let id_number = IdNumber::compose("330782", born, order).unwrap().as_str().to_owned();
        let stored = id_number.clone();
        self.city
            .store
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO residents (citizen_id, id_number, name, gender, birth_date, address)
                     VALUES ($1, $2, '赵\"某\\', 'female', $3, '稠城街道 1 号')",
                    &[citizen_id.into(), stored.into(), born.into()],
                )?;
                for register in ["population", "medical_insurance", "social_insurance"] {
                    tx.execute(
                        "INSERT INTO register_records (citizen_id, register, item, value, as_of)
                         VALUES ($1, $2, 'known', 'yes', '2026-01-01')",
                        &[citizen_id.into(), register.into()],
                    )?;
                }
                tx.execute(
                    "INSERT INTO insurance_accounts (citizen_id, scheme, year, current_year_fen,
                                                     earlier_years_fen)
                     VALUES ($1, 'resident', 2026, 0, 0)",
                    &[citizen_id.into()],
                )
            })
            .await
            .unwrap();
        id_number
    }

    /// The ID number of a resident.
    pub(crate) async fn id_number(&self, citizen_id: &'static str) -> String {
        let sql = "SELECT id_number FROM residents WHERE citizen_id = $1";
        let found = self.city.store.read(move |tx| tx.query_one(sql, &[citizen_id.into()]));
        found.await.unwrap().unwrap().text(0).unwrap()
    }

    /// Asks as an officer.
    pub(crate) async fn officer(&self, method: Method, path: &str) -> Reply {
        self.send(self.request(method, path).bearer_auth(&self.officer_token)).await
    }

    /// Posts as an officer.
    pub(crate) async fn officer_post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(Method::POST, path).bearer_auth(&self.officer_token).json(body)).await
    }

    /// Puts as an officer.
    pub(crate) async fn officer_put(&self, path: &str, body: &impl Serialize) -> Reply {
        self.send(self.request(Method::PUT, path).bearer_auth(&self.officer_token).json(body)).await
    }

    /// Publishes a service's document.
    pub(crate) async fn publish(&self, document: &serde_json::Value) -> Reply {
        let name = document["service_id"].as_str().unwrap();
        self.officer_put(&format!("/v1/officer/services/{name}"), document).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.city.base_url()))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        Reply {
            status: response.status().as_u16(),
            replayed: response.headers().contains_key("Idempotent-Replay"),
            text: response.text().await.unwrap(),
        }
    }

    /// What the city says it did for a person.
    pub(crate) async fn ledger(&self, id_number: &str) -> Ledger {
        let reply = self.officer(Method::GET, &format!("/v1/officer/ledger?id_number={id_number}")).await;
        assert_eq!(reply.status, 200);
        reply.json()
    }

    /// Removes what a register has of a person.
    pub(crate) async fn forget(&self, citizen_id: &'static str, register: &'static str) {
        let work = move |tx: &mut dyn crate::store::Tx| {
            let sql = "DELETE FROM register_records WHERE citizen_id = $1 AND register = $2";
            tx.execute(sql, &[citizen_id.into(), register.into()])
        };
        assert_eq!(self.city.store.write(work).await.unwrap(), 1);
    }

    /// Has a register go down, or come back.
    pub(crate) async fn register(&self, register: &str, to: &str) -> Reply {
        self.officer(Method::POST, &format!("/v1/officer/registers/{register}/{to}")).await
    }

    /// A number that the database counts.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        let row = self.city.store.read(move |tx| tx.query_one(sql, &[])).await.unwrap();
        row.unwrap().integer(0).unwrap()
    }
}
