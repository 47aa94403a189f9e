//! One-time codes. In place of a text message the officer's desk hands them out.

use axum::extract::State;
use citizen_api::officer::{CodeRequest, OneTimeCode};
use citizen_api::problem::ProblemType;
use citizen_form::IdNumber;
use ring::rand::SecureRandom;

use super::attempts::Limit;
use crate::clock::machine_now;
use crate::http::{City, Json, Officer, Refusal};
use crate::keys::KeyError;
use crate::store::{StoreError, Tx};

/// How long a code is good, in seconds.
const LIFETIME: i64 = 5 * 60;

/// How often a code may be typed wrong.
const TRIES: i64 = 5;

/// How often codes for one ID number may be typed wrong, over all codes.
const WRONG_CODES: Limit = Limit { kind: "wrong_code", tries: 15, window: 60 * 60 };

/// What came of a code that was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the one. It is used up.
    Right,
    /// It is not.
    Wrong {
        /// How many tries are left.
        tries_left: i64,
    },
    /// There is no code any more: used up, tried too often, or too old.
    Gone,
    /// Codes for this ID number were typed wrong too often.
    TooOften {
        /// In how many seconds to come again.
        seconds: i64,
    },
}

/// The valid code for an ID number, made where there is none. It is made for numbers that are nobody's as
/// well, so that nothing shows whether one is a resident's.
pub(super) fn current_or_new(tx: &mut dyn Tx, id_number: &str) -> Result<(String, i64), Refusal> {
    let now = machine_now();
    tx.execute("DELETE FROM one_time_codes WHERE expires_at <= $1 OR tries_left <= 0", &[now.into()])?;
    let found = tx
        .query_one("SELECT code, expires_at FROM one_time_codes WHERE id_number = $1", &[id_number.into()])?;
    if let Some(row) = found {
        return Ok((row.text(0)?, row.integer(1)?));
    }
    let (code, expires_at) = (random_code()?, now + LIFETIME);
    tx.execute(
        "INSERT INTO one_time_codes (id_number, code, tries_left, expires_at) VALUES ($1, $2, $3, $4)",
        &[id_number.into(), code.as_str().into(), TRIES.into(), expires_at.into()],
    )?;
    Ok((code, expires_at))
}

/// Judges a code that was typed, and counts the try. The try is taken before the comparison.
pub(super) fn judge(tx: &mut dyn Tx, id_number: &str, typed: &str) -> Result<Verdict, StoreError> {
    if let Some(seconds) = WRONG_CODES.wait(tx, id_number)? {
        return Ok(Verdict::TooOften { seconds });
    }
    let found = tx.query_one(
        "UPDATE one_time_codes SET tries_left = tries_left - 1
         WHERE id_number = $1 AND tries_left > 0 AND expires_at > $2 RETURNING code, tries_left",
        &[id_number.into(), machine_now().into()],
    )?;
    let Some(row) = found else { return Ok(Verdict::Gone) };
    if row.text(0)? == typed {
        tx.execute("DELETE FROM one_time_codes WHERE id_number = $1", &[id_number.into()])?;
        return Ok(Verdict::Right);
    }
    WRONG_CODES.count(tx, id_number)?;
    match row.integer(1)? {
        0 => Ok(Verdict::Gone),
        tries_left => Ok(Verdict::Wrong { tries_left }),
    }
}

/// Six digits. The remainder of 64 random bits favours none of them by more than one part in 10^13.
fn random_code() -> Result<String, KeyError> {
    let mut bytes = [0; 8];
    ring::rand::SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000))
}

/// The one-time code for a resident, for the officer's desk.
#[utoipa::path(
    post,
    path = "/v1/officer/codes",
    tag = "officer",
    request_body = CodeRequest,
    responses((status = 200, body = OneTimeCode), (status = 404, body = citizen_api::problem::Problem))
)]
pub(super) async fn give_code(
    State(city): State<City>,
    _officer: Officer,
    Json(request): Json<CodeRequest>,
) -> Result<Json<OneTimeCode>, Refusal> {
    let id_number = IdNumber::parse(&request.id_number).map_err(|error| {
        let reason = error.reason();
        Refusal::new(ProblemType::InvalidIdNumber, reason.zh, reason.en).at("/id_number")
    })?;
    let work = move |tx: &mut dyn Tx| {
        let known = "SELECT citizen_id FROM residents WHERE id_number = $1";
        if tx.query_one(known, &[id_number.as_str().into()])?.is_none() {
            return Err(no_such_resident());
        }
        current_or_new(tx, id_number.as_str())
    };
    let (code, expires_at) = city.store.write(work).await?;
    let expires_at = jiff::Timestamp::from_second(expires_at).map_err(|_| Refusal::internal())?;
    Ok(Json(OneTimeCode { code, expires_at }))
}

fn no_such_resident() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "人口库里没有这个身份证号。请对照身份证核对一遍。",
        "The population register has no such ID number. Check it against the card.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Verdict, current_or_new, judge};
    use crate::http::Refusal;
    use crate::store::Store;

    #[tokio::test]
    async fn a_code_serves_once_and_bears_five_errors_and_a_person_fifteen() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        let walk = store.write(|tx| -> Result<(), Refusal> {
            let (code, _) = current_or_new(tx, "1")?;
            assert_eq!(current_or_new(tx, "1")?.0, code, "a valid code is given again");
            assert_eq!(judge(tx, "1", "wrong")?, Verdict::Wrong { tries_left: 4 });
            assert_eq!(judge(tx, "1", &code)?, Verdict::Right);
            assert_eq!(judge(tx, "1", &code)?, Verdict::Gone, "used up");
            for round in 0..3 {
                current_or_new(tx, "1")?;
                // One error was made above.
                let errors = if round == 2 { 4 } else { 5 };
                for error in 1..=errors {
                    let expected =
                        if error == 5 { Verdict::Gone } else { Verdict::Wrong { tries_left: 5 - error } };
                    assert_eq!(judge(tx, "1", "wrong")?, expected);
                }
            }
            let (code, _) = current_or_new(tx, "1")?;
            assert!(matches!(judge(tx, "1", &code)?, Verdict::TooOften { .. }), "even the right one waits");
            let (other, _) = current_or_new(tx, "2")?;
            assert_eq!(judge(tx, "2", &other)?, Verdict::Right, "and nobody else does");
            Ok(())
        });
        walk.await.unwrap();
    }
}
