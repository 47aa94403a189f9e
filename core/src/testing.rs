//! What tests of the domains stand on: a person with a store in a folder of its own, and a service to file.

pub(crate) mod child;

use std::path::PathBuf;
use std::sync::Arc;

use citizen_api::catalogue::{Audience, DeliveryChoice, PublicService, Workflow};
use citizen_api::credential::IssuerMetadata;
use citizen_api::evidence::{Declaration, EvidenceRoute, Provided, Requirement};
use citizen_api::form::{Field, FieldKind, FormDefinition, Page, Prefill};
use citizen_api::jose::{Jwk, JwkSet};
use citizen_api::{Fen, Text, TransactionId};
use rusqlite::Transaction;
use serde_json::json;
use tempfile::TempDir;
use url::Url;

use crate::consent::Purpose;
use crate::draft::DraftId;
use crate::http::BoundKey;
use crate::jws::tests::TestKey;
use crate::outbox;
use crate::people::{Compartment, PersonId};
use crate::store::{Place, Sealer};
use crate::vault::{DeviceKeys, PinCost, VaultError};
use crate::{CitizenApp, Config, Error, Pin, Platform, SoftwareVault};

/// A text that is the same in both languages.
pub(crate) fn text(words: &str) -> Text {
    Text::new(words, words)
}

/// A person with an unlocked compartment, signed in; everything is removed when it is dropped.
pub(crate) struct TestPerson {
    pub(crate) compartment: Compartment,
    city: Url,
    folder: TempDir,
}

impl TestPerson {
    /// A person without a network.
    pub(crate) fn new() -> Self {
        Self::at("http://127.0.0.1:9/".parse().unwrap(), &TestKey::generate())
    }

    /// A person of a city that signs with that key.
    pub(crate) fn at(city: Url, key: &TestKey) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = open(&folder, &city);
        let compartment = app.open_for_subject(&"subject".into(), "", &pin(), PersonId::generate()).unwrap();
        let issuer = IssuerMetadata {
            issuer: city.to_string(),
            jwks: JwkSet { keys: vec![key.jwk("city")] },
            status_lists: Vec::new(),
        };
        let (issuer, service) = (serde_json::to_string(&issuer), serde_json::to_string(&service()));
        let device = &compartment.device().database;
        device
            .write(|tx| {
                let anchor = "INSERT INTO anchors (address, kind, document) VALUES ('city', 'issuer', ?1)";
                tx.execute(anchor, [issuer.unwrap()])?;
                let service_row = "INSERT INTO services (service_id, document) VALUES ('reimbursement', ?1)";
                tx.execute(service_row, [service.unwrap()])?;
                tx.execute("INSERT INTO settings (name, value) VALUES ('catalogue_version', '1')", [])?;
                Ok(())
            })
            .unwrap();
        compartment.write(sign_in).unwrap();
        Self { compartment, city, folder }
    }

    /// Puts a service into the catalogue on this phone, in the place of the one of its name, as a pull does.
    pub(crate) fn publish(&self, service: &PublicService) {
        let document = serde_json::to_string(service).unwrap();
        let publish = |tx: &Transaction<'_>| {
            tx.execute(
                "INSERT INTO services (service_id, document) VALUES (?1, ?2)
                 ON CONFLICT (service_id) DO UPDATE SET document = excluded.document",
                [service.service_id.as_str(), &document],
            )?;
            tx.execute(
                "UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'catalogue_version'",
                [],
            )?;
            Ok(())
        };
        self.compartment.device().database.write(publish).unwrap();
    }

    /// The same person in another process: opened from the disk alone.
    pub(crate) fn opened_again(&self) -> Compartment {
        self.app().unlock(self.compartment.person_id(), &pin()).unwrap()
    }

    /// The app in another process, where nobody is open yet.
    pub(crate) fn app(&self) -> CitizenApp {
        open(&self.folder, &self.city)
    }

    /// The folder for files that the person has outside the app.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// How many sealed files there are, finished or not.
    pub(crate) fn blobs(&self) -> usize {
        std::fs::read_dir(self.compartment.folder().join("blobs")).unwrap().count()
    }

    /// Runs a statement in the person's store.
    pub(crate) fn execute(&self, sql: &str) {
        self.compartment.write(|tx, _| Ok(tx.execute_batch(sql)?)).unwrap();
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: &str) -> u64 {
        self.count_again(&self.compartment, table)
    }

    /// How many rows a table has, told by the same person in another process.
    pub(crate) fn count_again(&self, again: &Compartment, table: &str) -> u64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        again.read(|tx, _| Ok(tx.query_row(&sql, [], |row| row.get(0))?)).unwrap()
    }

    /// What everyone's PIN is.
    pub(crate) fn pin() -> Pin {
        pin()
    }

    /// The signed document that waits under a transaction.
    pub(crate) fn queued_document(&self, transaction_id: TransactionId) -> String {
        self.compartment
            .read(|tx, sealer| Ok(outbox::queued_document(tx, sealer, transaction_id)?.unwrap()))
            .unwrap()
    }

    /// A draft of [`service`] that can be filed, with as many photographs.
    pub(crate) fn complete_draft(&self, photographs: usize) -> DraftId {
        let drafts = self.compartment.drafts();
        let draft_id = drafts.create(&"reimbursement".into()).unwrap();
        drafts.set_answer(draft_id, &"amount".into(), &json!(128_050)).unwrap();
        drafts.agree_declaration(draft_id, &"single-claim".into(), true).unwrap();
        for index in 0..photographs {
            let path = self.file(&format!("{index}.jpg"), &photograph(200 + index));
            self.compartment.attachments().attach(draft_id, &"invoice".into(), &path).unwrap();
        }
        draft_id
    }
}

