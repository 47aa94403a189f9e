//! `city clock`: the day that the city has.

use citizen_api::Text;
use citizen_api::officer::CivilDay;
use clap::Subcommand;
use jiff::civil::Date;

use super::Failure;
use super::client::Desk;

const PATH: &str = "/v1/officer/clock";

/// Show the day that the city has, or move it on.
#[derive(clap::Args)]
pub(super) struct Clock {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Show the day.
    Show,
    /// Move on to a later day. A city's days never run back.
    Set {
        /// The day, such as 2026-11-23.
        #[arg(value_name = "DATE")]
        date: Date,
    },
}

impl Clock {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let day: CivilDay = match self.act {
            Act::Show => desk.get(PATH).await?,
            Act::Set { date } => desk.put(PATH, &CivilDay { date }).await?,
        };
        desk.show(&day, |CivilDay { date }| {
            Text::new(
                format!("城市的日期是 {}年{}月{}日。", date.year(), date.month(), date.day()),
                format!("The city's day is {date}."),
            )
        })
    }
}
