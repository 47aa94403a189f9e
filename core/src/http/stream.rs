//! An event stream (SSE) read as a row of event names. The contract's events carry nothing else.

use reqwest::{RequestBuilder, Response};

use super::client::network_error;
use super::proof::wants_nonce;
use super::{Credentials, Http, Reply, classify};
use crate::Error;

/// The longest line that an event stream may have.
const MAX_LINE: usize = 8 * 1024;

/// An open event stream.
pub(crate) struct EventStream {
    response: Response,
    line: Vec<u8>,
    pending: Vec<u8>,
    event: String,
}

impl Http {
    /// Opens an event stream in somebody's name. Refused or answered with anything else, it is an error like any other.
    pub(crate) async fn open_events(
        &self,
        credentials: &Credentials<'_>,
        build: impl Fn(&Self) -> Result<RequestBuilder, Error>,
    ) -> Result<EventStream, Error> {
        let request = || build(self).map(|request| request.header("Accept", "text/event-stream"));
        let mut response = self.respond_as(credentials, request()?).await?;
        if credentials.key.is_some() && wants_nonce(&head(&response)) {
            response = self.respond_as(credentials, request()?).await?;
        }
        let head = head(&response);
        classify(&head)?;
        if head.media_type() != "text/event-stream" {
            return Err(Error::CityAnsweredNonsense);
        }
        Ok(EventStream { response, line: Vec::new(), pending: Vec::new(), event: String::new() })
    }
}

/// An answer without its body.
fn head(response: &Response) -> Reply {
    Reply { status: response.status(), headers: response.headers().clone(), body: bytes::Bytes::new() }
}

impl EventStream {
    /// Waits for the next event and gives its name; `None` once the city has ended the stream.
    pub(crate) async fn next(&mut self) -> Result<Option<String>, Error> {
        loop {
            while let Some(line) = self.take_line()? {
                if let Some(name) = line.strip_prefix("event:") {
                    self.event = name.trim().to_owned();
                } else if line.is_empty() && !self.event.is_empty() {
                    return Ok(Some(std::mem::take(&mut self.event)));
                }
            }
            match self.response.chunk().await.map_err(network_error)? {
                Some(chunk) => self.pending.extend_from_slice(&chunk),
                None => return Ok(None),
            }
        }
    }

    /// Takes the next whole line out of what has arrived.
    fn take_line(&mut self) -> Result<Option<String>, Error> {
        let end = self.pending.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(self.pending.len(), |end| end + 1);
        self.line.extend(self.pending.drain(..taken));
        if self.line.len() > MAX_LINE {
            return Err(Error::CityAnsweredNonsense);
        }
        if end.is_none() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&self.line).trim_end_matches(['\r', '\n']).to_owned();
        self.line.clear();
        Ok(Some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_server::{Answer, TestServer};
    use crate::Error;
    use crate::http::{Credentials, Http};

    #[tokio::test]
    async fn events_come_by_name_and_comments_are_passed_over() {
        let body = ": hello\n\nevent: changed\ndata: 1\n\n:\r\n\r\nevent:changed\r\n\r\n";
        let server = TestServer::start(vec![Answer::new(200, "text/event-stream", body)]).await;
        let http = Http::ungated();
        let nobody = Credentials { token: None, key: None };
        let build = |http: &Http| http.request(reqwest::Method::GET, server.url("/events"));
        let mut events = http.open_events(&nobody, build).await.unwrap();
        assert_eq!(events.next().await.unwrap().as_deref(), Some("changed"));
        assert_eq!(events.next().await.unwrap().as_deref(), Some("changed"));
        assert_eq!(events.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_is_no_event_stream_is_refused() {
        let endless_line = Answer::new(200, "text/event-stream", &"x".repeat(9000));
        let server = TestServer::start(vec![Answer::json(200, "{}"), endless_line]).await;
        let http = Http::ungated();
        let nobody = Credentials { token: None, key: None };
        let build = |http: &Http| http.request(reqwest::Method::GET, server.url("/events"));
        let open = || http.open_events(&nobody, build);
        assert_eq!(open().await.err(), Some(Error::CityAnsweredNonsense));
        let mut events = open().await.unwrap();
        assert_eq!(events.next().await.err(), Some(Error::CityAnsweredNonsense));
    }
}
