//! A server of a few lines for tests: answers each connection with the next prepared bytes.

use std::sync::{Arc, Mutex};

use reqwest::Url;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

/// The bytes of one answer; a connection that gets none is cut.
#[derive(Clone)]
pub(crate) struct Answer(Vec<u8>);

impl Answer {
    /// An answer with a status, a media type and a body.
    pub(crate) fn new(status: u16, media_type: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        Self([head.as_bytes(), body.as_bytes()].concat())
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status, "application/json", body)
    }

    /// With one more header.
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        let text = String::from_utf8(self.0).unwrap();
        Self(text.replacen("\r\n", &format!("\r\n{name}: {value}\r\n"), 1).into_bytes())
    }

    /// No answer: the connection is cut after the request.
    pub(crate) fn silence() -> Self {
        Self(Vec::new())
    }

    /// An answer that promises more bytes than come before the cut.
    pub(crate) fn cut_short(promised: usize, body: &str) -> Self {
        let head =
            format!("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {promised}\r\n\r\n");
        Self([head.as_bytes(), body.as_bytes()].concat())
    }
}

impl Answer {
    /// Reads a request and answers it.
    async fn give(&self, mut socket: impl AsyncRead + AsyncWrite + Unpin, seen: &Mutex<Vec<String>>) {
        let request = read_request(&mut socket).await;
        seen.lock().unwrap().push(request);
        // A client that has heard enough hangs up, and that is its right.
        let _ = socket.write_all(&self.0).await;
        let _ = socket.shutdown().await;
    }
}

/// A server on a loopback port of its own. It ends with the test's runtime.
pub(crate) struct TestServer {
    origin: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl TestServer {
    /// Serves the answers in order, one a connection.
    pub(crate) async fn start(answers: Vec<Answer>) -> Self {
        Self::start_with(|_| answers).await
    }

    /// Serves answers that name the server's own address.
    pub(crate) async fn start_with(answers: impl FnOnce(&str) -> Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let answers = answers(&origin);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            for answer in answers {
                let (socket, _) = listener.accept().await.unwrap();
                answer.give(socket, &seen).await;
            }
        });
        Self { origin, requests }
    }

    /// Answers one connection with `{}`, over TLS at `localhost` with that certificate and key, both in DER.
    pub(crate) async fn start_tls(certificate: Vec<u8>, key: Vec<u8>) -> Self {
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.into()], key.try_into().unwrap())
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            let (socket, _) = listener.accept().await.unwrap();
            // A client that does not trust the certificate ends the handshake.
            if let Ok(socket) = tokio_rustls::TlsAcceptor::from(Arc::new(config)).accept(socket).await {
                Answer::json(200, "{}").give(socket, &seen).await;
            }
        });
        Self { origin, requests }
    }

    /// The address without a path, as an issuer is named.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// An address at this server.
    pub(crate) fn url(&self, path: &str) -> Url {
        format!("{}{path}", self.origin).parse().unwrap()
    }

    /// The requests so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request whole: its head, and as many bytes after it as the head says.
async fn read_request(socket: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse::<usize>().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        if socket.read_buf(&mut bytes).await.unwrap() == 0 {
            return text;
        }
    }
}
