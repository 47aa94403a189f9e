//! `city figures`: the figures of the reform, of a running city or of the documents that are built in.

use std::path::PathBuf;

use citizen_api::figures::Figures as Computed;
use citizen_api::{Language, Text};
use url::Url;

use super::client::public;
use super::{Failure, case_words, output};
use crate::catalogue::Documents;
use crate::figures::{Shown, of_documents, shown};

/// Show the figures of the reform: of a city, or, without one, of the documents that are built in.
#[derive(clap::Args)]
pub(super) struct Figures {
    /// The data folder of the city.
    #[arg(long, value_name = "DIR", conflicts_with = "city")]
    data: Option<PathBuf>,
    /// The city's address. The figures are public; no token is needed.
    #[arg(long, value_name = "URL")]
    city: Option<Url>,
    /// Print one JSON document instead of words.
    #[arg(long)]
    json: bool,
}

impl Figures {
    pub(super) async fn run(self, lang: Language) -> Result<(), Failure> {
        let without_city = self.data.is_none() && self.city.is_none();
        let figures: Computed = match without_city {
            true => of_documents(&Documents::BuiltIn.read().map_err(|error| unsound(&error))?),
            false => public(self.data, self.city, "/v1/figures").await?,
        };
        if self.json {
            let json = serde_json::to_string_pretty(&figures).map_err(|error| unsound(&error))?;
            output::line(&json);
            return Ok(());
        }
        let lines = shown(&figures).into_iter().flatten().map(|figure| line(&figure));
        output::line(case_words::list(lines, Text::default()).get(lang));
        if without_city {
            output::line(Text::new(NO_CITY.0, NO_CITY.1).get(lang));
        }
        Ok(())
    }
}

const NO_CITY: (&str, &str) = (
    "以上按内置的事项文档算出。要看实际办件的数据，请用 --data 目录 或 --city 地址。",
    "Computed from the documents that are built in. For what cases say, give --data DIR or --city URL.",
);

fn line(figure: &Shown) -> Text {
    let Shown { title, value, .. } = figure;
    Text::new(format!("{}：{}", title.zh, value.zh), format!("{}: {}", title.en, value.en))
}

fn unsound(error: &dyn std::error::Error) -> Failure {
    Failure::failed(
        format!("算不出来：{error}。请用 city catalogue check 查一查事项文档。"),
        format!("The figures cannot be computed: {error}. Check the documents with city catalogue check."),
    )
}
