//! The loopback redirect of a native app (RFC 8252 §7.3): a port on this machine that the browser is sent back to.
//!
//! It answers one request and is gone. Whoever else on this machine knocks learns nothing and changes nothing: only
//! a request for the redirect's own path counts, and whether its `state` is the right one is judged by the core.

use std::net::Ipv4Addr;

use citizen_api::Language;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use url::Url;

use crate::failure::Failure;
use crate::output::words::Either;

/// The path that the browser is sent back to.
const PATH: &str = "/callback";
/// The longest request head that is read; a redirect is far shorter.
const LONGEST_HEAD: usize = 16 * 1024;

/// A port that waits for the browser.
pub(crate) struct Loopback {
    listener: TcpListener,
    redirect: Url,
}

impl Loopback {
    /// Opens the port; 0 takes any that is free.
    pub(crate) async fn open(port: u16) -> Result<Self, Failure> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
                std::io::ErrorKind::AddrInUse => Failure::PortInUse { port },
                _ => Failure::Machine(error),
            })?;
        let port = listener.local_addr().map_err(Failure::Machine)?.port();
        let redirect = Url::parse(&format!("http://{}:{port}{PATH}", Ipv4Addr::LOCALHOST))
            .map_err(|_| Failure::Machine(std::io::ErrorKind::InvalidInput.into()))?;
        Ok(Self { listener, redirect })
    }

    /// Where the browser is sent back to.
    pub(crate) fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Waits for the browser, answers it with a page for the person, and gives the address it came with.
    pub(crate) async fn wait(self, language: Language) -> Result<Url, Failure> {
        // Browsers open connections ahead and leave them idle, so each is answered for itself.
        let (sender, mut redirected) = mpsc::channel(1);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    let (stream, _) = accepted.map_err(Failure::Machine)?;
                    tokio::spawn(answer(stream, self.redirect.clone(), language, sender.clone()));
                }
                Some(url) = redirected.recv() => return Ok(url),
            }
        }
    }
}

/// Answers one connection, and hands on the address where it was the browser's.
async fn answer(stream: TcpStream, redirect: Url, language: Language, sender: mpsc::Sender<Url>) {
    // A connection that is broken off, or is no redirect, is not the browser: another one may be.
    if let Ok(Some(url)) = exchange(stream, &redirect, language).await {
        // Whoever waited may have heard of another redirect by now.
        let _ = sender.send(url).await;
    }
}

async fn exchange(mut stream: TcpStream, redirect: &Url, language: Language) -> std::io::Result<Option<Url>> {
    let head = read_head(&mut stream).await?;
    let redirected = target(&head).and_then(|target| redirect.join(target).ok()).filter(|url| {
        url.path() == PATH && url.query_pairs().any(|(name, _)| name == "code" || name == "error")
    });
    let (status, page) = match &redirected {
        Some(url) => ("200 OK", landing(url, language)),
        None => ("404 Not Found", String::new()),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(redirected)
}

async fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        let read = stream.read(&mut piece).await?;
        if read == 0 {
            break;
        }
        head.extend(piece.iter().take(read));
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// What a GET request asks for.
fn target(head: &str) -> Option<&str> {
    head.lines().next()?.strip_prefix("GET ")?.split(' ').next().filter(|target| target.starts_with('/'))
}

/// What the person sees in the browser.
fn landing(url: &Url, language: Language) -> String {
    let allowed = url.query_pairs().any(|(name, _)| name == "code");
    let (title, words) = match allowed {
        true => (
            language.either("可以回到终端了", "Back to the terminal"),
            language.either(
                "这边办完了，正在终端里完成登录。这个页面可以关掉。",
                "All done here; the terminal is finishing the sign-in. You can close this page.",
            ),
        ),
        false => (
            language.either("没有登录", "Not signed in"),
            language.either(
                "您没有同意，或者登录没有完成。什么都没有改变，想登录时在终端里重新开始就行。",
                "You did not agree, or the sign-in was not finished. Nothing has changed; start again in the terminal.",
            ),
        ),
    };
    let lang = language.either("zh-Hans", "en");
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>body{{font:18px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32em;padding:0 16px;\
         color:#15202b;background:#f6f7f9}}@media(prefers-color-scheme:dark){{body{{color:#eaf0f5;\
         background:#0f1419}}}}</style><h1>{title}</h1><p>{words}</p></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::Loopback;
    use crate::failure::Failure;

    async fn get(port: u16, target: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn the_browser_is_told_and_its_address_is_handed_on() {
        let loopback = Loopback::open(0).await.unwrap();
        let port = loopback.redirect().port().unwrap();
        let waiting = tokio::spawn(loopback.wait(Language::Zh));
        let _idle = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        assert!(get(port, "/favicon.ico").await.starts_with("HTTP/1.1 404"));
        assert!(get(port, "/callback").await.starts_with("HTTP/1.1 404"));
        let page = get(port, "/callback?code=c%20d&state=s").await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("可以回到终端了"), "{page}");
        let redirected = waiting.await.unwrap().unwrap();
        assert_eq!(redirected.as_str(), format!("http://127.0.0.1:{port}/callback?code=c%20d&state=s"));
    }

    #[tokio::test]
    async fn a_person_who_said_no_reads_that_nothing_changed() {
        let loopback = Loopback::open(0).await.unwrap();
        let port = loopback.redirect().port().unwrap();
        let waiting = tokio::spawn(loopback.wait(Language::En));
        assert!(get(port, "/callback?error=access_denied&state=s").await.contains("Nothing has changed"));
        assert!(waiting.await.unwrap().is_ok());
    }

    #[tokio::test]
    async fn a_port_in_use_is_said_by_its_number() {
        let held = Loopback::open(0).await.unwrap();
        let port = held.redirect().port().unwrap();
        assert!(matches!(Loopback::open(port).await, Err(Failure::PortInUse { port: said }) if said == port));
    }
}
