//! `city catalogue`: what can be done with documents of services.

use citizen_api::Language;
use clap::Subcommand;

use super::Failure;
use super::catalogue_check::{Check, Schema};
use super::catalogue_generate::Generate;
use super::catalogue_publish::Publish;

/// Work on documents of services.
#[derive(clap::Args)]
pub(super) struct Catalogue {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    Check(Check),
    Schema(Schema),
    Generate(Generate),
    Publish(Publish),
}

impl Catalogue {
    pub(super) async fn run(self, lang: Language) -> Result<(), Failure> {
        match self.act {
            Act::Check(check) => check.run(lang),
            Act::Schema(schema) => {
                schema.run();
                Ok(())
            }
            Act::Generate(generate) => generate.run(),
            Act::Publish(publish) => publish.run(lang).await,
        }
    }
}
