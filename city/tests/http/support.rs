//! A city on a free port, citizens who are signed in to it, and a client that sends exactly what it is told.

use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::AttachmentId;
use citizen_api::problem::Problem;
use city::catalogue::Documents;
use city::data_folder::DataFolder;
use city::http::{City, Config, Server};
use city::keys::sha256;
use city::store::{StoreError, Tx};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::proof::PhoneKey;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The address that phones know the city by; what goes over the wire names it alone.
const PUBLIC: &str = "http://city/";

/// The key of the phone that all of them share.
static KEY: LazyLock<PhoneKey> = LazyLock::new(PhoneKey::generate);

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";

/// A city that is served until it is dropped or stopped.
pub(crate) struct Town {
    pub(crate) city: City,
    pub(crate) address: SocketAddr,
    pub(crate) folder: tempfile::TempDir,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Town {
    pub(crate) async fn open() -> Self {
        Self::open_in(tempfile::tempdir().unwrap()).await
    }

    async fn open_in(folder: tempfile::TempDir) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config {
            data: DataFolder::new(folder.path()),
            public_url: Some(PUBLIC.parse().unwrap()),
            seed: None,
            documents: Documents::BuiltIn,
        };
        let server = Server::open(listener, config).await.unwrap();
        let city = server.city().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(server.run(async move { drop(stopped.await) }));
        Self { city, address, folder, stop, served }
    }

    /// Stops the city and serves the same folder again.
    pub(crate) async fn reopen(self) -> Self {
        let Self { city, folder, stop, served, .. } = self;
        drop((city, stop));
        served.await.unwrap();
        Self::open_in(folder).await
    }

