//! A network between phone and city that can be taken away, cut at a byte, or made to swallow an answer.
//!
//! The proxy passes bytes on and understands one thing of them: which request an answer belongs to, by the
//! request line that went before. It binds first and learns later where the city is, so that the city can be
//! started under the proxy's own address.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::{Failure, Outcome};

/// A running proxy. It goes on until the process ends.
#[derive(Clone)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    city: Option<SocketAddr>,
    online: bool,
    /// Both ends of each open connection, to be cut.
    connections: Vec<(TcpStream, TcpStream)>,
    cut_at: Option<u64>,
    swallow: Option<&'static str>,
    traffic: Traffic,
}

/// What went through so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Bytes from phone to city that the city was given.
    pub up: u64,
    /// Bytes from city to phone that the phone was given.
    pub down: u64,
    /// Connections opened.
    pub connections: u64,
    /// Requests that the city was given, or the beginning of them.
    pub requests: u64,
    /// Connections refused or cut because the network was away.
    pub cut: u64,
    /// Answers that the city gave and the phone never saw.
    pub swallowed: u64,
}

impl Proxy {
    /// Listens on a free port of the loopback interface, offline until it is told where the city is.
    pub fn bind() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .map_err(Failure::machine("no free port for the proxy"))?;
        let address = listener.local_addr().map_err(Failure::machine("the proxy has no address"))?;
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new() });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for phone in listener.incoming().flatten() {
                accept(&accepting, phone);
            }
        });
        Ok(Self { address, shared })
    }

    /// The address under which the phone knows the city.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says where the city is, and lets traffic through.
    pub fn forward_to(&self, city: SocketAddr) {
        let mut state = self.shared.lock();
        state.city = Some(city);
        state.online = true;
    }

    /// Takes the network away: open connections are cut, new ones refused.
    pub fn go_offline(&self) {
        self.shared.lock().take_network_away();
    }

    /// Gives the network back.
    pub fn go_online(&self) {
        self.shared.lock().online = true;
    }

    /// Takes the network away as soon as `bytes` more have gone from phone to city.
    pub fn cut_after(&self, bytes: u64) {
        let mut state = self.shared.lock();
        state.cut_at = Some(state.traffic.up + bytes);
    }

    /// Waits until the cut that [`Self::cut_after`] asked for has happened.
    pub fn wait_for_cut(&self) {
        let mut state = self.shared.lock();
        while state.cut_at.is_some() {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets the next request that begins with `request_line` reach the city and swallows the answer.
    pub fn swallow_answer_to(&self, request_line: &'static str) {
        self.shared.lock().swallow = Some(request_line);
    }

    /// What went through so far.
    pub fn traffic(&self) -> Traffic {
        self.shared.lock().traffic
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take_network_away(&mut self) {
        self.online = false;
        self.traffic.cut += self.connections.len() as u64;
        for (phone, city) in self.connections.drain(..) {
            // A connection that has ended by itself cannot be shut down again; it is gone either way.
            let _ = phone.shutdown(Shutdown::Both);
            let _ = city.shutdown(Shutdown::Both);
        }
    }
}

fn accept(shared: &Arc<Shared>, phone: TcpStream) {
    let mut state = shared.lock();
    let city = match state.city {
        Some(city) if state.online => TcpStream::connect(city).ok(),
        _ => None,
    };
    let Some(city) = city else {
        state.traffic.cut += 1;
        return;
    };
    let (Ok(phone_end), Ok(city_end)) = (phone.try_clone(), city.try_clone()) else { return };
    let (Ok(phone_kept), Ok(city_kept)) = (phone.try_clone(), city.try_clone()) else { return };
    state.traffic.connections += 1;
    state.connections.push((phone_kept, city_kept));
    drop(state);

    let swallowing = Arc::new(Mutex::new(false));
    let (upward, downward) = (Arc::clone(shared), Arc::clone(shared));
    let (mark, marked) = (Arc::clone(&swallowing), swallowing);
    thread::spawn(move || pass_up(&upward, phone, city, &mark));
    thread::spawn(move || pass_down(&downward, city_end, phone_end, &marked));
}

/// Passes bytes from the phone to the city, up to the byte at which the network is to go.
fn pass_up(shared: &Shared, mut phone: TcpStream, mut city: TcpStream, swallowing: &Mutex<bool>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = phone.read(&mut buffer) {
        let Some(mut bytes) = buffer.get(..read) else { return };
        let mut state = shared.lock();
        if !state.online {
            return;
        }
        if state.swallow.is_some_and(|line| bytes.starts_with(line.as_bytes())) {
            state.swallow = None;
            *swallowing.lock().unwrap_or_else(PoisonError::into_inner) = true;
        }
        let room = state.cut_at.map_or(u64::MAX, |at| at - state.traffic.up);
        let cut = room <= bytes.len() as u64;
        bytes = bytes.get(..usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len())).unwrap_or(bytes);
        state.traffic.up += bytes.len() as u64;
        state.traffic.requests += u64::from(begins_a_request(bytes));
        drop(state);
        if city.write_all(bytes).is_err() {
            return;
        }
        if cut {
            let mut state = shared.lock();
            state.cut_at = None;
            state.take_network_away();
            shared.changed.notify_all();
            return;
        }
    }
    // The phone has said all it will; the city must learn of it.
    let _ = city.shutdown(Shutdown::Write);
}

/// Whether bytes are the head of a request. The phone sends none before the answer to the one before is there.
fn begins_a_request(bytes: &[u8]) -> bool {
    [b"GET /".as_slice(), b"POST /", b"PUT /", b"PATCH /", b"HEAD /", b"DELETE /"]
        .iter()
        .any(|line| bytes.starts_with(line))
}

/// Passes bytes from the city to the phone, unless this answer is to be lost.
fn pass_down(shared: &Shared, mut city: TcpStream, mut phone: TcpStream, swallowing: &Mutex<bool>) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = city.read(&mut buffer) {
        let Some(bytes) = buffer.get(..read) else { return };
        let mut state = shared.lock();
        if *swallowing.lock().unwrap_or_else(PoisonError::into_inner) {
            state.traffic.swallowed += 1;
            let _ = phone.shutdown(Shutdown::Both);
            let _ = city.shutdown(Shutdown::Both);
            return;
        }
        state.traffic.down += bytes.len() as u64;
        drop(state);
        if phone.write_all(bytes).is_err() {
            return;
        }
    }
    let _ = phone.shutdown(Shutdown::Write);
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    use super::Proxy;

    /// A city that answers each connection's first bytes with `answer` and then reads to the end,
    /// handing what it read to the test.
    fn proxied(answer: &'static [u8]) -> (Proxy, std::sync::mpsc::Receiver<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy::bind().unwrap();
        proxy.forward_to(listener.local_addr().unwrap());
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut all = vec![0; 64];
                let read = stream.read(&mut all).unwrap_or(0);
                all.truncate(read);
                let _ = stream.write_all(answer);
                let _ = stream.read_to_end(&mut all);
                let _ = sender.send(all);
            }
        });
        (proxy, receiver)
    }

    fn connect(proxy: &Proxy) -> TcpStream {
        TcpStream::connect(proxy.url().trim_start_matches("http://")).unwrap()
    }

    #[test]
    fn bytes_pass_and_are_counted() {
        let (proxy, received) = proxied(b"pong");
        let mut phone = connect(&proxy);
        phone.write_all(b"ping").unwrap();
        let mut answer = [0; 4];
        phone.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"pong");
        drop(phone);
        assert_eq!(received.recv().unwrap(), b"ping");
        assert_eq!((proxy.traffic().up, proxy.traffic().down), (4, 4));
    }

    #[test]
    fn the_cut_comes_at_the_byte() {
        let (proxy, received) = proxied(b"");
        proxy.cut_after(10);
        let mut phone = connect(&proxy);
        let _ = phone.write_all(&[7; 100]);
        proxy.wait_for_cut();
        assert_eq!(received.recv().unwrap(), vec![7; 10]);
        let mut refused = connect(&proxy);
        assert_eq!(refused.read(&mut [0; 1]).unwrap_or(0), 0);
        proxy.go_online();
        let mut again = connect(&proxy);
        again.write_all(b"x").unwrap();
        drop(again);
        assert_eq!(received.recv().unwrap(), b"x");
    }

    #[test]
    fn a_swallowed_answer_reached_the_city() {
        let (proxy, received) = proxied(b"HTTP/1.1 201");
        proxy.swallow_answer_to("POST /x");
        let mut phone = connect(&proxy);
        phone.write_all(b"POST /x HTTP/1.1").unwrap();
        assert_eq!(phone.read(&mut [0; 16]).unwrap_or(0), 0);
        assert_eq!(received.recv().unwrap(), b"POST /x HTTP/1.1");
        assert_eq!((proxy.traffic().down, proxy.traffic().swallowed), (0, 1));
    }
}
