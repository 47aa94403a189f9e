//! Requests exactly as they are written, each on a connection of its own, and the answers to them.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use crate::patience::PATIENCE;

/// What a clause comes to: kept, or what was seen instead.
pub(crate) type Verdict = Result<(), String>;

/// Names and values, in the order they are sent.
pub(crate) type Headers = Vec<(String, String)>;

/// A request that says what it is told.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// Adds a header, also where there is one of that name.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn with_all(mut self, headers: Headers) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Takes every header of that name out.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// Puts a header in the place of those of that name.
    pub(crate) fn having(self, name: &str, value: impl ToString) -> Self {
        self.without(name).with(name, value)
    }

    /// Carries these bytes, and says how many.
    pub(crate) fn carrying(mut self, bytes: &[u8]) -> Self {
        self.body = bytes.to_vec();
        self.having("Content-Length", bytes.len())
    }

    fn written(&self, address: SocketAddr) -> Vec<u8> {
        let mut head =
            format!("{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }

    /// Sends it, and reads the answer.
    pub(crate) fn send(&self, address: SocketAddr) -> Reply {
        let mut stream = self.begin(address);
        Reply::read(&mut stream)
    }

    /// Sends what there is of it, and leaves the connection open.
    pub(crate) fn begin(&self, address: SocketAddr) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A server may refuse before it has read everything; its answer says more than the broken line.
        drop(stream.write_all(&self.written(address)));
        stream
    }

    /// Sends what there is of it, and hangs up.
    pub(crate) fn cut(&self, address: SocketAddr) {
        drop(self.begin(address).shutdown(Shutdown::Both));
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
}

impl Reply {
    /// Reads to the end of the connection.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A connection that is reset behind the answer has given the answer.
        drop(stream.read_to_end(&mut bytes));
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, head }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The members of a list, as the header has them.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        self.header(name).map(|value| value.split(',').collect()).unwrap_or_default()
    }

    fn fault(&self, wanted: &str) -> String {
        format!("wanted {wanted}, but: {}", self.head.replace("\r\n", " ⏎ "))
    }

    /// The status is one of these.
    pub(crate) fn is(&self, statuses: &[u16]) -> Verdict {
        if statuses.contains(&self.status) { Ok(()) } else { Err(self.fault(&format!("{statuses:?}"))) }
    }

    /// The header is there with that value.
    pub(crate) fn says(&self, name: &str, value: impl ToString) -> Verdict {
        let value = value.to_string();
        if self.header(name) == Some(&value) { Ok(()) } else { Err(self.fault(&format!("{name}: {value}"))) }
    }

    /// The header is there.
    pub(crate) fn has(&self, name: &str) -> Verdict {
        self.header(name).map(drop).ok_or_else(|| self.fault(name))
    }

    /// The header is not there.
    pub(crate) fn lacks(&self, name: &str) -> Verdict {
        self.header(name).map_or(Ok(()), |_| Err(self.fault(&format!("no {name}"))))
    }

    /// The header is there and has only digits.
    pub(crate) fn counts(&self, name: &str) -> Verdict {
        let digits = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        if self.header(name).is_some_and(digits) {
            Ok(())
        } else {
            Err(self.fault(&format!("a count in {name}")))
        }
    }

    /// The list has that member.
    pub(crate) fn names(&self, list: &str, member: &str) -> Verdict {
        if self.list(list).contains(&member) {
            Ok(())
        } else {
            Err(self.fault(&format!("{member} in {list}")))
        }
    }

    /// The header is a list: members divided by commas alone, none of them empty.
    pub(crate) fn lists(&self, name: &str) -> Verdict {
        let members = self.list(name);
        let sound = !members.is_empty() && members.iter().all(|member| !member.trim().is_empty());
        if sound { Ok(()) } else { Err(self.fault(&format!("a list in {name}"))) }
    }
}
