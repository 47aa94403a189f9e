//! What a person says to something that was found.

use citizen_api::instruction::Told;
use citizen_api::offer::Offer;
use citizen_api::{OfferId, Text, TransactionId};

use super::Offers;
use crate::Error;
use crate::instruction::tell;

impl Offers {
    /// Says that the person does not want it: what was made is taken back, and it is not found again. Works without a
    /// network.
    pub fn decline(&self, offer_id: OfferId) -> Result<TransactionId, Error> {
        let offer = self.open(offer_id)?;
        if !offer.can_decline {
            return Err(Error::CannotDecline);
        }
        let title = Text::new(format!("不要：{}", offer.title.zh), format!("Declined: {}", offer.title.en));
        tell(&self.compartment, &title, Told::DeclineOffer { offer_id })
    }

    /// Says that the data by which it was found is wrong, and what is right: what is under way stops until an office
    /// has looked. Works without a network.
    pub fn dispute(&self, offer_id: OfferId, note: &str) -> Result<TransactionId, Error> {
        let offer = self.open(offer_id)?;
        let note = note.trim();
        if note.is_empty() {
            return Err(Error::NothingSaid);
        }
        let title =
            Text::new(format!("数据有误：{}", offer.title.zh), format!("Wrong data: {}", offer.title.en));
        tell(&self.compartment, &title, Told::DisputeOffer { offer_id, note: note.to_owned() })
    }

    /// An offer to which something can still be said.
    fn open(&self, offer_id: OfferId) -> Result<Offer, Error> {
        let offer = self.show(offer_id)?.offer;
        if offer.status.is_open() { Ok(offer) } else { Err(Error::OfferClosed) }
    }
}
