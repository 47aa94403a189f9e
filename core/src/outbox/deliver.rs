//! Sending one signed document and believing the answer only if it is signed and fits.

use citizen_api::jose::Compact;
use citizen_api::mandate::ByMandate;
use citizen_api::submission::{Acknowledgement, IDEMPOTENCY_KEY, SignedDocument};
use reqwest::Method;
use serde::Deserialize;

use super::acknowledge::acknowledge;
use super::instruct;
use super::queue::Queued;
use super::receipt::{Expected, verify};
use super::request::What;
use crate::Error;
use crate::catalogue::pull_anchors;
use crate::http::Reply;
use crate::people::Compartment;

/// Sends a document. When the answer is lost, the same bytes are sent again under the same key, and the city answers
/// as it did the first time.
pub(super) async fn deliver(compartment: &Compartment, row: &Queued) -> Result<(), Error> {
    let path = match &row.request.what {
        What::Upload { .. } => return Err(no_document()),
        What::Submission { .. } => "v1/submissions".to_owned(),
        What::Supplement { case_id, .. } => format!("v1/cases/{case_id}/supplements"),
        What::Instruction { .. } => instruct::PATH.to_owned(),
    };
    let document = document(row).ok_or_else(no_document)?;
    let body = SignedDocument { document: document.to_owned() };
    let url = compartment.city(&path)?;
    let reply = compartment
        .session()
        .under(by(document)?.map(|by| by.mandate_id))
        .authorized(|http| {
            let request = http.request(Method::POST, url.clone())?;
            Ok(request.header(IDEMPOTENCY_KEY, row.transaction_id.to_string()).json(&body))
        })
        .await?;
    believe(compartment, row, &reply).await
}

/// Asks whether the city has a transaction. If it has, that is kept as if it had been answered at once.
pub(super) async fn ask(compartment: &Compartment, row: &Queued) -> Result<bool, Error> {
    let path = match row.request.what {
        What::Instruction { .. } => instruct::PATH,
        _ => "v1/submissions",
    };
    let url = compartment.city(&format!("{path}/{}", row.transaction_id))?;
    let signed_under = document(row).map(by).transpose()?.flatten();
    let session = compartment.session().under(signed_under.map(|by| by.mandate_id));
    match session.authorized(|http| http.request(Method::GET, url.clone())).await {
        Ok(reply) => believe(compartment, row, &reply).await.map(|()| true),
        Err(Error::Refused(problem)) if problem.kind == citizen_api::problem::ProblemType::NotFound => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Keeps an answer that is signed by the city and fits what was sent. The city may sign with a newer key than the last
/// pull brought, so its keys are asked for once more before a receipt is not believed.
async fn believe(compartment: &Compartment, row: &Queued, reply: &Reply) -> Result<(), Error> {
    match keep(compartment, row, reply) {
        Err(doubt @ Error::CityAnsweredNonsense) => {
            pull_anchors(compartment.device()).await.map_err(|_| doubt)?;
            keep(compartment, row, reply)
        }
        kept => kept,
    }
}

fn keep(compartment: &Compartment, row: &Queued, reply: &Reply) -> Result<(), Error> {
    let document = document(row).ok_or_else(no_document)?;
    if matches!(row.request.what, What::Instruction { .. }) {
        return instruct::keep(compartment, row, document, &reply.json()?);
    }
    let acknowledgement: Acknowledgement = reply.json()?;
    let subject = compartment.subject()?;
    let by = by(document)?;
    let expected = Expected {
        transaction_id: row.transaction_id,
        subject: &subject,
        document,
        by: by.as_ref(),
        case_id: match row.request.what {
            What::Supplement { case_id, .. } => Some(case_id),
            _ => None,
        },
    };
    let receipt = verify(&acknowledgement, &compartment.city_keys()?, &expected)?;
    acknowledge(compartment, row, document, &receipt, &acknowledgement)
}

fn no_document() -> Error {
    Error::internal("a file is no document")
}

/// Under which mandate a document was signed; none where the person signed for themselves.
fn by(document: &str) -> Result<Option<ByMandate>, Error> {
    #[derive(Deserialize)]
    struct Claims {
        #[serde(default)]
        by: Option<ByMandate>,
    }

    let claims = Compact::parse(document).and_then(|compact| compact.claims::<Claims>());
    claims.map(|claims| claims.by).map_err(|_| Error::internal("a document that waits is not one"))
}

/// The document of a row; none for a file.
fn document(row: &Queued) -> Option<&str> {
    match &row.request.what {
        What::Upload { .. } => None,
        What::Submission { document }
        | What::Supplement { document, .. }
        | What::Instruction { document } => Some(document),
    }
}
