//! Having a parcel go elsewhere.

use citizen_api::delivery::{DeliverTo, Delivery};
use citizen_api::instruction::Told;
use citizen_api::{DeliveryId, Text, TransactionId};
use citizen_form::PhoneNumber;

use super::Deliveries;
use crate::Error;
use crate::instruction::tell;
use crate::mirror::{self, Kind};

/// The longest name of who receives it, in characters.
const LONGEST_NAME: usize = 50;

impl Deliveries {
    /// Has a parcel go to another address, or to the registered one again. Works without a network: the city is told
    /// when there is one, and says so where the courier had it by then. What is said last counts.
    pub fn redirect(&self, delivery_id: DeliveryId, to: &DeliverTo) -> Result<TransactionId, Error> {
        let to = tidied(to)?;
        let name = delivery_id.to_string();
        let kept =
            self.compartment.read(|tx, sealer| mirror::get::<Delivery>(tx, sealer, Kind::Delivery, &name))?;
        let delivery = kept.ok_or(Error::UnknownParcel)?.document;
        if !delivery.status.is_here() {
            return Err(Error::ParcelOnItsWay);
        }
        let content = delivery.content;
        let title = Text::new(
            format!("改快递地址：{}", content.zh),
            format!("Sending a parcel elsewhere: {}", content.en),
        );
        tell(&self.compartment, &title, Told::RedirectDelivery { delivery_id, to })
    }
}

/// An address without spaces around its parts, where it is complete.
pub(crate) fn tidied(to: &DeliverTo) -> Result<DeliverTo, Error> {
    let DeliverTo::Address { name, phone, address } = to else { return Ok(DeliverTo::Registered) };
    let (name, address) = (name.trim(), address.trim());
    let fits = |text: &str, longest| {
        !text.is_empty() && text.chars().count() <= longest && !text.chars().any(char::is_control)
    };
    let phone = PhoneNumber::parse(phone).map_err(|_| Error::AddressIncomplete)?;
    if !fits(name, LONGEST_NAME) || !fits(address, DeliverTo::LONGEST) {
        return Err(Error::AddressIncomplete);
    }
    Ok(DeliverTo::Address {
        name: name.to_owned(),
        phone: phone.as_str().to_owned(),
        address: address.to_owned(),
    })
}
