//! The pages of sign-in: plain HTML that needs no script, for a small screen and for old eyes.

use std::sync::LazyLock;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::{Language, Text};
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::flow::{Flow, Step, language_word};
use crate::keys::KeyError;
use crate::store::{StoreError, Tx};

const STYLE: &str = concat!(include_str!("../http/tokens.css"), include_str!("style.css"));

/// What a page may load and where its forms may lead: its own style, this city, and back to the app.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self' http://127.0.0.1:* http://[::1]:* citizen-app:"
    )
});

/// How many characters fit into the input of the ID number, spaces among them.
pub(super) const ID_NUMBER_INPUT: usize = 40;

/// One thing that the app will see.
pub(super) struct Seen {
    label: Text,
    value: Text,
}

/// What the app will see of the person, once it is known who it is.
pub(super) fn what_the_app_sees(tx: &mut dyn Tx, flow: &Flow) -> Result<Vec<Seen>, StoreError> {
    let Step::Consent { citizen_id, .. } = &flow.step else { return Ok(Vec::new()) };
    let row = tx.query_one(
        "SELECT name, id_number, birth_date FROM residents WHERE citizen_id = $1",
        &[citizen_id.as_str().into()],
    )?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let (name, id_number, born) = (row.text(0)?, masked(&row.text(1)?), row.parse::<Date>(2)?);
    let born_zh = format!("{}年{}月{}日", born.year(), born.month(), born.day());
    let seen = |zh: &str, en: &str, value| Seen { label: Text::new(zh, en), value };
    Ok(vec![
        seen("姓名", "Name", Text::new(name.clone(), name)),
        seen("身份证号", "ID number", Text::new(id_number.clone(), id_number)),
        seen("出生日期", "Date of birth", Text::new(born_zh, born.to_string())),
        seen("医保账户", "Insurance account", Text::new("余额和明细", "balance and entries")),
        seen("办件和证照", "Cases and cards", Text::new("全部", "all")),
    ])
}

/// The first three and the last four characters, by which people recognise their own.
fn masked(id_number: &str) -> String {
    let shown = |index: usize| !(3..14).contains(&index);
    id_number.chars().enumerate().map(|(index, c)| if shown(index) { c } else { '*' }).collect()
}

/// The page of the step that a walk is at, with what was wrong about the last answer.
pub(super) fn show(flow: &Flow, alert: Option<&Text>, seen: &[Seen]) -> Response {
    let say = |zh: &'static str, en: &'static str| match flow.language {
        Language::Zh => zh,
        Language::En => en,
    };
    let (heading, body) = match &flow.step {
        Step::IdNumber { typed } => {
            (say("请填写身份证号", "Type your ID number"), id_number_form(flow, say, typed, alert.is_some()))
        }
        Step::Code { .. } => (say("请填写验证码", "Type the code"), code_form(flow, say, alert.is_some())),
        Step::Consent { .. } => (say("同意登录吗", "Allow this sign-in"), consent_form(flow, say, seen)),
    };
    let content = html! {
        h1 { (heading) }
        @if let Some(alert) = alert { p role="alert" id="alert" { (alert.get(flow.language)) } }
        (body)
    };
    let (other, other_name) = match flow.language {
        Language::Zh => ("en", "English"),
        Language::En => ("zh", "中文"),
    };
    let switch = html! {
        a href={ "/authorize?flow=" (flow.flow) "&lang=" (other) } lang=(other) { (other_name) }
    };
    respond(StatusCode::OK, page(flow.language, heading, &switch, &content))
}

fn id_number_form(
    flow: &Flow,
    say: impl Fn(&'static str, &'static str) -> &'static str,
    typed: &str,
    wrong: bool,
) -> Markup {
    html! {
        form method="post" action="/authorize" {
            input type="hidden" name="flow" value=(flow.flow);
            label for="id_number" { (say("身份证号", "ID number")) }
            p.help id="help" { (say("在身份证有照片的一面，最下面一行，共 18 位。", "On the side of your ID card with the photograph, the last line: 18 characters.")) }
            input id="id_number" name="id_number" required autofocus autocomplete="off" autocapitalize="characters"
                maxlength=(ID_NUMBER_INPUT) value=(typed) spellcheck="false" aria-describedby=(described(wrong)) aria-invalid=[wrong.then_some("true")];
            button { (say("获取验证码", "Send me the code")) }
        }
    }
}

