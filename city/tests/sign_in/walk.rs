//! A seeded city on a free port, and an app that signs people in to it.

use citizen_api::officer::OneTimeCode;
use city::data_folder::DataFolder;
use city::http::{City, Config, Server};
use city::keys::sha256;
use city::seed::Seed;
use reqwest::{Client, Response, StatusCode, header, redirect};
use serde_json::Value;
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

use crate::proof::PhoneKey;

pub(crate) const ID_NUMBER: &str = "330782196611230021";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:49152/callback";
pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-000";

pub(crate) struct Town {
    pub(crate) city: City,
    client: Client,
    pub(crate) key: PhoneKey,
    officer_token: String,
    _folder: tempfile::TempDir,
}

/// A page or a redirect, as the browser gets it.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) html: String,
}

impl Shown {
    async fn read(response: Response) -> Self {
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        Self { status: response.status(), location, html: response.text().await.unwrap() }
    }

    /// The hidden name of the walk.
    pub(crate) fn flow(&self) -> String {
        let (_, after) = self.html.split_once(r#"name="flow" value=""#).expect("a form");
        after.split_once('"').unwrap().0.to_owned()
    }

    /// What is wrong, in the page's words.
    pub(crate) fn alert(&self) -> Option<&str> {
        let (_, after) = self.html.split_once(r#"role="alert""#)?;
        after.split_once('>')?.1.split_once("</p>").map(|(alert, _)| alert)
    }

    /// A parameter of the answer that went to the app.
    pub(crate) fn answer(&self, name: &str) -> Option<String> {
        let url = Url::parse(self.location.as_deref().expect("a redirect")).unwrap();
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

impl Town {
    pub(crate) async fn open() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let data = DataFolder::new(folder.path());
        let config = Config {
            data: data.clone(),
            public_url: None,
            seed: Some(Seed::Demo),
            documents: city::catalogue::Documents::BuiltIn,
        };
        let server = Server::open(listener, config).await.unwrap();
        let city = server.city().clone();
        tokio::spawn(server.run(std::future::pending()));
        let officer_token = std::fs::read_to_string(data.officer_token()).unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { city, client, key: PhoneKey::generate(), officer_token, _folder: folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.city.base_url())
    }

    /// Asks as the app does, with some of the parameters changed; an empty one is left out.
    pub(crate) async fn authorize(&self, changed: &[(&str, &str)]) -> Shown {
        self.open_page(&request(changed)).await
    }

    /// Opens the first page with a query.
    pub(crate) async fn open_page(&self, query: &str) -> Shown {
        let url = format!("{}?{query}", self.url("/authorize"));
        Shown::read(self.client.get(url).send().await.unwrap()).await
    }

    pub(crate) async fn step(&self, flow: &str, name: &str, value: &str) -> Shown {
        let form = encoded(&[("flow", flow), (name, value)]);
        Shown::read(self.post_form("/authorize", form).await).await
    }

    async fn post_form(&self, path: &str, form: String) -> Response {
        let request = self.client.post(self.url(path)).body(form);
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").send().await.unwrap()
    }

    /// The code that the text message would bring.
    pub(crate) async fn code(&self, id_number: &str) -> String {
        let request = self.client.post(self.url("/v1/officer/codes")).bearer_auth(&self.officer_token);
        let answer = request.json(&serde_json::json!({ "id_number": id_number })).send().await.unwrap();
        answer.json::<OneTimeCode>().await.unwrap().code
    }

    /// Walks to the page of consent; gives the walk's name.
    pub(crate) async fn to_consent(&self) -> String {
        let flow = self.authorize(&[]).await.flow();
        self.to_consent_of(&flow).await;
        flow
    }

    async fn to_consent_of(&self, flow: &str) {
        self.step(flow, "id_number", ID_NUMBER).await;
        let shown = self.step(flow, "code", &self.code(ID_NUMBER).await).await;
        assert!(shown.html.contains("王秀英"), "{}", shown.html);
    }

    /// Walks through all pages; gives the authorization code.
    pub(crate) async fn authorization_code(&self) -> String {
        let flow = self.authorize(&[]).await.flow();
        self.walk_on(&flow).await
    }

    /// Walks through the rest of the pages; gives the authorization code.
    pub(crate) async fn walk_on(&self, flow: &str) -> String {
        self.to_consent_of(flow).await;
        self.step(flow, "consent", "allow").await.answer("code").expect("a code")
    }

    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> (u16, Value) {
        self.token_with(&self.key, form).await
    }

    /// Asks for tokens with a key: once without a nonce, to be given one, and then with it.
    pub(crate) async fn token_with(&self, key: &PhoneKey, form: &[(&str, &str)]) -> (u16, Value) {
        let form = encoded(&[&[("client_id", "citizen-app")], form].concat());
        let (first, nonce) = self.prove_and_post("/token", key, None, &form).await;
        assert_eq!((first.0, &first.1["error"]), (400, &"use_dpop_nonce".into()));
        self.prove_and_post("/token", key, nonce.as_deref(), &form).await.0
    }

    /// Posts a form to the provider with a proof; gives the answer, and the nonce that came with it.
    pub(crate) async fn prove_and_post(
        &self,
        path: &str,
        key: &PhoneKey,
        nonce: Option<&str>,
        form: &str,
    ) -> ((u16, Value), Option<String>) {
        let proof = key.proof("POST", &self.url(path), None, nonce);
        let request = self.client.post(self.url(path)).header("DPoP", proof).body(form.to_owned());
        let response =
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").send().await.unwrap();
        let nonce = response.headers().get("DPoP-Nonce").map(|nonce| nonce.to_str().unwrap().to_owned());
        ((response.status().as_u16(), response.json().await.unwrap()), nonce)
    }

    pub(crate) async fn trade(&self, code: &str) -> (u16, Value) {
        let grant = ("grant_type", "authorization_code");
        self.token(&[grant, ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)]).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> (u16, Value) {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub(crate) async fn revoke(&self, token: &str) -> u16 {
        let form = encoded(&[("client_id", "citizen-app"), ("token", token)]);
        self.post_form("/revoke", form).await.status().as_u16()
    }

    /// Signs 王秀英 in; gives the answer of the token endpoint.
    pub(crate) async fn sign_in(&self) -> Value {
        let (status, tokens) = self.trade(&self.authorization_code().await).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        let response = self.prove(reqwest::Method::GET, path, token).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    pub(crate) async fn put(&self, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let response = self.prove(reqwest::Method::PUT, path, token).json(body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// A request in the name of whoever holds a token.
    pub(crate) fn prove(&self, method: reqwest::Method, path: &str, token: &str) -> reqwest::RequestBuilder {
        let proof = self.key.proof(method.as_str(), &self.url(path), Some(token), None);
        let request = self.client.request(method, self.url(path));
        request.header("Authorization", format!("DPoP {token}")).header("DPoP", proof)
    }
}

/// What the app asks, with some of the parameters changed; an empty one is left out.
pub(crate) fn request(changed: &[(&str, &str)]) -> String {
    let challenge = sha256(VERIFIER.as_bytes());
    let mut asked = vec![
        ("client_id", "citizen-app"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile citizen"),
        ("state", "the state & more"),
        ("nonce", "the nonce"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    asked.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    asked.extend(changed.iter().filter(|(_, value)| !value.is_empty()));
    encoded(&asked)
}

pub(crate) fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}")).to_owned()
}

pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
