//! A city with a person who has filed, uploaded and been given a card, another person who has not, and requests that
//! say exactly what they are told.

use citizen_api::jose::encode;
use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::{ID_NUMBER, NAME};
use reqwest::{Client, Method, Response};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::proof::PhoneKey;

/// Somebody else who lets the owner act for them.
const GIVER: &str = "330702200101310061";

/// The city and its people.
pub(crate) struct Town {
    pub(crate) desk: Desk,
    pub(crate) client: Client,
    pub(crate) url: String,
    pub(crate) officer_token: String,
}

/// Somebody with a phone and an access token that is bound to it.
pub(crate) struct Person {
    pub(crate) citizen_id: String,
    pub(crate) key: PhoneKey,
    pub(crate) token: String,
    session: String,
}

/// What a request carries beside its method and address.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// What the city answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) text: String,
}

impl Town {
    pub(crate) fn open() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let desk = Desk::set().unwrap();
        let token = std::fs::read_to_string(desk.city.data().join("officer.token")).unwrap();
        let url = format!("http://{}", desk.proxy.url().split_once("://").unwrap().1.trim_end_matches('/'));
        Self { desk, client: Client::new(), url, officer_token: token }
    }

    /// The city's database, beside the city that serves it.
    pub(crate) fn store(&self) -> Connection {
        let store = Connection::open(self.desk.city.data().join("city.db")).unwrap();
        store.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
        store
    }

    /// One text of the database.
    pub(crate) fn text(&self, sql: &str) -> String {
        self.store().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The one who files.
    pub(crate) fn owner(&self) -> Person {
        self.person(&self.text(&format!("SELECT citizen_id FROM residents WHERE id_number = '{ID_NUMBER}'")))
    }

    /// Someone else.
    pub(crate) fn stranger(&self) -> Person {
        self.person(&self.text(&format!("SELECT citizen_id FROM residents WHERE id_number <> '{ID_NUMBER}'")))
    }

    /// Signs somebody in on a phone of their own.
    fn person(&self, citizen_id: &str) -> Person {
        let key = PhoneKey::generate();
        let (session, token) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
        let sql = "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, signed_in_at, jkt)
                   VALUES (?1, ?2, 'citizen-app', 'openid', '', unixepoch(), ?3)";
        self.store().execute(sql, params![session, citizen_id, key.thumbprint()]).unwrap();
        let person = Person { citizen_id: citizen_id.to_owned(), key, token, session };
        self.give_token(&person, &person.token, 600);
        person
    }

    /// Gives a session another token, which ends in so many seconds.
    pub(crate) fn give_token(&self, person: &Person, token: &str, seconds: i64) {
        let sql = "INSERT INTO access_tokens (token_sha256, session_id, expires_at)
                   VALUES (?1, ?2, unixepoch() + ?3)";
        let digest = encode(ring::digest::digest(&ring::digest::SHA256, token.as_bytes()).as_ref());
        self.store().execute(sql, params![digest, person.session, seconds]).unwrap();
    }

    /// Ends a session.
    pub(crate) fn revoke(&self, person: &Person) {
        let sql = "UPDATE sessions SET ended = 1 WHERE session_id = ?1";
        assert_eq!(self.store().execute(sql, [&person.session]).unwrap(), 1);
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Sends a request. The body is JSON, or a form where it is a text.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &Headers,
        body: Option<&Value>,
    ) -> Reply {
        let method: Method = method.parse().unwrap();
        let mut request = self.client.request(method, self.at(path));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request = match body {
            Some(Value::String(form)) => {
                request.header("Content-Type", "application/x-www-form-urlencoded").body(form.clone())
            }
            Some(json) => request.json(json),
            None => request,
        };
        Reply::read(request.send().await.unwrap()).await
    }

    /// Files something, uploads something, is given a card; gives what the things are called, by the names that routes
    /// have for them.
    pub(crate) async fn settle(&self, owner: &Person) -> Vec<(&'static str, String)> {
        let draft_id = self.desk.begin("surveillance-footage").unwrap();
        fill(&self.desk, &draft_id, &[("cause", "lost")]).unwrap();
        let filed = self.desk.file(&draft_id).unwrap();
        self.desk.city.set_day("2026-11-23").unwrap();
        self.desk.city.run_proactive().unwrap();
        let ledger = self.desk.city.ledger(ID_NUMBER).unwrap();
        let booking = self.book();
        let owned = format!("WHERE citizen_id = '{}'", owner.citizen_id);
        vec![
            ("case_id", filed.case_id.to_string()),
            ("transaction_id", filed.transaction_id.to_string()),
            ("upload_id", self.upload(owner).await),
            ("credential_id", ledger.credentials[0].credential_id.to_string()),
            ("offer_id", ledger.credentials[0].credential_id.to_string()),
            ("instruction_id", booking.clone()),
            ("booking_id", booking),
            ("delivery_id", ledger.deliveries[0].delivery_id.to_string()),
            ("mandate_id", self.mandate().await),
            ("device_id", self.text(&format!("SELECT device_id FROM devices {owned}"))),
        ]
    }

    /// Books a place at a counter.
    fn book(&self) -> String {
        let words = ["counter", "book", "town-futian", "senior-age-allowance", "2026-11-25", "09:30"];
        let booked = self.desk.phone.done(&words).unwrap();
        booked["transaction_id"].as_str().unwrap().to_owned()
    }

    /// Has a third person give the owner a mandate.
    async fn mandate(&self) -> String {
        let giver = format!("SELECT citizen_id FROM residents WHERE id_number = '{GIVER}'");
        let giver = self.person(&self.text(&giver));
        let body = json!({
            "to_id_number": ID_NUMBER, "to_name": NAME, "until": "2027-09-30",
            "scope": { "acts": "file", "extent": { "kind": "services", "services": [] } },
        });
        let mut headers = giver.credentials(self, "POST", "/v1/mandates");
        headers.push(("Idempotency-Key", uuid::Uuid::now_v7().to_string()));
        let given = self.send("POST", "/v1/mandates", &headers, Some(&body)).await;
        assert_eq!(given.status, 201, "{}", given.text);
        let given: Value = serde_json::from_str(&given.text).unwrap();
        given["mandate_id"].as_str().unwrap().to_owned()
    }

    /// Begins an upload, and gives its name.
    pub(crate) async fn upload(&self, owner: &Person) -> String {
        let attachment = uuid::Uuid::now_v7().to_string();
        let base64 = |text: &str| {
            use base64::Engine;
            base64::engine::general_purpose::STANDARD.encode(text)
        };
        let digest = encode(&[7; 32]);
        let metadata =
            [("attachment_id", attachment.as_str()), ("filetype", "image/png"), ("sha256", &digest)]
                .map(|(name, value)| format!("{name} {}", base64(value)))
                .join(",");
        let mut headers = owner.credentials(self, "POST", "/v1/uploads");
        headers.extend([
            ("Tus-Resumable", "1.0.0".to_owned()),
            ("Idempotency-Key", attachment.clone()),
            ("Upload-Length", "1000".to_owned()),
            ("Upload-Metadata", metadata),
        ]);
        assert_eq!(self.send("POST", "/v1/uploads", &headers, None).await.status, 201);
        self.text(&format!("SELECT upload_id FROM uploads WHERE attachment_id = '{attachment}'"))
    }
}

