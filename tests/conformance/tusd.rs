//! tusd, the reference server of tus by its makers.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::server::{Server, TOO_MANY};
use crate::wire::Headers;

/// A running tusd. It is stopped when this is dropped.
pub(crate) struct Tusd {
    process: Child,
    address: SocketAddr,
    folder: TempDir,
}

/// Where `cargo xtask` installs it.
fn program() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/go/bin/tusd")
}

impl Tusd {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.args([
            "-host",
            "127.0.0.1",
            "-port",
            "0",
            "-max-size",
            &(TOO_MANY - 1).to_string(),
            "-upload-dir",
        ]);
        command.arg(folder.path());
        // Its locks are looked at by the clock; the shorter, the sooner a newcomer takes an upload over.
        command.args(["-filelock-acquirer-poll-interval", "20ms", "-filelock-holder-poll-interval", "20ms"]);
        command.args(["-network-timeout", "5s"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("`cargo xtask test --only conformance` installs tusd");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut said = std::iter::from_fn(|| lines.next()?.ok());
        let address = said.find_map(|line| {
            let (_, address) = line.split_once("upload files to: http://")?;
            address.split('/').next()?.parse().ok()
        });
        let address = address.expect("tusd says where it listens");
        // What it says must be read, or it stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address, folder }
    }
}

impl Drop for Tusd {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Server for Tusd {
    fn address(&self) -> SocketAddr {
        self.address
    }

    fn uploads(&self) -> &'static str {
        "/files/"
    }

    fn credentials(&self, _: &str, _: &str) -> Headers {
        Headers::new()
    }

    fn held(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.path().join(path.rsplit('/').next().unwrap())).ok()
    }

    fn expire(&self, _: &str) {
        // It keeps everything for ever.
    }
}
