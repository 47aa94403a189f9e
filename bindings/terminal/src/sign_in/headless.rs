//! The sign-in pages without a browser: for scripts, which are told ID number and code beforehand.

use citizen_api::Language;
use reqwest::header::LOCATION;
use reqwest::{Client, StatusCode};
use url::Url;
use zeroize::Zeroizing;

use super::form::{PageForm, alert, form};
use crate::failure::Failure;

/// More pages than any sign-in has: a provider that goes round in circles is left.
const MOST_PAGES: usize = 10;

/// What a person would type.
pub(crate) struct Credentials {
    /// The ID number.
    pub(crate) id_number: Zeroizing<String>,
    /// The one-time code.
    pub(crate) code: Zeroizing<String>,
}

/// Walks the pages from `start` and gives the redirect they end with. Consent is given: whoever hands over the
/// code has decided.
pub(crate) async fn walk(
    start: &Url,
    redirect: &Url,
    credentials: &Credentials,
    language: Language,
) -> Result<Url, Failure> {
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(30))
        .no_proxy()
        .build()
        .map_err(|_| Failure::PageUnreadable)?;
    let mut step = Step::Open(start.clone());
    for _ in 0..MOST_PAGES {
        let (url, request) = match step {
            Step::Open(url) => (url.clone(), client.get(url)),
            Step::Send(url, body) => (
                url.clone(),
                client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body),
            ),
        };
        let answer = request.send().await.map_err(|_| Failure::Core(citizen_core::Error::CityUnreachable))?;
        if answer.status().is_redirection() {
            let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let next =
                location.and_then(|location| url.join(location).ok()).ok_or(Failure::PageUnreadable)?;
            if is_ours(&next, redirect) {
                return Ok(next);
            }
            step = Step::Open(next);
            continue;
        }
        let status = answer.status();
        let page = answer.text().await.map_err(|_| Failure::PageUnreadable)?;
        step = next_step(&url, status, &page, credentials, language)?;
    }
    Err(Failure::PageUnreadable)
}

enum Step {
    Open(Url),
    Send(Url, String),
}

/// Whether an address is the redirect, whatever its query.
fn is_ours(url: &Url, redirect: &Url) -> bool {
    (url.scheme(), url.host(), url.port(), url.path())
        == (redirect.scheme(), redirect.host(), redirect.port(), redirect.path())
}

fn next_step(
    url: &Url,
    status: StatusCode,
    page: &str,
    credentials: &Credentials,
    language: Language,
) -> Result<Step, Failure> {
    if let Some(reason) = alert(page) {
        return Err(Failure::PageRefused { reason });
    }
    let form = form(page).filter(|_| status.is_success()).ok_or(Failure::PageUnreadable)?;
    let action = url.join(&form.action).map_err(|_| Failure::PageUnreadable)?;
    // What a person types is sent only to whoever showed the page.
    if action.origin() != url.origin() {
        return Err(Failure::PageUnreadable);
    }
    Ok(Step::Send(action, body(&form, credentials, language)?))
}

fn body(form: &PageForm, credentials: &Credentials, language: Language) -> Result<String, Failure> {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(&form.hidden);
    let asks = |name: &str| form.asked.iter().any(|asked| asked == name);
    match () {
        () if asks("id_number") => body.append_pair("id_number", &credentials.id_number),
        () if asks("code") => body.append_pair("code", &credentials.code),
        () if asks("consent") => body.append_pair("consent", "allow"),
        () => return Err(Failure::PageUnreadable),
    };
    if asks("ui_locales") {
        body.append_pair(
            "ui_locales",
            match language {
                Language::Zh => "zh",
                Language::En => "en",
            },
        );
    }
    Ok(body.finish())
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use reqwest::StatusCode;
    use url::Url;

    use super::{Credentials, Step, is_ours, next_step};
    use crate::failure::Failure;

    fn credentials() -> Credentials {
        Credentials { id_number: "11010519491231002X".to_owned().into(), code: "123456".to_owned().into() }
    }

    fn step(page: &str) -> Result<(String, String), Failure> {
        let url = Url::parse("http://city.example/authorize?x=1").unwrap();
        match next_step(&url, StatusCode::OK, page, &credentials(), Language::Zh)? {
            Step::Send(url, body) => Ok((url.to_string(), body)),
            Step::Open(_) => panic!("a page with a form is answered"),
        }
    }

    #[test]
    fn each_page_is_answered_with_what_it_asks() {
        let page = |input: &str| {
            format!(
                "<form method=post action='/step'><input type=hidden name=flow value='f 1'>{input}</form>"
            )
        };
        for (input, sent) in [
            ("<input name=id_number>", "flow=f+1&id_number=11010519491231002X"),
            ("<input name=code>", "flow=f+1&code=123456"),
            (
                "<button name=consent value=allow>好</button><button name=consent value=deny>不</button>",
                "flow=f+1&consent=allow",
            ),
        ] {
            assert_eq!(step(&page(input)).unwrap(), ("http://city.example/step".into(), sent.into()));
        }
    }

    #[test]
    fn the_page_s_own_sentence_is_handed_on() {
        let page = "<p role=alert>验证码不对。</p><form method=post action=/s><input name=code></form>";
        assert!(matches!(step(page), Err(Failure::PageRefused { reason }) if reason == "验证码不对。"));
    }

    #[test]
    fn an_id_number_goes_to_nobody_but_who_asked() {
        let page = "<form method=post action='http://elsewhere.example/'><input name=id_number></form>";
        assert!(matches!(step(page), Err(Failure::PageUnreadable)));
        assert!(matches!(step("<h1>Free Wi-Fi</h1>"), Err(Failure::PageUnreadable)));
        assert!(matches!(
            step("<form method=post action=/><input name=password></form>"),
            Err(Failure::PageUnreadable)
        ));
    }

    #[test]
    fn only_the_whole_redirect_is_ours() {
        let redirect = Url::parse("http://127.0.0.1:7000/callback").unwrap();
        let ours = |url: &str| is_ours(&Url::parse(url).unwrap(), &redirect);
        assert!(ours("http://127.0.0.1:7000/callback?code=1"));
        assert!(!ours("http://127.0.0.1:7001/callback?code=1"));
        assert!(!ours("http://127.0.0.1:7000/other?code=1"));
        assert!(!ours("https://127.0.0.1:7000/callback?code=1"));
    }
}
