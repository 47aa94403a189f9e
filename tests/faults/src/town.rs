//! A city in this process, on a free port, with its office, its ledger and a phone on which somebody has signed in.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use citizen_api::officer::{OneTimeCode, RequestEvidence};
use citizen_api::{CaseId, Language, TransactionId};
use citizen_core::{CitizenApp, Compartment};
use city::data_folder::DataFolder;
use city::http::{City, Config, Server};
use city::seed::Seed;
use reqwest::{Client, Method, header, redirect};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use url::Url;

use crate::phone;

/// 王秀英.
pub(crate) const WANG: &str = "330782196611230021";
const CALLBACK: &str = "http://127.0.0.1:49152/callback";

/// A running city. It ends with the runtime that it runs on.
pub(crate) struct Town {
    pub(crate) folder: TempDir,
    pub(crate) runtime: Runtime,
    pub(crate) address: SocketAddr,
    /// The address that phones know the city by.
    pub(crate) url: Url,
    data: PathBuf,
    city: City,
    client: Client,
    officer_token: String,
    serving: tokio::task::JoinHandle<()>,
    shutdown: tokio::sync::oneshot::Sender<()>,
}

/// Opens the city of a folder, seeding a new one, ready to be run.
pub(crate) fn serve(runtime: &Runtime, data: &Path, public_url: Option<Url>) -> Server {
    drop(rustls::crypto::ring::default_provider().install_default());
    let config = Config {
        data: DataFolder::new(data),
        public_url,
        seed: Some(Seed::Demo),
        documents: city::catalogue::Documents::BuiltIn,
    };
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Server::open(listener, config).await.unwrap()
    })
}

/// Filings that had an effect, each with its case.
pub(crate) type Effects = Vec<(TransactionId, CaseId)>;

/// A file as the city has it.
pub(crate) struct Kept {
    pub(crate) attachment_id: String,
    pub(crate) path: PathBuf,
    pub(crate) complete: bool,
}

impl Town {
    /// A city of the demonstration's people, known to phones as `public_url` or by its own address.
    pub(crate) fn open(public_url: Option<Url>) -> Self {
        let folder = phone::workspace();
        let data = folder.path().join("city");
        Self::over(folder, &data, public_url)
    }

    /// The city of a folder that was served before.
    pub(crate) fn again(data: &Path, public_url: &Url) -> Self {
        Self::over(phone::workspace(), data, Some(public_url.clone()))
    }

    fn over(folder: TempDir, data: &Path, public_url: Option<Url>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let server = serve(&runtime, data, public_url.clone());
        let (city, address) = (server.city().clone(), server.address());
        let (shutdown, ended) = tokio::sync::oneshot::channel();
        let serving = runtime.spawn(server.run(async move { drop(ended.await) }));
        let officer_token = std::fs::read_to_string(city.data.officer_token()).unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
        let url = public_url.unwrap_or_else(|| format!("http://{address}/").parse().unwrap());
        let data = data.to_owned();
        Self { folder, data, runtime, address, url, city, client, officer_token, serving, shutdown }
    }

    /// Ends the city in good order; its folder can then be copied, or served again.
    pub(crate) fn end(self) -> TempDir {
        let Self { folder, runtime, city, serving, shutdown, .. } = self;
        drop(shutdown);
        runtime.block_on(serving).unwrap();
        drop(city);
        folder
    }

    /// A phone in the folder of that name, on which 王秀英 has signed in, with the catalogue and what registers know.
    pub(crate) fn sign_in(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        let app = phone::open_new(&folder, &self.url);
        self.sign_in_to(&app, WANG);
        app.shutdown();
        folder
    }

    /// Signs somebody else in on a phone that has one person's data.
    pub(crate) fn sign_in_another(&self, app: &CitizenApp) -> Compartment {
        // Who had data here before agreed for themselves only.
        phone::agree(app);
        self.sign_in_to(app, &self.another())
    }

    /// The ID number of somebody else.
    pub(crate) fn another(&self) -> String {
        let sql = "SELECT id_number FROM residents WHERE name = '李明'";
        let row = self.runtime.block_on(self.city.store.read(move |tx| tx.query_one(sql, &[])));
        row.unwrap().unwrap().text(0).unwrap()
    }

    pub(crate) fn sign_in_to(&self, app: &CitizenApp, id_number: &str) -> Compartment {
        self.runtime.block_on(async {
            let attempt = app.begin_login_of(None, CALLBACK, Language::Zh).await.unwrap();
            let back = self.walk(&attempt.url, id_number).await;
            let person = app.complete_login(attempt, &back, &phone::pin()).await.unwrap();
            person.sync().pull().await.unwrap();
            person
        })
    }

    /// Signs in anew who has data on a phone, as the city or the app asks for.
    pub(crate) fn sign_in_again(&self, app: &CitizenApp, person: &Compartment, whose: &str) {
        self.runtime.block_on(async {
            let person_id = person.person_id();
            let attempt = app.begin_login_of(Some(person_id), CALLBACK, Language::Zh).await.unwrap();
            let back = self.walk(&attempt.url, whose).await;
            app.complete_login_of(person_id, attempt, &back, &phone::pin()).await.unwrap();
        });
    }

