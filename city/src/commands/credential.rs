//! `city credential`: cards that were issued.

use citizen_api::credential::CredentialOffer;
use citizen_api::{CredentialId, Text};
use clap::Subcommand;

use super::Failure;
use super::client::Desk;

/// Take cards back.
#[derive(clap::Args)]
pub(super) struct Credential {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Take a card back: from now on the status list says so.
    Revoke {
        /// The card.
        credential: CredentialId,
    },
}

impl Credential {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let Act::Revoke { credential } = self.act;
        let offer: CredentialOffer =
            desk.act(&format!("/v1/officer/credentials/{credential}/revoke")).await?;
        desk.show(&offer, |offer| {
            Text::new(
                format!("“{}”已注销，核验时会显示失效。", offer.title.zh),
                format!("“{}” has been taken back; whoever checks it is told.", offer.title.en),
            )
        })
    }
}
