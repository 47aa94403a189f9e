//! A browser without a window: follows redirects and keeps cookies.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use url::Url;

/// More pages than any sign-in has.
const MOST_PAGES: usize = 20;

/// Opens an address and goes where it is sent, until it is sent back to the app; gives that address.
pub(crate) async fn open(start: &Url, redirect: &str) -> Url {
    let (mut url, mut cookies) = (start.clone(), BTreeMap::new());
    for _ in 0..MOST_PAGES {
        let response = get(&url, &cookies).await;
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap_or_default();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let Some(location) = location else {
            panic!("{url} leads nowhere: {}", response.text().await.unwrap());
        };
        url = url.join(&location).unwrap();
        if url.as_str().starts_with(redirect) {
            return url;
        }
    }
    panic!("the pages go round in circles");
}

/// The status of a page.
pub(crate) async fn status(url: &Url) -> u16 {
    get(url, &BTreeMap::new()).await.status().as_u16()
}

async fn get(url: &Url, cookies: &BTreeMap<String, String>) -> Response {
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    client.get(url.clone()).header(COOKIE, cookies.join("; ")).send().await.unwrap()
}
