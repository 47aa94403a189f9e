//! What a citizen tells the city to do with something that is theirs already (交办): signed by the device like an
//! application, kept by the phone until the city has it, and carried out once.
//!
//! An application asks an office to decide; an instruction needs no decision, or begins one of its own. `POST
//! /v1/instructions` takes every kind, so that each of them works without a network by the same promise.

use serde::{Deserialize, Serialize};

use crate::changes::Change;
use crate::delivery::DeliverTo;
use crate::{BookingId, CounterId, DeliveryId, DeviceId, OfferId, ServiceId, Subject, Text, TransactionId};

/// What a citizen tells the city: the payload of a [`SignedDocument`](crate::submission::SignedDocument) of type
/// [`INSTRUCTION`](crate::jose::typ::INSTRUCTION).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Instruction {
    /// Made before the network is touched; equal to the `Idempotency-Key`.
    pub transaction_id: TransactionId,
    /// Who says it.
    pub subject: Subject,
    /// The device that signs.
    pub device_id: DeviceId,
    /// What the city shall do.
    pub what: Told,
    /// When it was said, by the phone's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: jiff::Timestamp,
}

/// What the city shall do.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Told {
    /// Does not want what the city has found; what was made is taken back.
    DeclineOffer {
        /// The offer.
        offer_id: OfferId,
    },
    /// Says that the data by which it was found is wrong; what is under way is stopped until an office has looked.
    DisputeOffer {
        /// The offer.
        offer_id: OfferId,
        /// What is wrong, in the person's own words.
        note: String,
    },
    /// Has a parcel go elsewhere. Possible until the courier has it in hand.
    RedirectDelivery {
        /// The parcel.
        delivery_id: DeliveryId,
        /// Where to.
        to: DeliverTo,
    },
    /// Books a place at a counter. The instruction's transaction is the booking's name.
    Book {
        /// The counter.
        counter_id: CounterId,
        /// What for.
        service_id: ServiceId,
        /// The day.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        day: jiff::civil::Date,
        /// When it begins.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        at: jiff::civil::Time,
    },
    /// Gives a place at a counter back.
    CancelBooking {
        /// The booking.
        booking_id: BookingId,
    },
}

impl Told {
    /// What people call it, where the phone does not know more.
    pub fn title(&self) -> Text {
        match self {
            Self::DeclineOffer { .. } => Text::new("不要主动办理的事项", "Declining an offer"),
            Self::DisputeOffer { .. } => Text::new("反映主动办理用错了数据", "Disputing an offer"),
            Self::RedirectDelivery { .. } => Text::new("改快递地址", "Sending a parcel elsewhere"),
            Self::Book { .. } => Text::new("预约窗口", "Booking a counter"),
            Self::CancelBooking { .. } => Text::new("取消窗口预约", "Giving a booking back"),
        }
    }
}

/// The answer, and that of `GET /v1/instructions/{instruction_id}`: that the city has carried it out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstructionDone {
    /// An [`InstructionReceipt`] in compact form, signed by the city.
    pub receipt: String,
    /// What it changed, each thing as it then stood. The feed tells of them too.
    pub changes: Vec<Change>,
}

/// The city's word that it has carried out an instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstructionReceipt {
    /// The transaction it answers.
    pub transaction_id: TransactionId,
    /// Whose instruction it was.
    pub subject: Subject,
    /// SHA-256 of the compact document's text, base64url without padding.
    pub document_sha256: String,
    /// When the city took it, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: jiff::Timestamp,
}

hidden_debug!(Instruction, Told, InstructionDone);
