//! Sending one signed document and believing the answer only if it is signed and fits.

use citizen_api::jose::Compact;
use citizen_api::mandate::ByMandate;
use citizen_api::submission::{Acknowledgement, IDEMPOTENCY_KEY, SignedDocument};
use citizen_api::{CaseId, TransactionId};
use reqwest::Method;
use serde::Deserialize;

use super::acknowledge::acknowledge;
use super::queue::Queued;
use super::receipt::{Expected, verify};
use super::request::What;
use crate::Error;
use crate::catalogue::pull_anchors;
use crate::people::Compartment;

/// Sends a document. When the answer is lost, the same bytes are sent again under the same key, and the city answers
/// as it did the first time.
pub(super) async fn deliver(compartment: &Compartment, row: &Queued) -> Result<(), Error> {
    let Some((document, case_id)) = document(row) else {
        return Err(Error::internal("a file is no document"));
    };
    let path = match case_id {
        None => "v1/submissions".to_owned(),
        Some(case_id) => format!("v1/cases/{case_id}/supplements"),
    };
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
    believe(compartment, row, &reply.json()?).await
}

/// Asks whether the city has a transaction. If it has, that is kept as if it had been answered at once.
pub(super) async fn ask(compartment: &Compartment, row: &Queued) -> Result<bool, Error> {
    let url = compartment.city(&format!("v1/submissions/{}", row.transaction_id))?;
    let signed_under = document(row).map(|(document, _)| by(document)).transpose()?.flatten();
    let session = compartment.session().under(signed_under.map(|by| by.mandate_id));
    match session.authorized(|http| http.request(Method::GET, url.clone())).await {
        Ok(reply) => believe(compartment, row, &reply.json()?).await.map(|()| true),
        Err(Error::Refused(problem)) if problem.kind == citizen_api::problem::ProblemType::NotFound => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Keeps an acknowledgement that is signed by the city and fits what was sent. The city may sign with a newer key than
/// the last pull brought, so its keys are asked for once more before a receipt is not believed.
async fn believe(
    compartment: &Compartment,
    row: &Queued,
    acknowledgement: &Acknowledgement,
) -> Result<(), Error> {
    let Some((document, case_id)) = document(row) else {
        return Err(Error::internal("a file is no document"));
    };
    let transaction_id: TransactionId = row.transaction_id;
    let subject = compartment.subject()?;
    let by = by(document)?;
    let expected = Expected { transaction_id, subject: &subject, document, by: by.as_ref(), case_id };
    let receipt = match verify(acknowledgement, &compartment.city_keys()?, &expected) {
        Ok(receipt) => receipt,
        Err(doubt) => {
            pull_anchors(compartment.device()).await.map_err(|_| doubt)?;
            verify(acknowledgement, &compartment.city_keys()?, &expected)?
        }
    };
    acknowledge(compartment, row, document, &receipt, acknowledgement)
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

/// The document of a row, and the case that it answers.
fn document(row: &Queued) -> Option<(&str, Option<CaseId>)> {
    match &row.request.what {
        What::Upload { .. } => None,
        What::Submission { document } => Some((document, None)),
        What::Supplement { case_id, document } => Some((document, Some(*case_id))),
    }
}
