//! The reference city, as a server of uploads.

use std::net::SocketAddr;
use std::path::PathBuf;

use citizen_api::jose::encode;
use citizen_tests::city_process::CityProcess;
use ring::digest::{SHA256, digest};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::proof::PhoneKey;
use crate::server::Server;
use crate::wire::Headers;

const PUBLIC: &str = "http://city.example";

/// A running city with somebody who is signed in.
pub(crate) struct City {
    pub(crate) process: CityProcess,
    key: PhoneKey,
    token: String,
    _folder: TempDir,
}

impl City {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = CityProcess::start(&folder.path().join("city"), PUBLIC).unwrap();
        let city = Self {
            process,
            key: PhoneKey::generate(),
            token: uuid::Uuid::now_v7().to_string(),
            _folder: folder,
        };
        city.sign_in();
        city
    }

    fn sign_in(&self) {
        let store = self.store();
        let session = "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, signed_in_at, jkt)
                       SELECT ?1, citizen_id, 'citizen-app', 'openid', '', unixepoch(), ?2 FROM residents LIMIT 1";
        assert_eq!(store.execute(session, [&self.token, &self.key.thumbprint()]).unwrap(), 1);
        let token = "INSERT INTO access_tokens (token_sha256, session_id, expires_at) VALUES (?1, ?2, unixepoch() + 3600)";
        let sha256 = encode(digest(&SHA256, self.token.as_bytes()).as_ref());
        store.execute(token, params![sha256, self.token]).unwrap();
    }

    fn store(&self) -> Connection {
        let store = Connection::open(self.process.data().join("city.db")).unwrap();
        store.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
        store
    }

    fn file(&self, path: &str) -> PathBuf {
        self.process.data().join("uploads").join(path.rsplit('/').next().unwrap())
    }
}

impl Server for City {
    fn address(&self) -> SocketAddr {
        self.process.address()
    }

    fn uploads(&self) -> &'static str {
        "/v1/uploads"
    }

    fn credentials(&self, method: &str, path: &str) -> Headers {
        let proof = self.key.proof(method, &format!("{PUBLIC}{path}"), Some(&self.token), None);
        vec![("Authorization".to_owned(), format!("DPoP {}", self.token)), ("DPoP".to_owned(), proof)]
    }

    fn held(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.file(path)).ok()
    }

    fn expire(&self, path: &str) {
        let upload_id = path.rsplit('/').next().unwrap();
        let sql = "UPDATE uploads SET expires_at = 1 WHERE upload_id = ?1";
        assert_eq!(self.store().execute(sql, [upload_id]).unwrap(), 1);
    }
}
