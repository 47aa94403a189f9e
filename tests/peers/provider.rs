//! oidc-provider as a process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// The folder of the program, with what `npm ci` put there.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/oidc-provider");

/// The process. It ends with the test: its standard input is closed then.
pub(crate) struct Provider {
    process: Child,
    /// Kept open: a program that prints to nobody ends.
    _output: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Provider {
    /// Starts it for an issuer; whoever comes is signed in as that account.
    pub(crate) fn start(issuer: &str, account: &str) -> Self {
        assert!(
            Path::new(FOLDER).join("node_modules").is_dir(),
            "its packages are not there: cargo xtask test --only peers installs them"
        );
        let mut process = Command::new("node")
            .args(["provider.mjs", issuer, account])
            .current_dir(FOLDER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the provider says on which port it listens");
        Self { process, _output: output, port }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // The process may have ended already; then there is nothing to stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