    /// Walks through the pages of the sign-in as a browser does, and gives where they end.
    async fn walk(&self, start: &Url, id_number: &str) -> Url {
        let mut page = self.client.get(start.clone()).send().await.unwrap().text().await.unwrap();
        let code = self.code(id_number).await;
        for (name, value) in [("id_number", id_number), ("code", code.as_str()), ("consent", "allow")] {
            let flow = page.split_once(r#"name="flow" value=""#).unwrap().1.split_once('"').unwrap().0;
            let form = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("flow", flow), (name, value)])
                .finish();
            let sent = self.client.post(start.join("/authorize").unwrap()).body(form);
            let answer = sent.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").send();
            let answer = answer.await.unwrap();
            if let Some(back) = answer.headers().get(header::LOCATION) {
                return back.to_str().unwrap().parse().unwrap();
            }
            page = answer.text().await.unwrap();
        }
        panic!("the sign-in does not end: {page}");
    }

    async fn code(&self, id_number: &str) -> String {
        let answer = self.officer("/v1/officer/codes", &json!({ "id_number": id_number })).await;
        serde_json::from_value::<OneTimeCode>(answer).unwrap().code
    }

    async fn officer(&self, path: &str, body: &Value) -> Value {
        let url = format!("http://{}{path}", self.address);
        let request = self.client.request(Method::POST, url).bearer_auth(&self.officer_token).json(body);
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let body = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The office takes a case on and asks for the prescription.
    pub(crate) fn ask_for_a_paper(&self, case_id: CaseId) {
        let ask = RequestEvidence {
            requirement_id: "prescription".into(),
            reason: citizen_api::Text::new("请补一张处方。", "Please add the prescription."),
        };
        self.runtime.block_on(async {
            self.officer(&format!("/v1/officer/cases/{case_id}/accept"), &json!({})).await;
            let path = format!("/v1/officer/cases/{case_id}/request");
            self.officer(&path, &serde_json::to_value(&ask).unwrap()).await;
        });
    }

    /// The submissions that had an effect.
    pub(crate) fn submissions(&self) -> Effects {
        self.effects("SELECT transaction_id, case_id FROM submissions ORDER BY received_at, transaction_id")
    }

    /// The answers to offices that had an effect.
    pub(crate) fn supplements(&self) -> Effects {
        self.effects("SELECT transaction_id, case_id FROM supplements ORDER BY received_at, transaction_id")
    }

    fn effects(&self, sql: &'static str) -> Effects {
        let rows = self.runtime.block_on(self.city.store.read(move |tx| tx.query(sql, &[]))).unwrap();
        rows.iter().map(|row| (row.parse(0).unwrap(), row.parse(1).unwrap())).collect()
    }

    /// The files of a case.
    pub(crate) fn files_of(&self, case_id: CaseId) -> Vec<Kept> {
        let sql = "SELECT attachment_id, upload_id, status FROM uploads WHERE case_id = $1";
        let name = case_id.to_string();
        let rows = self.runtime.block_on(self.city.store.read(move |tx| tx.query(sql, &[name.into()])));
        let kept = |row: &city::store::Row| Kept {
            attachment_id: row.text(0).unwrap(),
            path: self.data.join("uploads").join(row.text(1).unwrap()),
            complete: row.text(2).unwrap() == "complete",
        };
        rows.unwrap().iter().map(kept).collect()
    }

    /// How often a case has changed.
    pub(crate) fn revision_of(&self, case_id: CaseId) -> u64 {
        let sql = "SELECT revision FROM cases WHERE case_id = $1";
        let name = case_id.to_string();
        let row = self.runtime.block_on(self.city.store.read(move |tx| tx.query_one(sql, &[name.into()])));
        row.unwrap().unwrap().number(0).unwrap()
    }

    /// No token that was given so far opens anything any longer; they can be renewed.
    pub(crate) fn expire_tokens(&self) {
        let sql = "UPDATE access_tokens SET expires_at = 0";
        self.runtime.block_on(self.city.store.write(move |tx| tx.execute(sql, &[]))).unwrap();
    }

    /// Runs what a phone does to its end.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Sends what waits on a phone until nothing does; says whether that came to an end.
    pub(crate) fn drain(&self, person: &Compartment) -> Result<bool, citizen_core::Error> {
        for _ in 0..6 {
            person.outbox().network_changed()?;
            self.wait(person.outbox().send_now(&|_| ()))?;
            if person.outbox().list()?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The papers that are filed here, by the name of the requirement; made where they are not there.
    pub(crate) fn papers(&self) -> PathBuf {
        let folder = self.folder.path().join("papers");
        if !folder.is_dir() {
            std::fs::create_dir(&folder).unwrap();
            let sizes = [
                ("invoice", 3_000),
                ("fee-list", 70_000),
                ("discharge-summary", 131_000),
                ("prescription", 9_000),
            ];
            sizes.into_iter().for_each(|(name, size)| paper(&folder, name, size));
        }
        folder
    }
}

/// A file that is a JPEG by its content: a header, its name as coded data, the end mark.
fn paper(folder: &Path, name: &str, size: usize) {
    let mut bytes = include_bytes!("../../journeys/data/small.jpg").to_vec();
    let end = bytes.split_off(bytes.len() - 2);
    bytes.extend(name.bytes().cycle().take(size));
    bytes.extend(end);
    std::fs::write(folder.join(format!("{name}.jpg")), bytes).unwrap();
}
