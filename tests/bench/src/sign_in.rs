//! A city in this process, and a person who signs in to it, so that a bench has an unlocked phone.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use citizen_api::Language;
use citizen_api::catalogue::PublicService;
use citizen_core::{CitizenApp, Compartment, Pin};
use city::catalogue::Documents;
use city::data_folder::DataFolder;
use city::http::{Config, Server};
use city::seed::Seed;
use url::{Url, form_urlencoded};

use crate::Outcome;

/// A resident of the seed.
const ID_NUMBER: &str = "330782196611230021";
/// Where the sign-in ends; nobody listens there.
const CALLBACK: &str = "http://127.0.0.1:49152/callback";

/// A city that offers one service.
pub struct Town {
    /// Its address.
    pub url: Url,
    officer_token: String,
}

impl Town {
    /// Serves it for as long as the program runs.
    pub async fn open(folder: &Path, service: &PublicService) -> Outcome<Self> {
        let documents = folder.join("documents");
        std::fs::create_dir_all(&documents)?;
        let document = documents.join(format!("{}.json", service.service_id));
        std::fs::write(document, serde_json::to_string_pretty(service)?)?;
        let data = DataFolder::new(folder.join("data"));
        let documents = Documents::Folder(documents);
        let config = Config { data: data.clone(), public_url: None, seed: Some(Seed::Demo), documents };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let server = Server::open(listener, config).await?;
        let url = server.city().base_url().parse()?;
        tokio::spawn(server.run(std::future::pending()));
        Ok(Self { url, officer_token: std::fs::read_to_string(data.officer_token())? })
    }
}

/// Signs the person in, through the city's pages.
pub async fn sign_in(app: &CitizenApp, town: &Town, pin: &Pin) -> Outcome<Compartment> {
    let attempt = app.begin_login(CALLBACK, Language::En).await?;
    let (start, city, token) = (attempt.url.clone(), town.url.clone(), town.officer_token.trim().to_owned());
    let end =
        tokio::task::spawn_blocking(move || walk(&start, &city, &token).map_err(|error| error.to_string()))
            .await??;
    Ok(app.complete_login(attempt, &end, pin).await?)
}

/// Walks the pages to the address that the browser would be sent back to.
fn walk(start: &Url, city: &Url, officer_token: &str) -> Outcome<Url> {
    let page = ask(start, "GET", "", "")?;
    let (_, after) = page.split_once(r#"name="flow" value=""#).ok_or("the sign-in page has no form")?;
    let flow = after.split_once('"').ok_or("the form has no end")?.0;
    let pages = city.join("authorize")?;
    let step = |name: &str, value: &str| {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("flow", flow)
            .append_pair(name, value)
            .finish();
        ask(&pages, "POST", "Content-Type: application/x-www-form-urlencoded\r\n", &body)
    };
    step("id_number", ID_NUMBER)?;
    let officer = format!("Content-Type: application/json\r\nAuthorization: Bearer {officer_token}\r\n");
    let asked = format!(r#"{{"id_number":"{ID_NUMBER}"}}"#);
    let told = ask(&city.join("v1/officer/codes")?, "POST", &officer, &asked)?;
    let (_, told) = told.split_once("\r\n\r\n").ok_or("the city said nothing")?;
    let code: serde_json::Value = serde_json::from_str(told)?;
    step("code", code["code"].as_str().ok_or("there is no code")?)?;
    let end = step("consent", "allow")?;
    let location = end.lines().find_map(|line| line.strip_prefix("location: "));
    Ok(location.ok_or("the sign-in led nowhere")?.trim().parse()?)
}

/// One request, and the whole answer as text.
fn ask(url: &Url, method: &str, headers: &str, body: &str) -> Outcome<String> {
    let address = url.socket_addrs(|| None)?;
    let mut stream = TcpStream::connect(address.as_slice())?;
    let (path, query) = (url.path(), url.query().map(|query| format!("?{query}")).unwrap_or_default());
    let host = url.authority();
    let length = body.len();
    write!(
        stream,
        "{method} {path}{query} HTTP/1.0\r\nHost: {host}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
