//! `city proactive`: what the city begins by itself.

use citizen_api::offer::{AnswerOffer, DisputedOffers, Offer};
use citizen_api::officer::ProactiveRun;
use citizen_api::{OfferId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// Find the people for whom a rule has something today, make it, and answer those who say that it is wrong.
#[derive(clap::Args)]
pub(super) struct Proactive {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Run the rules over the registers for the city's day. A second run finds nobody again.
    Run,
    /// List what citizens say is wrong.
    Disputed,
    /// Answer somebody who says that it is wrong.
    Answer {
        /// The offer.
        offer: OfferId,
        /// The citizen is right: take back what was made. Else it stands.
        #[arg(long)]
        take_back: bool,
        /// What was found, in Chinese.
        #[arg(long)]
        text: String,
        /// The same in English.
        #[arg(long, default_value = "It was looked into.")]
        text_en: String,
    },
}

impl Proactive {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self.act {
            Act::Run => {
                let run: ProactiveRun = desk.act("/v1/officer/proactive/run").await?;
                desk.show(&run, in_words)
            }
            Act::Disputed => {
                let list: DisputedOffers = desk.get("/v1/officer/offers/disputed").await?;
                desk.show(&list, |list| {
                    let none = Text::new("没有人反映用错了数据。", "Nobody says that anything is wrong.");
                    let line = |disputed: &citizen_api::offer::DisputedOffer| {
                        let (offer, note) = (&disputed.offer, &disputed.note);
                        Text::new(
                            format!("{}  {}：{note}", offer.offer_id, offer.title.zh),
                            format!("{}  {}: {note}", offer.offer_id, offer.title.en),
                        )
                    };
                    case_words::list(list.offers.iter().map(line), none)
                })
            }
            Act::Answer { offer, take_back, text, text_en } => {
                let body = AnswerOffer { take_back, text: Text::new(text, text_en) };
                let path = format!("/v1/officer/offers/{offer}/answer");
                let answered: Offer = desk.post(&path, &body).await?;
                desk.show(&answered, |offer| {
                    Text::new(format!("已答复：{}", offer.title.zh), format!("Answered: {}", offer.title.en))
                })
            }
        }
    }
}

fn in_words(run: &ProactiveRun) -> Text {
    let ProactiveRun { date, offers_made, credentials_made, deliveries_opened } = run;
    Text::new(
        format!(
            "{date}：主动办理 {offers_made} 项，做好证照 {credentials_made} 张，开出快递 {deliveries_opened} 件。"
        ),
        format!(
            "{date}: {offers_made} things found, {credentials_made} cards made, {deliveries_opened} parcels opened."
        ),
    )
}
