//! Having a parcel go elsewhere, as long as the courier does not have it.

use citizen_api::DeliveryId;
use citizen_api::changes::Change;
use citizen_api::delivery::DeliverTo;
use citizen_api::problem::ProblemType;
use citizen_form::PhoneNumber;

use super::record;
use super::step::publish;
use crate::http::Refusal;
use crate::store::{StoreError, Tx};

/// Has a parcel of this citizen go to another address.
pub(crate) fn redirect(
    tx: &mut dyn Tx,
    citizen_id: &str,
    delivery_id: DeliveryId,
    to: &DeliverTo,
) -> Result<Change, Refusal> {
    check(to).map_err(|refusal| refusal.at("/what/to"))?;
    let own = record::find(tx, delivery_id)?.filter(|record| record.citizen_id == citizen_id);
    let record = own.ok_or_else(Refusal::not_found)?;
    if !record.delivery.status.is_here() {
        return Err(on_its_way());
    }
    address(tx, citizen_id, delivery_id, to)?;
    Ok(Change::Delivery(publish(tx, &record)?))
}

/// Writes where a parcel goes, and raises its revision.
pub(super) fn address(
    tx: &mut dyn Tx,
    citizen_id: &str,
    delivery_id: DeliveryId,
    to: &DeliverTo,
) -> Result<(), StoreError> {
    let key = [citizen_id.into(), delivery_id.to_string().into()];
    match to {
        DeliverTo::Registered => tx.execute(
            "UPDATE deliveries SET to_kind = 'registered', to_name = '', to_phone = '', revision = revision + 1,
                 address = (SELECT address FROM residents WHERE citizen_id = $1)
             WHERE citizen_id = $1 AND delivery_id = $2",
            &key,
        ),
        DeliverTo::Address { name, phone, address } => {
            let [citizen_id, delivery_id] = key;
            tx.execute(
                "UPDATE deliveries SET to_kind = 'address', to_name = $3, to_phone = $4, address = $5,
                     revision = revision + 1
                 WHERE citizen_id = $1 AND delivery_id = $2",
                &[citizen_id, delivery_id, name.into(), phone.into(), address.into()],
            )
        }
    }?;
    Ok(())
}

/// Judges an address: somebody to ask for, a phone to call, a place to go to.
pub(crate) fn check(to: &DeliverTo) -> Result<(), Refusal> {
    let DeliverTo::Address { name, phone, address } = to else { return Ok(()) };
    let fits = |text: &str, longest| {
        let length = text.trim().chars().count();
        length > 0 && length <= longest && !text.chars().any(char::is_control)
    };
    if fits(name, 50) && fits(address, DeliverTo::LONGEST) && PhoneNumber::parse(phone).is_ok() {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemType::InvalidAnswer,
        "收件地址不完整：请写收件人、11 位手机号和详细地址。",
        "The address is not complete: give who receives it, a mobile number of 11 digits, and where.",
    ))
}

fn on_its_way() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "快递员已经取走了这个包裹，改不了地址。快递员会先打电话，您可以告诉他放在哪里；没送到的会放到就近窗口。",
        "The courier has this parcel already, so its address cannot change. The courier calls first; what cannot be handed over waits at a counter.",
    )
    .at("/what/delivery_id")
}