impl Person {
    /// Token and proof for one request.
    pub(crate) fn credentials(&self, town: &Town, method: &str, path: &str) -> Headers {
        self.credentials_with(town, &self.token, &self.key, method, path)
    }

    /// The same, with another token or another key.
    pub(crate) fn credentials_with(
        &self,
        town: &Town,
        token: &str,
        key: &PhoneKey,
        method: &str,
        path: &str,
    ) -> Headers {
        vec![
            ("Authorization", format!("DPoP {token}")),
            ("DPoP", key.proof(method, &town.at(path), Some(token), None)),
        ]
    }
}

impl Reply {
    async fn read(response: Response) -> Self {
        let header =
            |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (challenge, nonce) = (header("WWW-Authenticate").unwrap_or_default(), header("DPoP-Nonce"));
        let status = response.status().as_u16();
        let stream = header("Content-Type").is_some_and(|kind| kind == "text/event-stream");
        // An event stream has no end to wait for.
        let text = if stream { String::new() } else { response.text().await.unwrap() };
        Self { status, challenge, nonce, text }
    }

    /// The error that a challenge names, or that an OAuth refusal is; empty where there is none.
    pub(crate) fn error(&self) -> String {
        let named = self.challenge.split_once("error=\"").and_then(|(_, rest)| rest.split_once('"'));
        let oauth = || {
            let refusal: Value = serde_json::from_str(&self.text).unwrap_or_else(|_| json!({}));
            refusal["error"].as_str().unwrap_or_default().to_owned()
        };
        named.map_or_else(oauth, |(error, _)| error.to_owned())
    }
}
