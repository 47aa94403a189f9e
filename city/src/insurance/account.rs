//! `GET /v1/insurance`: a citizen's account with its newest entries.

use axum::extract::State;
use citizen_api::insurance::{InsuranceAccount, InsuranceEntry};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{Fen, Text};
use jiff::Timestamp;

use super::Scheme;
use crate::http::{Citizen, City, Json, Refusal};
use crate::store::{Row, StoreError, Tx};
use crate::words::{read_text, read_word};

/// The account of the person who is signed in.
#[utoipa::path(
    get,
    path = "/v1/insurance",
    tag = "insurance",
    responses((status = 200, body = InsuranceAccount), (status = 401, body = Problem), (status = 404, body = Problem))
)]
pub(super) async fn get_account(
    State(city): State<City>,
    citizen: Citizen,
) -> Result<Json<InsuranceAccount>, Refusal> {
    let at = city.clock.now();
    let found = city.store.read(move |tx| account(tx, &citizen.citizen_id, at)).await?;
    found.map(Json).ok_or_else(not_insured)
}

fn not_insured() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "没有查到您的参保记录。请到就近的医保窗口登记，带身份证即可。",
        "You are not in the medical-insurance register. Register at the nearest counter; your ID card is enough.",
    )
}

/// The account of an insured person as it stands, with its newest entries.
pub fn account(
    tx: &mut dyn Tx,
    citizen_id: &str,
    at: Timestamp,
) -> Result<Option<InsuranceAccount>, StoreError> {
    let found = tx.query_one(
        "SELECT year, current_year_fen, earlier_years_fen, reimbursed_fen, scheme FROM insurance_accounts
         WHERE citizen_id = $1",
        &[citizen_id.into()],
    )?;
    let Some(row) = found else { return Ok(None) };
    let entries = tx.query(
        "SELECT entry_id, posted_on, kind, amount_fen, place_zh, place_en FROM insurance_entries
         WHERE citizen_id = $1 ORDER BY posted_on DESC, entry_id DESC LIMIT 100",
        &[citizen_id.into()],
    )?;
    Ok(Some(InsuranceAccount {
        year: row.number(0)?,
        current_year: Fen(row.integer(1)?),
        earlier_years: Fen(row.integer(2)?),
        reimbursed_this_year: Fen(row.integer(3)?),
        scheme: scheme_title(&row)?,
        as_of: at,
        entries: entries.iter().map(entry).collect::<Result<_, _>>()?,
    }))
}

fn scheme_title(row: &Row) -> Result<Text, StoreError> {
    let scheme = Scheme::from_word(&row.text(4)?);
    scheme.map(Scheme::title).ok_or(StoreError::Column { column: 4, expected: "a scheme" })
}

fn entry(row: &Row) -> Result<InsuranceEntry, StoreError> {
    Ok(InsuranceEntry {
        entry_id: row.text(0)?,
        date: row.parse(1)?,
        kind: read_word(row, 2)?,
        amount: Fen(row.integer(3)?),
        place: read_text(row, 4)?,
    })
}