fn code_form(flow: &Flow, say: impl Fn(&'static str, &'static str) -> &'static str, wrong: bool) -> Markup {
    html! {
        p { (say(
            "如果这个身份证号登记过手机，验证码已经发出，5 分钟内有效。没有收到？请到就近的服务窗口核对手机号。",
            "If a phone is registered with this ID number, the code is on its way. It is good for 5 minutes. \
             Nothing came? Ask at the nearest counter to check your phone number.",
        )) }
        form method="post" action="/authorize" {
            input type="hidden" name="flow" value=(flow.flow);
            label for="code" { (say("验证码", "Code")) }
            p.help id="help" { (say("短信里的 6 位数字。", "The 6 digits in the text message.")) }
            input id="code" name="code" required autofocus autocomplete="one-time-code" inputmode="numeric"
                maxlength="12" aria-describedby=(described(wrong)) aria-invalid=[wrong.then_some("true")];
            button { (say("登录", "Sign in")) }
        }
        form method="post" action="/authorize" {
            input type="hidden" name="flow" value=(flow.flow);
            button.second name="back" value="1" { (say("换一个身份证号", "Use another ID number")) }
        }
    }
}

fn consent_form(
    flow: &Flow,
    say: impl Fn(&'static str, &'static str) -> &'static str,
    seen: &[Seen],
) -> Markup {
    html! {
        p { (say("市民应用登录后会看到您的：", "Once signed in, the citizen app will see your:")) }
        dl { @for item in seen { div { dt { (item.label.get(flow.language)) } dd { (item.value.get(flow.language)) } } } }
        p.help { (say(
            "不同意就不会登录，也不会留下任何内容。以后可以随时在应用里退出。",
            "If you do not allow it you are not signed in and nothing is kept. You can sign out in the app at any time.",
        )) }
        form method="post" action="/authorize" {
            input type="hidden" name="flow" value=(flow.flow);
            button name="consent" value="allow" { (say("同意并登录", "Allow and sign in")) }
            button.second name="consent" value="deny" { (say("不同意", "Do not allow")) }
        }
    }
}

/// What describes an input: its help, and what was wrong with the last answer.
fn described(wrong: bool) -> &'static str {
    if wrong { "alert help" } else { "help" }
}

fn page(language: Language, title: &str, switch: &Markup, content: &Markup) -> Markup {
    let (tag, city) = match language {
        Language::Zh => ("zh-Hans", "义乌市政务服务"),
        Language::En => ("en", "Yiwu public services"),
    };
    html! {
        (DOCTYPE)
        html lang=(tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (city) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { span.city { (city) } nav { (switch) } }
                main { (content) }
            }
        }
    }
}

fn respond(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, Html(page.into_string())).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A page that ends the walk: a person reads it, so it is never a problem document. It is shown in both
/// languages, because nobody may know yet which one the person reads.
#[derive(Debug)]
pub(super) struct PageRefusal {
    status: StatusCode,
    reason: Box<Text>,
}

impl PageRefusal {
    pub(super) fn new(status: StatusCode, reason: Text) -> Self {
        Self { status, reason: Box::new(reason) }
    }

    /// Who asks is not the app, or wants the answer elsewhere. Nobody is sent anywhere.
    pub(super) fn not_the_app() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            Text::new(
                "这个登录请求不是市民应用发出的，已经停下，没有透露任何信息。请从应用里重新登录。",
                "This request to sign in did not come from the citizen app. It was stopped and nothing was \
                 told to anyone. Sign in again from the app.",
            ),
        )
    }

    fn broken() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Text::new(
                "城市这边出了故障，没有登录成功。请过一会儿从应用里重新登录。",
                "The city failed and you are not signed in. Sign in again from the app in a while.",
            ),
        )
    }
}

impl From<StoreError> for PageRefusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::broken()
    }
}

impl From<KeyError> for PageRefusal {
    fn from(error: KeyError) -> Self {
        tracing::error!(%error, "a key failed");
        Self::broken()
    }
}

impl From<crate::http::Refusal> for PageRefusal {
    fn from(_: crate::http::Refusal) -> Self {
        Self::broken()
    }
}

impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        let content = html! {
            h1 { "没有登录 / Not signed in" }
            p role="alert" { (self.reason.zh) }
            p lang=(language_word(Language::En)) { (self.reason.en) }
        };
        respond(self.status, page(Language::Zh, "没有登录", &html! {}, &content))
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn an_id_number_is_shown_by_its_ends_only() {
        assert_eq!(masked("11010519491231002X"), "110***********002X");
    }
}
