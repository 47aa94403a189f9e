//! `GET /figures`: the figures for everybody to read: on a phone, on paper, by day and by night. Needs no script.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::problem::Problem;
use citizen_api::{Language, Text};
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;

use super::get::now;
use super::words::{Shown, shown};
use crate::http::{City, Query, Refusal};

const STYLE: &str = concat!(include_str!("../http/tokens.css"), include_str!("style.css"));

/// What the page may load: its own style, and nothing else.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'")
});

/// In which language.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    lang: Language,
}

/// The page of the figures.
#[utoipa::path(
    get, path = "/figures", tag = "figures",
    params(("lang" = Option<Language>, Query, description = "zh, which is the default, or en")),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 400, description = "Not a language", body = Problem),
    ),
    security(())
)]
pub(super) async fn show_figures(
    State(city): State<City>,
    Query(Wanted { lang }): Query<Wanted>,
) -> Result<Response, Refusal> {
    let figures = now(&city).await?;
    let page = page(lang, city.clock.today(), &shown(&figures));
    let mut response = Html(page.into_string()).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

fn page(lang: Language, today: Date, [documents, cases]: &[Vec<Shown>; 2]) -> Markup {
    let say = |zh: &'static str, en: &'static str| match lang {
        Language::Zh => zh,
        Language::En => en,
    };
    let day = Text::new(
        format!("{}年{}月{}日，按已发布的事项文档和实际办件算出。", today.year(), today.month(), today.day()),
        format!("{today}, computed from the documents that are published and the cases that were filed."),
    );
    let (html_lang, other, other_name) = match lang {
        Language::Zh => ("zh-CN", "en", "English"),
        Language::En => ("en", "zh", "中文"),
    };
    let title = say("改革数据", "Figures of the reform");
    html! {
        (DOCTYPE)
        html lang=(html_lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    span.city { (say("义乌市政务服务", "Yiwu public services")) }
                    nav { a href={ "/figures?lang=" (other) } lang=(other) { (other_name) } }
                }
                main {
                    h1 { (title) }
                    p.day { (day.get(lang)) }
                    section { h2 { (say("事项要什么", "What services ask for")) } (list(lang, documents)) }
                    section { h2 { (say("实际怎么办的", "How it really went")) } (list(lang, cases)) }
                }
            }
        }
    }
}

fn list(lang: Language, figures: &[Shown]) -> Markup {
    html! {
        dl {
            @for figure in figures {
                div {
                    dt { (figure.title.get(lang)) }
                    dd.value { (figure.value.get(lang)) }
                    dd.how { (figure.how.get(lang)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::figures::Figures;
    use jiff::civil::{Date, date};
    use reqwest::Method;
    use serde_json::json;

    use crate::testing::{Phone, TestCity, bus_pass, bus_pass_submission};

    const TODAY: Date = date(2099, 9, 14);

    async fn figures(city: &TestCity) -> Figures {
        city.send(city.request(Method::GET, "/v1/figures")).await.json()
    }

    #[tokio::test]
    async fn the_figures_come_from_the_cases_that_were_filed() {
        let city = TestCity::on(TODAY).await;
        let before = figures(&city).await;
        assert_eq!((before.cases, before.online_share, before.trips_per_case), (0, None, None));
        city.publish(&bus_pass()).await;
        city.resident("zhao", date(1966, 9, 15)).await;
        let phone = Phone::of(&city, "zhao").await;
        for delivery in [json!("counter"), json!("courier")] {
            let portrait = phone.photograph(&city, "portrait").await;
            let mut submission = bus_pass_submission(&phone, vec![portrait]);
            submission.delivery = serde_json::from_value(delivery).unwrap();
            assert_eq!(phone.file(&city, &submission).await.status, 201);
        }
        let after = figures(&city).await;
        assert_eq!((after.services, after.cases), (before.services + 1, 2));
        // It is nine in the morning of a Monday.
        assert_eq!((after.online_share, after.off_hours_share), (Some(1.0), Some(0.0)));
        assert_eq!((after.evidence_asked_per_case, after.trips_per_case), (Some(1.0), Some(0.5)));
    }

    #[tokio::test]
    async fn what_was_filed_while_offices_were_closed_counts_as_such() {
        let city = TestCity::on(date(2099, 9, 13)).await;
        city.publish(&bus_pass()).await;
        city.resident("zhao", date(1966, 9, 15)).await;
        let phone = Phone::of(&city, "zhao").await;
        let portrait = phone.photograph(&city, "portrait").await;
        assert_eq!(phone.file(&city, &bus_pass_submission(&phone, vec![portrait])).await.status, 201);
        assert_eq!(figures(&city).await.off_hours_share, Some(1.0), "a Sunday");
    }

    #[tokio::test]
    async fn the_page_needs_no_login_and_speaks_both_languages() {
        let city = TestCity::on(TODAY).await;
        let chinese = city.send(city.request(Method::GET, "/figures")).await;
        assert!(chinese.text.contains("2099年9月14日") && chinese.text.contains("还没有办件"));
        let english = city.send(city.request(Method::GET, "/figures?lang=en")).await;
        assert!(english.text.contains("<html lang=\"en\">") && english.text.contains("no case to compute"));
        assert!(!english.text.contains("<script") && english.text.contains("prefers-color-scheme:dark"));
        assert_eq!(city.send(city.request(Method::GET, "/figures?lang=fr")).await.status, 400);
    }

    #[test]
    fn the_keys_are_those_that_others_count_on() {
        let figures = super::super::of_documents([]);
        let written = serde_json::to_value(&figures).unwrap();
        let keys: Vec<&String> = written.as_object().unwrap().keys().collect();
        let expected = [
            "answered_in_time_share",
            "cases",
            "evidence_asked_per_case",
            "evidence_declared_per_service",
            "forbidden_requests",
            "grievances",
            "livelihood_services",
            "off_hours_share",
            "one_id_share",
            "online_share",
            "proofs_cancelled",
            "services",
            "trips_per_case",
        ];
        let mut sorted = keys.clone();
        sorted.sort();
        assert_eq!(sorted, expected.iter().collect::<Vec<_>>());
        assert_eq!(
            written["proofs_cancelled"],
            json!({"cancelled": 0, "declared": 0, "checked": 0, "shared": 0})
        );
        assert!(written["online_share"].is_null());
    }
}
