//! What citizens say is wrong in what was found for them, and what an office answers.

use axum::extract::State;
use citizen_api::OfferId;
use citizen_api::offer::{AnswerOffer, DisputedOffers, Offer, OfferStatus};
use citizen_api::problem::Problem;
use jiff::Timestamp;

use super::record::{self, OfferRecord};
use super::say;
use crate::cases::officer::request::in_both_languages;
use crate::courier;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::Tx;

/// What citizens dispute.
#[utoipa::path(
    get, path = "/v1/officer/offers/disputed", tag = "officers",
    responses(
        (status = 200, description = "The offers", body = DisputedOffers),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn disputed(State(city): State<City>, _: Officer) -> Result<Json<DisputedOffers>, Refusal> {
    city.store.read(|tx| Ok(Json(DisputedOffers { offers: record::disputed(tx)? }))).await
}

/// Answers a dispute: takes back what was made, or lets it stand and sends it on.
#[utoipa::path(
    post, path = "/v1/officer/offers/{offer_id}/answer", tag = "officers", request_body = AnswerOffer,
    params(("offer_id" = OfferId, Path, description = "The offer")),
    responses(
        (status = 200, description = "Answered", body = Offer),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not disputed", body = Problem),
        (status = 422, description = "Not in both languages", body = Problem),
    ),
)]
pub(super) async fn answer(
    State(city): State<City>,
    _: Officer,
    Path(offer_id): Path<OfferId>,
    Json(body): Json<AnswerOffer>,
) -> Result<Json<Offer>, Refusal> {
    in_both_languages(&body.text, "/text")?;
    let at = city.clock.now();
    city.store
        .write(move |tx| {
            let record = record::find(tx, offer_id)?.ok_or_else(Refusal::not_found)?;
            settle(tx, &record, &body, at)?;
            record::find_of(tx, &record.citizen_id, offer_id).map(Json)
        })
        .await
}

fn settle(tx: &mut dyn Tx, record: &OfferRecord, body: &AnswerOffer, at: Timestamp) -> Result<(), Refusal> {
    let OfferRecord { citizen_id, offer, .. } = record;
    if offer.status != OfferStatus::Disputed {
        return Err(say::no_longer_open());
    }
    tx.execute(
        "UPDATE offers SET answer_zh = $3, answer_en = $4 WHERE citizen_id = $1 AND offer_id = $2",
        &[
            citizen_id.into(),
            offer.offer_id.to_string().into(),
            (&body.text.zh).into(),
            (&body.text.en).into(),
        ],
    )?;
    if body.take_back {
        say::move_to(tx, citizen_id, offer.offer_id, OfferStatus::TakenBack)?;
        say::take_back(tx, citizen_id, offer, &body.text, at)?;
        return Ok(());
    }
    say::move_to(tx, citizen_id, offer.offer_id, OfferStatus::Upheld)?;
    record::publish(tx, citizen_id, offer.offer_id)?;
    if let Some(delivery_id) = offer.delivery_id {
        courier::release(tx, delivery_id, at)?;
    }
    Ok(())
}
