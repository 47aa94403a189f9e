//! `city code`: the one-time code that stands in for a text message.

use citizen_api::Text;
use citizen_api::officer::{CodeRequest, OneTimeCode};

use super::Failure;
use super::client::Desk;

/// Show the one-time code that a person signs in with, as the text message would.
#[derive(clap::Args)]
pub(super) struct Code {
    /// The person's ID number.
    id_number: String,
}

impl Code {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let request = CodeRequest { id_number: self.id_number };
        let code: OneTimeCode = desk.post("/v1/officer/codes", &request).await?;
        desk.show(&code, |code| {
            let minutes = (code.expires_at.duration_since(jiff::Timestamp::now()).as_secs() + 59) / 60;
            Text::new(
                format!("验证码 {},{minutes} 分钟内有效。", code.code),
                format!("The code is {}. It is good for {minutes} minutes.", code.code),
            )
        })
    }
}