    /// Signs a citizen in; gives the access token.
    pub(crate) async fn sign_in(&self, who: &'static str) -> &'static str {
        self.city.store.write(move |tx| sign_in(tx, who)).await.unwrap();
        who
    }

    /// Sends these bytes on a connection of their own and reads the answer. A proof serves once, so a request that has
    /// one is sent with a fresh one.
    pub(crate) async fn send(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(&with_a_fresh_proof(request)).await.unwrap();
        Reply::read(&mut stream).await
    }

    /// Returns once the row of an upload says that at least so many bytes are here.
    pub(crate) async fn until_received(&self, attachment: AttachmentId, bytes: u64) {
        let key = attachment.to_string();
        let look = async {
            loop {
                let key = key.clone();
                let sql = "SELECT received FROM uploads WHERE attachment_id = $1";
                let row = self.city.store.read(move |tx| tx.query_one(sql, &[key.into()])).await;
                let row: Result<_, StoreError> = row;
                if row.unwrap().is_some_and(|row| row.number::<u64>(0).unwrap() >= bytes) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, look).await.unwrap();
    }
}

/// The token of a test is the citizen's name: what counts here is what happens after the sign-in.
fn sign_in(tx: &mut dyn Tx, who: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO residents (citizen_id, id_number, name, gender, birth_date, address)
         VALUES ($1, $1, $1, 'female', '1960-01-01', '')",
        &[who.into()],
    )?;
    tx.execute(
        "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, signed_in_at, jkt)
         VALUES ($1, $1, '', '', '', 0, $2)",
        &[who.into(), KEY.thumbprint().into()],
    )?;
    tx.execute(
        "INSERT INTO access_tokens (token_sha256, session_id, expires_at) VALUES ($1, $2, $3)",
        &[sha256(who.as_bytes()).into(), who.into(), i64::MAX.into()],
    )?;
    Ok(())
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Reads an answer to the end of its connection.
    pub(crate) async fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.unwrap().unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    pub(crate) fn offset(&self) -> u64 {
        self.header("upload-offset").expect("an offset").parse().unwrap()
    }

    pub(crate) fn problem(&self) -> Problem {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The head of a request: `Host`, one connection for it alone, and these headers.
pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: city\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    (head + "\r\n").into_bytes()
}

/// The headers by which a request is somebody's.
fn in_the_name_of(who: &str, method: &str, path: &str) -> [String; 2] {
    let url = format!("{}{}", PUBLIC.trim_end_matches('/'), path);
    [format!("DPoP {who}"), KEY.proof(method, &url, Some(who), None)]
}

/// The same request, with a proof that was not sent before where it has one.
fn with_a_fresh_proof(request: &[u8]) -> Vec<u8> {
    let end = request.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = std::str::from_utf8(&request[..end]).unwrap();
    let value = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let (Some(old), Some(who)) = (value("DPoP: "), value("Authorization: DPoP ")) else {
        return request.to_vec();
    };
    let line: Vec<&str> = head.split(' ').collect();
    let [_, proof] = in_the_name_of(who, line[0], line[1]);
    [head.replace(old, &proof).as_bytes(), &request[end..]].concat()
}

/// A file to upload.
pub(crate) struct File {
    pub(crate) attachment_id: AttachmentId,
    pub(crate) bytes: Vec<u8>,
    pub(crate) metadata: String,
}

impl File {
    /// A picture of that many bytes. One of fewer than 57 has no end, and is never whole.
    pub(crate) fn png(length: usize) -> Self {
        let filling = length.saturating_sub(8 + 25 + 12 + 12);
        let header = b"\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0....";
        let size = u32::try_from(filling).unwrap().to_be_bytes();
        let data: Vec<u8> = (0..filling + 4).map(|index| (index / 7 % 251) as u8).collect();
        let mut bytes = [PNG, header, &size, b"IDAT", &data, b"\0\0\0\0IEND...."].concat();
        bytes.truncate(length);
        Self::called("image/png", bytes)
    }

    pub(crate) fn called(media_type: &str, bytes: Vec<u8>) -> Self {
        let attachment_id = AttachmentId::generate();
        let digest = sha256(&bytes);
        let pair = |key: &str, value: &str| format!("{key} {}", STANDARD.encode(value));
        let metadata = [
            pair("attachment_id", &attachment_id.to_string()),
            pair("filetype", media_type),
            pair("sha256", &digest),
        ]
        .join(",");
        Self { attachment_id, bytes, metadata }
    }

    /// A creation under the attachment's name, with the first of its bytes.
    pub(crate) fn creation(&self, who: &str, first: &[u8]) -> Vec<u8> {
        let key = self.attachment_id.to_string();
        let (length, carried) = (self.bytes.len().to_string(), first.len().to_string());
        let [token, proof] = in_the_name_of(who, "POST", "/v1/uploads");
        let mut headers = vec![
            ("Tus-Resumable", "1.0.0"),
            ("Authorization", &token),
            ("DPoP", &proof),
            ("Idempotency-Key", &key),
            ("Upload-Length", &length),
            ("Upload-Metadata", &self.metadata),
            ("Content-Length", &carried),
        ];
        if !first.is_empty() {
            headers.push(("Content-Type", "application/offset+octet-stream"));
        }
        [request("POST", "/v1/uploads", &headers), first.to_vec()].concat()
    }
}

/// A request about an upload, as its owner sends it.
pub(crate) fn about(method: &str, path: &str, who: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let [token, proof] = in_the_name_of(who, method, path);
    let own = [("Tus-Resumable", "1.0.0"), ("Authorization", token.as_str()), ("DPoP", proof.as_str())];
    request(method, path, &[&own, headers].concat())
}

/// The head of a `PATCH` that announces so many bytes at an offset.
pub(crate) fn patch_head(path: &str, who: &str, offset: u64, bytes: usize, more: &[(&str, &str)]) -> Vec<u8> {
    let (offset, bytes) = (offset.to_string(), bytes.to_string());
    let own = [
        ("Content-Type", "application/offset+octet-stream"),
        ("Upload-Offset", offset.as_str()),
        ("Content-Length", bytes.as_str()),
    ];
    about("PATCH", path, who, &[&own, more].concat())
}

impl Town {
    /// Makes an upload without bytes; gives its path.
    pub(crate) async fn create(&self, who: &str, file: &File) -> String {
        let reply = self.send(&file.creation(who, b"")).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.header("location").unwrap().to_owned()
    }

    pub(crate) async fn head(&self, path: &str, who: &str) -> Reply {
        self.send(&about("HEAD", path, who, &[])).await
    }

    pub(crate) async fn patch(&self, path: &str, who: &str, offset: u64, bytes: &[u8]) -> Reply {
        self.send(&[&patch_head(path, who, offset, bytes.len(), &[])[..], bytes].concat()).await
    }

    /// The file of an upload as it lies in the city's folder.
    pub(crate) fn stored(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join("uploads").join(path.rsplit('/').next().unwrap())
    }
}
