//! `city catalogue publish`: publishes documents to a running city.

use std::path::{Path, PathBuf};

use citizen_api::Text;
use citizen_api::officer_evidence::PublishedService;

use super::client::{Desk, Office};
use super::{Failure, case_words};

/// Publish documents to a running city. Each is checked there as strictly as those that it is started with.
#[derive(clap::Args)]
pub(super) struct Publish {
    #[command(flatten)]
    pub(super) office: Office,
    /// The documents, one service a file, named after the service.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Publish {
    pub(super) async fn run(self, lang: citizen_api::Language) -> Result<(), Failure> {
        let Self { office, files } = self;
        let desk = office.open(lang)?;
        let mut published = Vec::with_capacity(files.len());
        for file in &files {
            published.push(publish(&desk, file).await?);
        }
        desk.show(&published, |published| case_words::list(published.iter().map(line), Text::default()))
    }
}

async fn publish(desk: &Desk, file: &Path) -> Result<PublishedService, Failure> {
    let text = std::fs::read_to_string(file).map_err(|reason| {
        let file = file.display();
        Failure::wrong_use(
            format!("读不到文件 {file}:{reason}。请核对路径。"),
            format!("The file {file} cannot be read: {reason}. Check the path."),
        )
    })?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    desk.put_text(&format!("/v1/officer/services/{name}"), text).await
}

fn line(published: &PublishedService) -> Text {
    let (service, version, catalogue) =
        (&published.service_id, published.version, published.catalogue_version);
    Text::new(
        format!("{service} 第 {version} 版已发布，事项目录第 {catalogue} 版"),
        format!("{service} version {version} is published, in version {catalogue} of the catalogue"),
    )
}
