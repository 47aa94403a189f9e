//! The network between phones and a city: it passes requests on one by one, and does to each what chance says.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::chance::Chance;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Arrives,
    /// The city never sees it.
    RequestLost,
    /// The city carries it out, and the phone never hears.
    AnswerLost,
    /// The city sees it twice.
    Twice,
    /// The phone hears nothing; the city sees it later, after others.
    Late,
    /// The city sees the beginning of it.
    RequestCut,
    /// The phone sees the beginning of the answer.
    AnswerCut,
    /// The sign-in page of a Wi-Fi answers.
    Portal,
    /// Something on the way says that it is busy.
    Busy,
    /// The city fails inside.
    Failed,
}

const FATES: [Fate; 9] = [
    Fate::RequestLost,
    Fate::AnswerLost,
    Fate::Twice,
    Fate::Late,
    Fate::RequestCut,
    Fate::AnswerCut,
    Fate::Portal,
    Fate::Busy,
    Fate::Failed,
];

/// A running wire. It goes on until the process ends.
#[derive(Clone)]
pub(crate) struct Wire {
    pub(crate) address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    city: Option<SocketAddr>,
    /// Chance, and that a fault meets one request in so many; none while the network is sound.
    trouble: Option<(Chance, u64)>,
    late: Vec<Message>,
    /// What became of each request since the trouble began, to be told where something was broken.
    fates: Vec<(String, Fate)>,
}

/// A request or an answer.
#[derive(Clone)]
struct Message {
    bytes: Vec<u8>,
    /// Whether no other follows on the connection.
    last: bool,
}

impl Wire {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let state = State { city: None, trouble: None, late: Vec::new(), fates: Vec::new() };
        let wire = Self { address, state: Arc::new(Mutex::new(state)) };
        let accepting = wire.clone();
        std::thread::spawn(move || {
            for phone in listener.incoming().flatten() {
                let wire = accepting.clone();
                std::thread::spawn(move || wire.serve(phone));
            }
        });
        wire
    }

    pub(crate) fn forward_to(&self, city: SocketAddr) {
        self.lock().city = Some(city);
    }

    /// From now on one request in so many meets a fault.
    pub(crate) fn trouble(&self, chance: Chance, once_in: u64) {
        let mut state = self.lock();
        state.trouble = Some((chance, once_in));
        state.fates.clear();
    }

    /// The network is sound again, and whatever was under way has arrived.
    pub(crate) fn calm(&self) {
        self.lock().trouble = None;
        self.arrive();
    }

    /// What is late arrives.
    pub(crate) fn arrive(&self) {
        let (late, city) = {
            let mut state = self.lock();
            (std::mem::take(&mut state.late), state.city)
        };
        for request in late {
            let _ = city.and_then(|city| exchange(city, &request));
        }
    }

    /// What became of the requests since the trouble began.
    pub(crate) fn fates(&self) -> Vec<(String, Fate)> {
        self.lock().fates.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Serves a connection of a phone until either side has enough.
    fn serve(&self, mut phone: TcpStream) {
        let _ = phone.set_nodelay(true);
        while let Some(request) = read(&mut phone, false) {
            let Some(answer) = self.carry(&request) else { return };
            if phone.write_all(&answer.bytes).is_err() || answer.last {
                return;
            }
        }
    }

    /// Carries a request to its fate; what the phone hears of it, none where the connection is cut.
    fn carry(&self, request: &Message) -> Option<Message> {
        let (fate, share, city) = self.fate_of(request);
        let city = city?;
        let part = |bytes: &[u8]| bytes[..bytes.len() * usize::from(share) / 256].to_vec();
        match fate {
            Fate::Arrives => exchange(city, request),
            Fate::RequestLost => None,
            Fate::AnswerLost => exchange(city, request).and(None),
            Fate::Twice => exchange(city, request).and_then(|_| exchange(city, request)),
            Fate::Late => {
                self.lock().late.push(request.clone());
                None
            }
            Fate::RequestCut => {
                let mut stream = TcpStream::connect(city).ok()?;
                let _ = stream.write_all(&part(&request.bytes));
                None
            }
            Fate::AnswerCut => {
                let answer = exchange(city, request)?;
                Some(Message { bytes: part(&answer.bytes), last: true })
            }
            Fate::Portal => Some(said("200 OK", "text/html", "<html>Please sign in to the Wi-Fi</html>")),
            Fate::Busy => {
                // Most say nothing of when to come again; one second is the least that can be said.
                let status = if share % 2 == 0 { "503 Busy" } else { "429 Too many" };
                let head = if share == 0 { "\r\nRetry-After: 1" } else { "" };
                Some(said(&format!("{status}{head}"), "text/plain", "busy"))
            }
            Fate::Failed => Some(said("500 Failed", "text/plain", "failed")),
        }
    }

    fn fate_of(&self, request: &Message) -> (Fate, u8, Option<SocketAddr>) {
        let mut state = self.lock();
        let (mut fate, mut share) = (Fate::Arrives, 0);
        if let Some((chance, once_in)) = &mut state.trouble {
            if chance.once_in(*once_in) {
                fate = FATES[chance.index(FATES.len())];
            }
            share = chance.below(256) as u8;
            let line = request.bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
            let line = String::from_utf8_lossy(line).trim_end_matches(" HTTP/1.1").to_owned();
            state.fates.push((line, fate));
        }
        (fate, share, state.city)
    }
}

fn said(status: &str, media_type: &str, body: &str) -> Message {
    // The head that a status brings along stands behind its line.
    let length = body.len();
    let text =
        format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{body}");
    Message { bytes: text.into_bytes(), last: false }
}

/// Gives a request to the city and hears its answer.
fn exchange(city: SocketAddr, request: &Message) -> Option<Message> {
    let mut stream = TcpStream::connect(city).ok()?;
    stream.set_nodelay(true).ok()?;
    stream.write_all(&request.bytes).ok()?;
    read(&mut stream, request.bytes.starts_with(b"HEAD "))
}

/// Reads a request, or the answer to one.
fn read(stream: &mut TcpStream, without_body: bool) -> Option<Message> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    let header = |name: &str| {
        head.lines()
            .find_map(|line| line.strip_prefix(name))
            .map(|value| value.trim_matches([':', ' ']).to_owned())
    };
    assert!(header("transfer-encoding").is_none(), "a body of unknown length is not followed: {head}");
    let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0_usize);
    let length = if without_body { 0 } else { length };
    while bytes.len() < end + length {
        let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
    }
    Some(Message { last: header("connection").is_some_and(|value| value == "close"), bytes })
}
