//! `city proactive`: what the city begins by itself.

use citizen_api::Text;
use citizen_api::officer::ProactiveRun;
use clap::Subcommand;

use super::Failure;
use super::client::Desk;

/// Find the people whom a rule gives something today, and give it.
#[derive(clap::Args)]
pub(super) struct Proactive {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Run the rules over the registers for the city's day.
    Run,
}

impl Proactive {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let Act::Run = self.act;
        let run: ProactiveRun = desk.act("/v1/officer/proactive/run").await?;
        desk.show(&run, |run| {
            let (date, cards, parcels) = (run.date, run.credentials_made, run.deliveries_opened);
            Text::new(
                format!("{date}：做好证照 {cards} 张，开出快递 {parcels} 件。"),
                format!("{date}: {cards} cards made, {parcels} parcels opened."),
            )
        })
    }
}
