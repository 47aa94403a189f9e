//! What a server is to the cases, and what they ask of any.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use citizen_api::jose::encode;
use ring::digest::{SHA256, digest};

use crate::wire::{Headers, Reply, Request};

/// The only version of tus that is spoken.
pub(crate) const VERSION: &str = "1.0.0";

/// More bytes than any server here takes.
pub(crate) const TOO_MANY: u64 = 20 * 1024 * 1024 + 1;

/// A server that takes uploads.
pub(crate) trait Server: Sync {
    fn address(&self) -> SocketAddr;

    /// Where uploads are made.
    fn uploads(&self) -> &'static str;

    /// The headers by which a request is somebody's.
    fn credentials(&self, method: &str, path: &str) -> Headers;

    /// The bytes that it holds of an upload; none where it holds no such upload.
    fn held(&self, path: &str) -> Option<Vec<u8>>;

    /// Ends the time of an upload that is not whole.
    fn expire(&self, path: &str);
}

/// A file that every server takes.
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    pub(crate) metadata: String,
    name: String,
}

impl File {
    /// A picture of that many bytes, or a few more: smaller ones there are none.
    pub(crate) fn of(length: usize) -> Self {
        let kind =
            [b"\0\0\0\x0dIHDR".as_slice(), &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
        let filling = length.saturating_sub(8 + kind.len() + 24);
        let size = u32::try_from(filling).unwrap().to_be_bytes();
        let data: Vec<u8> = (0..filling + 4).map(|index| (index / 7 % 251) as u8).collect();
        let end = b"\0\0\0\0IEND\xAE\x42\x60\x82";
        Self::called("image/png", [b"\x89PNG\r\n\x1A\n", &kind[..], &size, b"IDAT", &data, end].concat())
    }

    /// These bytes, said to be of that kind.
    pub(crate) fn called(media_type: &str, bytes: Vec<u8>) -> Self {
        let name = uuid::Uuid::now_v7().to_string();
        let sha256 = encode(digest(&SHA256, &bytes).as_ref());
        let pairs = [("attachment_id", name.as_str()), ("filetype", media_type), ("sha256", sha256.as_str())];
        let pair = |(key, value): (&str, &str)| format!("{key} {}", STANDARD.encode(value));
        Self { metadata: pairs.map(pair).join(","), bytes, name }
    }

    pub(crate) fn length(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// What a case works with: a server, and the requests that are right.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a>(pub(crate) &'a dyn Server);

impl Scene<'_> {
    /// A right request of somebody.
    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        Request::new(method, path).with("Tus-Resumable", VERSION).with_all(self.0.credentials(method, path))
    }

    /// A right creation of an upload that carries nothing.
    pub(crate) fn creation(&self, file: &File) -> Request {
        self.request("POST", self.0.uploads())
            .with("Idempotency-Key", &file.name)
            .with("Upload-Length", file.length())
            .with("Upload-Metadata", &file.metadata)
            .with("Content-Length", 0)
    }

    /// The same, carrying the file's first bytes.
    pub(crate) fn creation_with(&self, file: &File, first: usize) -> Request {
        self.creation(file)
            .with("Content-Type", "application/offset+octet-stream")
            .carrying(&file.bytes[..first])
    }

    /// A right addition of bytes.
    pub(crate) fn patch(&self, path: &str, offset: u64, bytes: &[u8]) -> Request {
        self.request("PATCH", path)
            .with("Upload-Offset", offset)
            .with("Content-Type", "application/offset+octet-stream")
            .carrying(bytes)
    }

    pub(crate) fn send(&self, request: &Request) -> Reply {
        request.send(self.0.address())
    }

    /// Makes an upload; gives its path.
    pub(crate) fn create(&self, file: &File) -> Result<String, String> {
        let made = self.send(&self.creation(file));
        made.is(&[201])?;
        location(&made)
    }

    /// Makes an upload and gives it its first bytes.
    pub(crate) fn begun(&self, file: &File, first: usize) -> Result<String, String> {
        let path = self.create(file)?;
        self.send(&self.patch(&path, 0, &file.bytes[..first])).is(&[204])?;
        Ok(path)
    }

    pub(crate) fn head(&self, path: &str) -> Reply {
        self.send(&self.request("HEAD", path))
    }

    pub(crate) fn offers(&self) -> Reply {
        self.send(&Request::new("OPTIONS", self.0.uploads()))
    }

    /// The server stands at that offset, and holds exactly the file's bytes up to there.
    pub(crate) fn stands_at(&self, path: &str, file: &File, offset: usize) -> Result<(), String> {
        self.head(path).says("Upload-Offset", offset)?;
        match self.0.held(path) {
            Some(held) if held == file.bytes[..offset] => Ok(()),
            held => Err(format!("{offset} bytes expected, and {:?} held", held.map(|held| held.len()))),
        }
    }
}

/// The path of an upload that was made.
pub(crate) fn location(made: &Reply) -> Result<String, String> {
    let location = made.header("Location").ok_or("no Location")?;
    // An absolute address has the path behind its host.
    let path = location.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    Ok(path.map_or_else(|| location.to_owned(), |(_, path)| format!("/{path}")))
}
