//! A reference city that listens nowhere: its router stands behind an address that a test serves something else at too.

use city::catalogue::Documents;
use city::data_folder::DataFolder;
use city::http::{City, Config, Server};
use city::seed::Seed;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The city, the address that it is known by, and somebody who lives there.
pub(crate) struct HiddenCity {
    pub(crate) listener: TcpListener,
    pub(crate) origin: String,
    pub(crate) city: City,
    pub(crate) citizen_id: String,
    /// What has to outlive every request.
    pub(crate) kept: (Server, TempDir),
}

impl HiddenCity {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let config = Config {
            data: DataFolder::new(folder.path()),
            public_url: Some(origin.parse().unwrap()),
            seed: Some(Seed::Demo),
            documents: Documents::BuiltIn,
        };
        let server = Server::open(TcpListener::bind("127.0.0.1:0").await.unwrap(), config).await.unwrap();
        let city = server.city().clone();
        let resident = city.store.read(|tx| tx.query_one("SELECT citizen_id FROM residents LIMIT 1", &[]));
        let citizen_id = resident.await.unwrap().unwrap().text(0).unwrap();
        Self { listener, origin, city, citizen_id, kept: (server, folder) }
    }
}
