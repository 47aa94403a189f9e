//! Bringing one file to the city, from wherever it stands.

use citizen_api::TransactionId;
use citizen_api::submission::SubmittedAttachment;
use url::Url;

use super::create::{create, small};
use super::state::{self, UploadState};
use super::transfer::{ask, forgotten, send_rest};
use super::way::Way;
use crate::Error;
use crate::people::Compartment;

/// Sends a file until the city confirms its last byte. `tell` is told how far it is, at most ten times a second.
pub(crate) async fn run(
    compartment: &Compartment,
    transaction_id: TransactionId,
    file: &SubmittedAttachment,
    tell: impl Fn(u64) + Clone + Send + Sync + Unpin + 'static,
) -> Result<(), Error> {
    let mut known = compartment.read(|tx, sealer| state::load(tx, sealer, transaction_id))?;
    let bytes = small(compartment, file)?;
    let (location, held) = begin(compartment, transaction_id, &mut known, file, bytes).await?;
    send_all(Way::Session(compartment), &location, file, held, tell).await
}

/// Sends all that the city does not hold.
pub(super) async fn send_all(
    way: Way<'_>,
    location: &Url,
    file: &SubmittedAttachment,
    mut held: u64,
    tell: impl Fn(u64) + Clone + Send + Sync + Unpin + 'static,
) -> Result<(), Error> {
    while held < file.size {
        tell(held);
        held = match send_rest(way, location, file, held, tell.clone()).await {
            Ok(confirmed) if confirmed > held => confirmed,
            Ok(_) => return Err(Error::CityAnsweredNonsense),
            Err(error) => further(way, location, file, held, error).await?,
        };
    }
    tell(file.size);
    Ok(())
}

/// Where the upload is, and how much of it the city holds: asked, or created, or created anew where the city has
/// forgotten it. That happens once; a city that forgets twice is for a person to look at. A small file can go along.
pub(super) async fn begin(
    compartment: &Compartment,
    transaction_id: TransactionId,
    known: &mut UploadState,
    file: &SubmittedAttachment,
    bytes: Option<Vec<u8>>,
) -> Result<(Url, u64), Error> {
    let begun = match &known.location {
        Some(location) => {
            ask(Way::Session(compartment), location, file).await.map(|held| (location.clone(), held))
        }
        None => create(compartment, known, file, bytes.as_deref()).await,
    };
    let (location, held) = match begun {
        Err(error) if forgotten(&error) && !known.begun_again => {
            *known = UploadState { creation: TransactionId::generate(), location: None, begun_again: true };
            compartment.write(|tx, sealer| state::store(tx, sealer, transaction_id, known))?;
            create(compartment, known, file, bytes.as_deref()).await?
        }
        begun => begun?,
    };
    if known.location.as_ref() != Some(&location) {
        known.location = Some(location.clone());
        compartment.write(|tx, sealer| state::store(tx, sealer, transaction_id, known))?;
    }
    match held <= file.size {
        true => Ok((location, held)),
        false => Err(Error::CityAnsweredNonsense),
    }
}

/// After a request that failed: where the city has more than before, the way is not closed and it goes on from
/// there at once. Otherwise the failure stands; a quarrel about the offset (409) is settled by asking.
async fn further(
    way: Way<'_>,
    location: &Url,
    file: &SubmittedAttachment,
    before: u64,
    error: Error,
) -> Result<u64, Error> {
    let error = match error {
        Error::Refused(problem) if problem.status == 409 => Error::CityBusy { retry_after: None },
        Error::Offline | Error::CityUnreachable | Error::CityBusy { .. } => error,
        refused => return Err(refused),
    };
    match ask(way, location, file).await {
        Ok(held) if held > before && held <= file.size => Ok(held),
        _ => Err(error),
    }
}
