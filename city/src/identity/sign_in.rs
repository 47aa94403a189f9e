//! `POST /authorize`: the steps of a person who signs in. ID number, one-time code, consent.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use axum::{Form, http::StatusCode};
use citizen_api::Text;
use citizen_form::IdNumber;
use serde::Deserialize;
use utoipa::ToSchema;

use super::authorize::redirect;
use super::flow::{Flow, Step};
use super::one_time_code::{self, Verdict};
use super::pages::{self, PageRefusal, Seen};
use super::tokens;
use crate::clock::machine_now;
use crate::http::City;
use crate::keys;
use crate::store::Tx;

/// What a person typed on a page. The step that the walk is at decides which of the fields is read.
#[derive(Deserialize, ToSchema)]
pub(super) struct StepForm {
    flow: String,
    #[serde(default)]
    id_number: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    consent: String,
    /// Present where the person wants to type another ID number.
    back: Option<String>,
}

/// What a step leads to.
enum Next {
    Page { flow: Box<Flow>, alert: Option<Text>, seen: Vec<Seen> },
    Redirect(String),
}

/// Takes one step of signing in.
#[utoipa::path(
    post,
    path = "/authorize",
    tag = "identity",
    request_body(content = StepForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The next page, or the same one with what is wrong", content_type = "text/html"),
        (status = 303, description = "Back to the app, with a code or an error"),
        (status = 400, description = "A page: the walk has ended", content_type = "text/html")
    )
)]
pub(super) async fn take_step(
    State(city): State<City>,
    form: Result<Form<StepForm>, FormRejection>,
) -> Result<Response, PageRefusal> {
    let Form(form) = form.map_err(|_| PageRefusal::walk_ended())?;
    let issuer = city.base_url().to_owned();
    let next = city.store.write(move |tx| step(tx, &issuer, &form)).await?;
    Ok(match next {
        Next::Page { flow, alert, seen } => pages::show(&flow, alert.as_ref(), &seen),
        Next::Redirect(to) => redirect(&to),
    })
}

fn step(tx: &mut dyn Tx, issuer: &str, form: &StepForm) -> Result<Next, PageRefusal> {
    let mut flow = Flow::load(tx, &form.flow)?.ok_or_else(PageRefusal::walk_ended)?;
    if form.back.is_some() {
        flow.go(tx, Step::IdNumber { typed: String::new() })?;
        return stay(tx, flow, None);
    }
    match flow.step.clone() {
        Step::IdNumber { .. } => take_id_number(tx, flow, &form.id_number),
        Step::Code { id_number } => take_code(tx, flow, &id_number, &form.code),
        Step::Consent { citizen_id, signed_in_at } => match form.consent.as_str() {
            "allow" => allow(tx, &flow, issuer, &citizen_id, signed_in_at),
            "deny" => {
                flow.end(tx)?;
                Ok(Next::Redirect(flow.answer(issuer, "error", "access_denied")))
            }
            _ => stay(tx, flow, None),
        },
    }
}

/// The page of the step that the walk is at.
fn stay(tx: &mut dyn Tx, flow: Flow, alert: Option<Text>) -> Result<Next, PageRefusal> {
    let seen = pages::what_the_app_sees(tx, &flow)?;
    Ok(Next::Page { flow: Box::new(flow), alert, seen })
}

fn take_id_number(tx: &mut dyn Tx, mut flow: Flow, typed: &str) -> Result<Next, PageRefusal> {
    let id_number = match IdNumber::parse(typed) {
        Ok(id_number) => id_number,
        Err(error) => {
            flow.go(tx, Step::IdNumber { typed: typed.chars().take(pages::ID_NUMBER_INPUT).collect() })?;
            return stay(tx, flow, Some(error.reason()));
        }
    };
    one_time_code::current_or_new(tx, id_number.as_str())?;
    flow.go(tx, Step::Code { id_number: id_number.as_str().to_owned() })?;
    stay(tx, flow, None)
}

fn take_code(tx: &mut dyn Tx, mut flow: Flow, id_number: &str, typed: &str) -> Result<Next, PageRefusal> {
    let digits: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
    match one_time_code::judge(tx, id_number, &digits)? {
        Verdict::Right => {
            let row =
                tx.query_one("SELECT citizen_id FROM residents WHERE id_number = $1", &[id_number.into()])?;
            // Codes for numbers that are nobody's are never handed out; a guess that hits ends like a miss.
            let Some(row) = row else { return restart(tx, flow, code_gone()) };
            flow.go(tx, Step::Consent { citizen_id: row.text(0)?, signed_in_at: machine_now() })?;
            stay(tx, flow, None)
        }
        Verdict::Wrong { tries_left } => stay(tx, flow, Some(wrong_code(tries_left))),
        Verdict::Gone => restart(tx, flow, code_gone()),
        Verdict::TooOften { seconds } => restart(tx, flow, too_often(seconds)),
    }
}

fn restart(tx: &mut dyn Tx, mut flow: Flow, alert: Text) -> Result<Next, PageRefusal> {
    flow.go(tx, Step::IdNumber { typed: String::new() })?;
    stay(tx, flow, Some(alert))
}

fn allow(
    tx: &mut dyn Tx,
    flow: &Flow,
    issuer: &str,
    citizen_id: &str,
    signed_in_at: i64,
) -> Result<Next, PageRefusal> {
    let code = keys::random_token()?;
    tokens::begin_session(tx, flow, citizen_id, signed_in_at, &code)?;
    flow.end(tx)?;
    Ok(Next::Redirect(flow.answer(issuer, "code", &code)))
}

fn wrong_code(tries_left: i64) -> Text {
    Text::new(
        format!("验证码不对，请核对后重新输入。还可以试 {tries_left} 次。"),
        format!("That is not the code. Check it and type it again; {tries_left} tries are left."),
    )
}

fn code_gone() -> Text {
    Text::new(
        "这个验证码已失效。请再填一次身份证号，我们发一个新的。",
        "That code has ended. Type your ID number again and we will send a new one.",
    )
}

fn too_often(seconds: i64) -> Text {
    let minutes = (seconds + 59) / 60;
    Text::new(
        format!("验证码错的次数太多，为了您的安全，请 {minutes} 分钟后再登录。"),
        format!("The code was wrong too often. To keep you safe, sign in again in {minutes} minutes."),
    )
}

impl PageRefusal {
    /// The walk is not there, has ended, or took too long.
    pub(super) fn walk_ended() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            Text::new(
                "这次登录已结束或超时。请回到应用，重新登录。",
                "This sign-in has ended or took too long. Go back to the app and sign in again.",
            ),
        )
    }
}
