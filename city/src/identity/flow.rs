//! A walk through the sign-in pages, from the request to the consent.

use citizen_api::Language;

use super::redirect_uri::RedirectUri;
use crate::clock::machine_now;
use crate::store::{Row, StoreError, Tx};

/// How long a walk may take, in seconds.
const LIFETIME: i64 = 15 * 60;

/// Where the person is on the walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Asked for the ID number.
    IdNumber {
        /// What was typed last and is not one, so that it can be mended instead of typed anew.
        typed: String,
    },
    /// Asked for the one-time code that was sent for this ID number.
    Code {
        /// Valid by its form; whether it is anyone's is not said.
        id_number: String,
    },
    /// Asked whether the app may see what it asks for.
    Consent {
        /// Who signed in.
        citizen_id: String,
        /// When, by the machine's clock.
        signed_in_at: i64,
    },
}

/// A walk.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) flow: String,
    pub(super) redirect_uri: RedirectUri,
    pub(super) state: Option<String>,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    pub(super) scope: String,
    /// The thumbprint of the key that the code shall be traded with; empty where the app named none.
    pub(super) jkt: String,
    pub(super) language: Language,
    pub(super) step: Step,
}

const COLUMNS: &str = "redirect_uri, state, nonce, code_challenge, scope, language, step, id_number, \
                       citizen_id, signed_in_at, jkt";

impl Flow {
    /// Writes down a walk that begins, and forgets those that nobody goes on with.
    pub(super) fn begin(&self, tx: &mut dyn Tx) -> Result<(), StoreError> {
        let now = machine_now();
        tx.execute("DELETE FROM login_flows WHERE expires_at <= $1", &[now.into()])?;
        tx.execute(
            "INSERT INTO login_flows (flow, redirect_uri, state, nonce, code_challenge, scope, language, step, expires_at,
                                      jkt)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'id_number', $8, $9)",
            &[
                self.flow.as_str().into(),
                self.redirect_uri.as_str().into(),
                self.state.clone().into(),
                self.nonce.as_str().into(),
                self.code_challenge.as_str().into(),
                self.scope.as_str().into(),
                language_word(self.language).into(),
                (now + LIFETIME).into(),
                self.jkt.as_str().into(),
            ],
        )?;
        Ok(())
    }

    /// The walk of that name, unless it has ended.
    pub(super) fn load(tx: &mut dyn Tx, flow: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM login_flows WHERE flow = $1 AND expires_at > $2");
        let row = tx.query_one(&sql, &[flow.into(), machine_now().into()])?;
        row.map(|row| Self::read(flow, &row)).transpose()
    }

    fn read(flow: &str, row: &Row) -> Result<Self, StoreError> {
        let step = match row.text(6)?.as_str() {
            "consent" => Step::Consent { citizen_id: row.text(8)?, signed_in_at: row.integer(9)? },
            "code" => Step::Code { id_number: row.text(7)? },
            _ => Step::IdNumber { typed: row.text(7)? },
        };
        Ok(Self {
            flow: flow.to_owned(),
            redirect_uri: RedirectUri::parse(&row.text(0)?)
                .ok_or(StoreError::Column { column: 0, expected: "an address of the app" })?,
            state: row.optional_text(1)?,
            nonce: row.text(2)?,
            code_challenge: row.text(3)?,
            scope: row.text(4)?,
            jkt: row.text(10)?,
            language: if row.text(5)? == "en" { Language::En } else { Language::Zh },
            step,
        })
    }

    /// Goes to another step.
    pub(super) fn go(&mut self, tx: &mut dyn Tx, step: Step) -> Result<(), StoreError> {
        let (word, id_number, citizen_id, signed_in_at) = match &step {
            Step::IdNumber { typed } => ("id_number", typed.as_str(), None, None),
            Step::Code { id_number } => ("code", id_number.as_str(), None, None),
            Step::Consent { citizen_id, signed_in_at } => {
                ("consent", "", Some(citizen_id.as_str()), Some(*signed_in_at))
            }
        };
        tx.execute(
            "UPDATE login_flows SET step = $2, id_number = $3, citizen_id = $4, signed_in_at = $5 WHERE flow = $1",
            &[self.flow.as_str().into(), word.into(), id_number.into(), citizen_id.into(), signed_in_at.into()],
        )?;
        self.step = step;
        Ok(())
    }

    /// Shows the rest of the walk in another language.
    pub(super) fn speak(&mut self, tx: &mut dyn Tx, language: Language) -> Result<(), StoreError> {
        tx.execute(
            "UPDATE login_flows SET language = $2 WHERE flow = $1",
            &[self.flow.as_str().into(), language_word(language).into()],
        )?;
        self.language = language;
        Ok(())
    }

    /// Ends the walk: its name is worth nothing any more.
    pub(super) fn end(&self, tx: &mut dyn Tx) -> Result<(), StoreError> {
        tx.execute("DELETE FROM login_flows WHERE flow = $1", &[self.flow.as_str().into()])?;
        Ok(())
    }

    /// The address that takes an answer back to the app, with the state it gave and the issuer (RFC 9207).
    pub(super) fn answer(&self, issuer: &str, name: &str, value: &str) -> String {
        let mut answer = vec![(name, value), ("iss", issuer)];
        answer.extend(self.state.as_deref().map(|state| ("state", state)));
        self.redirect_uri.with(&answer)
    }
}

pub(super) fn language_word(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh",
        Language::En => "en",
    }
}