/// A small JPEG of that many coded bytes, with a place in its Exif data.
pub(crate) fn photograph(coded: usize) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, 18];
    bytes.extend(b"Exif\0\0GPS-CANARY");
    bytes.extend([0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 16, 1, 1, 17, 0]);
    bytes.extend([0xFF, 0xDA, 0, 4, 1, 2]);
    bytes.extend((0..coded).map(|index| u8::try_from(index % 251).unwrap()));
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// A service with a field of each origin, a paper of each route, and a declaration.
pub(crate) fn service() -> PublicService {
    let requirement = |name: &str, routes| Requirement {
        requirement_id: name.into(),
        title: text(name),
        help: None,
        routes,
    };
    let provided = |min_files| {
        let accept = vec!["image/jpeg".to_owned(), "image/png".to_owned()];
        EvidenceRoute::Provided(Provided { min_files, max_files: 3, max_bytes: 8 * 1024 * 1024, accept })
    };
    let shared = EvidenceRoute::Shared { register: "population".into() };
    PublicService {
        service_id: "reimbursement".into(),
        version: 3,
        title: text("reimbursement"),
        summary: Text::default(),
        keywords: Vec::new(),
        department: Text::default(),
        audience: vec![Audience::Citizens],
        life_event: None,
        livelihood: true,
        often_offline: true,
        uses_a_year: 0,
        legal_basis: Vec::new(),
        form: form(),
        migrations: Vec::new(),
        grace_days: 30,
        requirements: vec![
            requirement("invoice", vec![provided(1)]),
            requirement("diagnosis", vec![provided(0)]),
            requirement("id-card", vec![shared, provided(0)]),
            requirement("residence", vec![EvidenceRoute::Cancelled { ground: text("ground") }]),
            requirement("single", vec![EvidenceRoute::Declared { declaration: "single-claim".into() }]),
        ],
        declarations: vec![Declaration {
            declaration_id: "single-claim".into(),
            title: text("single claim"),
            statement: text("statement"),
            consequences: text("consequences"),
        }],
        fee: Fen::ZERO,
        legal_deadline_days: 20,
        promised_deadline_days: 5,
        result: Text::default(),
        workflow: Workflow::Reimbursement,
        delivery: vec![DeliveryChoice::Phone],
        counters: Vec::new(),
    }
}

/// A page of an amount, words and a telephone number that a register knows.
fn form() -> FormDefinition {
    let field = |name: &str, kind, required, prefill| Field {
        required,
        prefill,
        ..Field::new(name, text(name), kind)
    };
    let from_register = Prefill { register: "population".into(), item: "phone".to_owned() };
    FormDefinition {
        pages: vec![Page {
            title: text("page"),
            fields: vec![
                field("amount", FieldKind::Money { min: 1, max: 10_000_000 }, true, None),
                field("note", FieldKind::LongText { max_length: 200 }, false, None),
                field("phone", FieldKind::Phone, false, Some(from_register)),
            ],
            visible_when: None,
        }],
        checks: Vec::new(),
    }
}

fn pin() -> Pin {
    Pin::new("482915")
}

fn open(folder: &TempDir, city: &Url) -> CitizenApp {
    let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
    let config =
        Config { data_dir: folder.path().join("data"), city: city.clone(), device_name: "test".to_owned() };
    let app = CitizenApp::open(
        config,
        Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) },
    )
    .unwrap();
    Purpose::ALL.into_iter().for_each(|purpose| app.give_consent(None, purpose).unwrap());
    app
}

/// A key that tokens can be bound to, as if a platform kept it.
pub(crate) fn bound_key() -> BoundKey {
    struct OneKey(TestKey);

    impl DeviceKeys for OneKey {
        fn public(&self, _: PersonId) -> Result<Jwk, VaultError> {
            Ok(Jwk { kid: None, ..self.0.jwk("") })
        }

        fn sign(&self, _: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
            self.0.sign(bytes).map_err(|_| VaultError::Unavailable)
        }

        fn erase(&self, _: PersonId) -> Result<(), VaultError> {
            Ok(())
        }
    }

    BoundKey::new(Arc::new(OneKey(TestKey::generate())), PersonId::generate())
}

/// A session as a finished login leaves it.
fn sign_in(tx: &Transaction<'_>, sealer: &Sealer) -> Result<(), Error> {
    let session = json!({
        "access": "token",
        "access_until": "2100-01-01T00:00:00Z",
        "refresh": null,
        "token_endpoint": "http://127.0.0.1:9/token",
        "revocation_endpoint": null,
        "ended": false,
    });
    let place = Place { table: "session", row: "session".into(), column: "sealed", revision: 1 };
    let sealed = sealer.seal(&place, &session)?;
    tx.execute("INSERT INTO session (name, revision, sealed) VALUES ('session', 1, ?1)", [sealed])?;
    Ok(())
}
