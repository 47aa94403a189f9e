//! The officer's end of the city's API: every command but `serve` speaks through it.

use std::path::PathBuf;
use std::time::Duration;

use citizen_api::problem::Problem;
use citizen_api::{Language, Text};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::{Failure, output};
use crate::data_folder::DataFolder;

/// How long the city may take to answer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Which city, and by what right.
#[derive(clap::Args)]
pub(super) struct Office {
    /// The data folder of the city: it holds both its address and the officers' token.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The city's address; needs --token-file.
    #[arg(long, global = true, value_name = "URL", conflicts_with = "data", requires = "token_file")]
    city: Option<Url>,
    /// The file with the officers' token.
    #[arg(long, global = true, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Print one JSON document instead of words.
    #[arg(long, global = true)]
    json: bool,
}

/// An officer's desk: a city that can be asked.
pub(super) struct Desk {
    client: reqwest::Client,
    city: Url,
    token: String,
    json: bool,
    /// The language of what is printed.
    pub(super) lang: Language,
}

impl Office {
    /// Finds the city and the token.
    pub(super) fn open(self, lang: Language) -> Result<Desk, Failure> {
        let folder = self.data.map(DataFolder::new);
        let city = match (self.city, &folder) {
            (Some(city), _) => city,
            (None, Some(folder)) => city_of(folder)?,
            (None, None) => return Err(which_city()),
        };
        let token_file =
            self.token_file.or(folder.map(|folder| folder.officer_token())).ok_or_else(which_city)?;
        let token =
            std::fs::read_to_string(&token_file).map_err(|reason| unreadable(&token_file, &reason))?;
        let client = client(&city)?;
        Ok(Desk { client, city, token: token.trim().to_owned(), json: self.json, lang })
    }
}

fn client(city: &Url) -> Result<reqwest::Client, Failure> {
    // An error says that another provider was installed before, which serves as well.
    drop(rustls::crypto::ring::default_provider().install_default());
    // The token goes straight to the city, past any proxy of the environment.
    let builder = reqwest::Client::builder().no_proxy().timeout(TIMEOUT);
    builder.build().map_err(|_| unreachable_city(city))
}

/// Asks a city, by its data folder or its address, for something that is public.
pub(super) async fn public<T: DeserializeOwned>(
    data: Option<PathBuf>,
    city: Option<Url>,
    path: &str,
) -> Result<T, Failure> {
    let city = match (city, data.map(DataFolder::new)) {
        (Some(city), _) => city,
        (None, Some(folder)) => city_of(&folder)?,
        (None, None) => return Err(which_city()),
    };
    let url = city.join(path).map_err(|_| not_a_city(&city))?;
    let response = client(&city)?.get(url).send().await.map_err(|_| unreachable_city(&city))?;
    response.json().await.map_err(|_| not_a_city(&city))
}

fn city_of(folder: &DataFolder) -> Result<Url, Failure> {
    let presence = folder.read_presence().ok().flatten();
    presence.and_then(|presence| Url::parse(&presence.url).ok()).ok_or_else(|| {
        Failure::failed(
            "这个数据目录里没有运行过的城市。请核对 --data，或先运行 city serve。",
            "No city has been served from this data folder. Check --data, or run city serve first.",
        )
    })
}

impl Desk {
    /// Asks for something.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.send(self.request(Method::GET, path)?).await
    }

    /// Has something done that needs no words.
    pub(super) async fn act<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.send(self.request(Method::POST, path)?).await
    }

    /// Has something done.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        self.send(self.request(Method::POST, path)?.json(body)).await
    }

    /// Puts something in place of what is there.
    pub(super) async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        self.send(self.request(Method::PUT, path)?.json(body)).await
    }

    /// Puts a JSON document as it is written in place of what is there.
    pub(super) async fn put_text<T: DeserializeOwned>(&self, path: &str, json: String) -> Result<T, Failure> {
        let request = self.request(Method::PUT, path)?.header("Content-Type", "application/json");
        self.send(request.body(json)).await
    }

    /// Prints an answer: as JSON where that was asked for, else in words.
    pub(super) fn show<T: Serialize>(
        &self,
        answer: &T,
        words: impl FnOnce(&T) -> Text,
    ) -> Result<(), Failure> {
        if !self.json {
            output::line(words(answer).get(self.lang));
            return Ok(());
        }
        let json = serde_json::to_string_pretty(answer).map_err(|_| not_a_city(&self.city))?;
        output::line(&json);
        Ok(())
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failure> {
        let url = self.city.join(path).map_err(|_| not_a_city(&self.city))?;
        Ok(self.client.request(method, url).bearer_auth(&self.token))
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Failure> {
        let response = request.send().await.map_err(|_| unreachable_city(&self.city))?;
        if response.status().is_success() {
            return response.json().await.map_err(|_| not_a_city(&self.city));
        }
        Err(self.refused(response).await)
    }

    async fn refused(&self, response: Response) -> Failure {
        let status = response.status();
        match response.json::<Problem>().await {
            Ok(problem) if status != StatusCode::INTERNAL_SERVER_ERROR => {
                Failure { reason: problem.title, status: 4 }
            }
            Ok(problem) => Failure { reason: problem.title, status: 1 },
            Err(_) => not_a_city(&self.city),
        }
    }
}

fn which_city() -> Failure {
    Failure::wrong_use(
        "请说明是哪个城市：用 --data 目录，或用 --city 地址 加 --token-file 文件。",
        "Say which city: --data DIR, or --city URL with --token-file FILE.",
    )
}

fn unreadable(path: &std::path::Path, reason: &std::io::Error) -> Failure {
    let path = path.display();
    Failure::failed(
        format!("读不到令牌文件 {path}:{reason}。请核对路径，并用城市的所有者身份运行。"),
        format!(
            "The token file {path} cannot be read: {reason}. Check the path, and run as the city's owner."
        ),
    )
}

fn unreachable_city(city: &Url) -> Failure {
    Failure::failed(
        format!("连不上城市 {city}。请确认它在运行(city serve)，再试一次。"),
        format!("The city at {city} cannot be reached. See that it is running (city serve) and try again."),
    )
}

fn not_a_city(city: &Url) -> Failure {
    Failure::failed(
        format!("{city} 的回答看不懂。请核对地址，并确认两边的版本一致。"),
        format!(
            "What {city} answers cannot be understood. Check the address, and that both sides are of one version."
        ),
    )
}
