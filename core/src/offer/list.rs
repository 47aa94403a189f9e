//! What was found, listed and one by one.

use citizen_api::instruction::Told;
use citizen_api::offer::Offer;
use citizen_api::{OfferId, Text, TransactionId};
use jiff::Timestamp;
use serde::Serialize;

use super::Offers;
use crate::Error;
use crate::instruction::{Waiting, waiting};
use crate::mirror::{self, Kept, Kind};

/// Something that was found, as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// What the city says of it.
    #[serde(flatten)]
    pub offer: Offer,
    /// What the person has said to it, while the city does not know yet or has refused; none otherwise.
    pub said: Option<Said>,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// What a person has said and the city is not known to have.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Under which transaction it waits in the outbox.
    pub transaction_id: TransactionId,
    /// What it is.
    pub what: SaidWhat,
    /// Why the city refused it, where it did.
    pub refused: Option<Text>,
}

/// What a person can say to something that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidWhat {
    /// That they do not want it.
    Declined,
    /// That the data is wrong.
    Disputed,
}

hidden_debug!(OfferView, Said);

impl Offers {
    /// Everything that was found, the newest first.
    pub fn list(&self) -> Result<Vec<OfferView>, Error> {
        self.compartment.read(|tx, sealer| {
            let waiting = waiting(tx, sealer)?;
            let kept = mirror::all::<Offer>(tx, sealer, Kind::Offer)?;
            Ok(kept.into_iter().map(|kept| view(kept, &waiting)).collect())
        })
    }

    /// One thing that was found.
    pub fn show(&self, offer_id: OfferId) -> Result<OfferView, Error> {
        let name = offer_id.to_string();
        self.compartment.read(|tx, sealer| {
            let waiting = waiting(tx, sealer)?;
            let kept = mirror::get(tx, sealer, Kind::Offer, &name)?.ok_or(Error::UnknownOffer)?;
            Ok(view(kept, &waiting))
        })
    }
}

fn view(kept: Kept<Offer>, waiting: &[Waiting]) -> OfferView {
    let Kept { document: offer, fetched_at } = kept;
    let said = waiting.iter().rev().find_map(|said| {
        let what = match &said.what {
            Told::DeclineOffer { offer_id } if *offer_id == offer.offer_id => SaidWhat::Declined,
            Told::DisputeOffer { offer_id, .. } if *offer_id == offer.offer_id => SaidWhat::Disputed,
            _ => return None,
        };
        let refused = said.problem.as_ref().map(|problem| problem.title.clone());
        Some(Said { transaction_id: said.transaction_id, what, refused })
    });
    OfferView { offer, said, fetched_at }
}
