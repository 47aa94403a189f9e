//! `city serve`: serves a city.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;

use citizen_api::{Language, Text};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

use super::{Failure, output};
use crate::catalogue::{CatalogueError, DocumentError, Documents, Fault, Growth, PlacedFault};
use crate::data_folder::{DataFolder, DataFolderError};
use crate::http::{Config, ServeError, Server};
use crate::seed::Seed;
use crate::store::StoreError;

/// Serve a city until it gets SIGTERM or SIGINT. Prints one line with its address when it is ready.
#[derive(clap::Args)]
pub(super) struct Serve {
    /// The address to listen on; port 0 for any that is free.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8700")]
    listen: SocketAddr,
    /// The folder that holds everything; made where it is not there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What to fill an empty city with.
    #[arg(long, value_enum)]
    seed: Option<Seed>,
    /// The address that phones know the city by, where it is not the one it listens on.
    #[arg(long, value_name = "URL")]
    public_url: Option<Url>,
    /// A folder with the documents of the services, one a file; those that are built in where it is left out.
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
    /// Grow the catalogue to this many services, to see how a large one is borne.
    #[arg(long, value_name = "N", conflicts_with = "catalogue")]
    services: Option<usize>,
    /// What the further services are chosen by.
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "services")]
    services_seed: u64,
}

impl Serve {
    pub(super) async fn run(self, lang: Language) -> Result<(), Failure> {
        let shutdown = stop_signal().map_err(|reason| cannot_start(&reason))?;
        let listener =
            TcpListener::bind(self.listen).await.map_err(|reason| cannot_listen(self.listen, &reason))?;
        let documents = match (self.catalogue, self.services) {
            (Some(folder), _) => Documents::Folder(folder),
            (None, Some(services)) => Documents::Grown(Growth { services, seed: self.services_seed }),
            (None, None) => Documents::BuiltIn,
        };
        let config = Config {
            data: DataFolder::new(self.data),
            public_url: self.public_url,
            seed: self.seed,
            documents,
        };
        let server = Server::open(listener, config).await.map_err(|error| cannot_serve(&error))?;
        let ready = Text::new("城市已就绪", "The city is ready");
        output::line(&format!("{}: http://{}", ready.get(lang), server.address()));
        server.run(shutdown).await;
        Ok(())
    }
}

/// Ends with the first SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

fn cannot_start(reason: &std::io::Error) -> Failure {
    Failure::failed(format!("无法启动：{reason}。"), format!("Cannot start: {reason}."))
}

fn cannot_listen(address: SocketAddr, reason: &std::io::Error) -> Failure {
    match reason.kind() {
        ErrorKind::AddrInUse => Failure::failed(
            format!("地址 {address} 已被别的程序占用。请停掉它，或用 --listen 换一个端口(0 表示任选)。"),
            format!(
                "{address} is in use by another program. Stop it, or choose another port with --listen (0 for any)."
            ),
        ),
        _ => Failure::failed(
            format!("无法在 {address} 上监听：{reason}。请用 --listen 换一个地址。"),
            format!("Cannot listen on {address}: {reason}. Choose another address with --listen."),
        ),
    }
}

fn cannot_serve(error: &ServeError) -> Failure {
    match error {
        ServeError::DataFolder(DataFolderError::AlreadyServed { path }) => Failure::failed(
            format!("数据目录 {} 正由另一个进程使用。请先停掉它，或用 --data 换一个目录。", path.display()),
            format!(
                "The data folder {} is served by another process. Stop that one first, or choose another folder with --data.",
                path.display()
            ),
        ),
        ServeError::Store(StoreError::NewerVersion { found, known }) => Failure::failed(
            format!(
                "数据目录属于更新的版本（{found}；本程序只认到 {known}），没有动它。请用更新的程序打开。"
            ),
            format!(
                "The data folder belongs to a newer version ({found}; this program knows up to {known}) and was left as it is. Open it with a newer program."
            ),
        ),
        ServeError::Catalogue(CatalogueError::Document(DocumentError::Unsound { name, faults })) => {
            unsound(name, faults)
        }
        ServeError::Catalogue(CatalogueError::DoesNotFit { service_id, fault }) => {
            let placed = PlacedFault { line: 1, fault: Fault::clone(fault) };
            unsound(service_id.as_str(), std::slice::from_ref(&placed))
        }
        error => Failure::failed(
            format!("无法启动城市：{error}。请检查数据目录的权限和磁盘空间。"),
            format!(
                "Cannot start the city: {error}. Check the data folder's permissions and the disk's free space."
            ),
        ),
    }
}

/// Tells every fault of a document that keeps the city from being served.
fn unsound(name: &str, faults: &[PlacedFault]) -> Failure {
    let file = format!("{name}.json");
    let told: Vec<Text> = faults.iter().map(|placed| placed.words(&file)).collect();
    let zh: Vec<&str> = told.iter().map(|text| text.zh.as_str()).collect();
    let en: Vec<&str> = told.iter().map(|text| text.en.as_str()).collect();
    Failure::failed(
        format!(
            "{}\n事项文档有误，城市没有启动。请照上面改正，用 city catalogue check 再查一遍。",
            zh.join("\n")
        ),
        format!(
            "{}\nA document is not sound, so the city was not started. Mend it and check it with city catalogue check.",
            en.join("\n")
        ),
    )
}
