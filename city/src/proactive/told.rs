//! What the phones are told of a rule: the wire's own types, with stand-ins for what each person's row has.

use citizen_api::credential::{CredentialKind, CredentialOffer};
use citizen_api::delivery::{DeliverTo, Delivery, DeliveryEvent, DeliveryStatus};
use citizen_api::offer::{Offer, OfferData, OfferStatus};
use citizen_api::{CredentialId, DeliveryId, OfferId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::rules::Rule;
use crate::registers::{item, title};

/// What stands in a rule's JSON for what each row has. No text of a rule can contain one by chance.
pub(super) struct StandIns {
    /// The name of the offer, of its card and of its parcel: one name for the three.
    pub(super) id: Uuid,
    /// The occasion of an offer; the day on which an older card was made.
    pub(super) day: Date,
    pub(super) tracking_number: String,
}

impl StandIns {
    pub(super) fn new() -> Self {
        Self { id: Uuid::now_v7(), day: Date::MIN, tracking_number: Uuid::now_v7().to_string() }
    }

    pub(super) fn offer(&self, rule: &Rule, made_on: Date) -> Offer {
        Offer { made_on, ..offer(rule, OfferId(self.id), self.day) }
    }

    /// A card of a kind that was made today; of an earlier day, and no longer valid, where none is given.
    pub(super) fn card(&self, rule: &Rule, kind: CredentialKind, made_on: Option<Date>) -> CredentialOffer {
        CredentialOffer {
            credential_id: CredentialId(self.id),
            kind,
            title: rule.title.clone(),
            reason: rule.reason.clone(),
            issued_on: made_on.unwrap_or(self.day),
            delivery_id: Some(DeliveryId(self.id)),
            valid: made_on.is_some(),
        }
    }

    pub(super) fn parcel(&self, rule: &Rule, at: Timestamp) -> Delivery {
        Delivery {
            delivery_id: DeliveryId(self.id),
            content: rule.makes.parcel.clone(),
            to: DeliverTo::Registered,
            status: DeliveryStatus::Prepared,
            revision: 1,
            tracking_number: self.tracking_number.clone(),
            events: vec![DeliveryEvent { status: DeliveryStatus::Prepared, at, note: None }],
        }
    }
}

/// An offer of a rule as it stands at first.
pub(super) fn offer(rule: &Rule, offer_id: OfferId, occasion: Date) -> Offer {
    let register = rule.who.register.clone();
    Offer {
        offer_id,
        rule_id: rule.rule_id.clone(),
        service_id: rule.service_id.clone(),
        title: rule.title.clone(),
        reason: rule.reason.clone(),
        next: rule.next.clone(),
        data: OfferData {
            title: title(&register),
            item: item(&register, &rule.who.item),
            register,
            value: occasion,
        },
        by: rule.requester.clone(),
        legal_ground: rule.legal_ground.clone(),
        made_on: occasion,
        status: OfferStatus::Standing,
        revision: 1,
        can_decline: rule.can_decline,
        credential_id: rule.makes.card.as_ref().map(|_| CredentialId(offer_id.0)),
        delivery_id: Some(DeliveryId(offer_id.0)),
        begins_service: rule.begins_service,
        answer: None,
    }
}
