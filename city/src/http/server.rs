//! Accepts connections until it is told to stop.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use url::Url;

use super::{City, router};
use crate::catalogue::Documents;
use crate::data_folder::{DataFolder, DataFolderError, Lock, Presence};
use crate::grievances::keep_climbing;
use crate::keys::KeyError;
use crate::seed::Seed;
use crate::store::StoreError;

/// How long a client may take over the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long requests that are under way may take to end after the city was told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How many connections are served at once; further ones wait in the system's queue.
const CONNECTIONS: usize = 4096;

/// How a city is run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that holds everything.
    pub data: DataFolder,
    /// The address that phones know the city by; none for the one it listens on.
    pub public_url: Option<Url>,
    /// What to fill an empty city with.
    pub seed: Option<Seed>,
    /// The documents of its services.
    pub documents: Documents,
}

/// A city that cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder cannot be used.
    #[error(transparent)]
    DataFolder(#[from] DataFolderError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be had.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The catalogue cannot be published.
    #[error(transparent)]
    Catalogue(#[from] crate::catalogue::CatalogueError),
    /// The seed does not fit the store.
    #[error(transparent)]
    Seed(#[from] crate::seed::SeedError),
    /// The folder of uploads cannot be used.
    #[error("the folder of uploads: {0}")]
    Uploads(io::Error),
    /// The listener failed.
    #[error("the listener failed: {0}")]
    Listener(io::Error),
}

/// A city that is ready: its store is open, its address is known, and connections wait to be accepted.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    city: City,
    // Given up after the city, whose store writes to the folder.
    _lock: Lock,
}

impl Server {
    /// Opens the city behind a listener and tells its address in the data folder.
    pub async fn open(listener: TcpListener, config: Config) -> Result<Self, ServeError> {
        let lock = config.data.lock()?;
        let address = listener.local_addr().map_err(ServeError::Listener)?;
        let base_url = config.public_url.map_or_else(|| format!("http://{address}"), String::from);
        let city = City::open(config.data, &base_url, config.seed, &config.documents).await?;
        city.data.announce(&Presence { url: format!("http://{address}") })?;
        Ok(Self { listener, address, city, _lock: lock })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The city that is served.
    pub fn city(&self) -> &City {
        &self.city
    }

    /// Serves until `shutdown` ends. Then no connection is accepted any more, and requests that are under
    /// way get a few seconds to end.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let Self { listener, city, _lock, .. } = self;
        let (stopping, uploads) = (city.shutdown.clone(), city.uploads.clone());
        let climbing = tokio::spawn(keep_climbing(city.clone()));
        let connections = Connections {
            router: router(city),
            places: Arc::new(Semaphore::new(CONNECTIONS)),
            graceful: GracefulShutdown::new(),
        };
        let mut shutdown = pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                () = connections.accept(&listener) => {}
            }
        }
        drop(listener);
        stopping.cancel();
        if tokio::time::timeout(GRACE, connections.graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not end in time and are cut off");
        }
        // It ends with the shutdown; the folder's lock is given up after its last transaction.
        drop(climbing.await);
        uploads.finished().await;
    }
}

struct Connections {
    router: Router,
    places: Arc<Semaphore>,
    graceful: GracefulShutdown,
}

impl Connections {
    /// Waits for a connection and serves it on a task of its own.
    async fn accept(&self, listener: &TcpListener) {
        // The semaphore is never closed, so there is always a place to wait for.
        let place = Arc::clone(&self.places).acquire_owned().await;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => return rest_after(&error).await,
        };
        let connection = self.serve(stream);
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }

    fn serve(&self, stream: TcpStream) -> impl Future<Output = ()> + use<> {
        // An acknowledgement of a few bytes shall not wait for more to send with it.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
        builder.http2().timer(TokioTimer::new()).keep_alive_interval(HEAD_TIMEOUT);
        let service = TowerToHyperService::new(self.router.clone());
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let watched = self.graceful.watch(connection);
        async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }
}

/// Where the process has no file handle left, accepting at once again would only burn its time.
async fn rest_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "a connection cannot be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
