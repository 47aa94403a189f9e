//! An installation of `citizen`: a folder, a PIN, and the commands a person gives.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::binaries::Binaries;
use crate::{Failure, Outcome};

/// Exit status: done.
pub const DONE: i32 = 0;
/// Exit status: wrong use.
pub const WRONG_USE: i32 = 2;
/// Exit status: waiting for the network, a sign-in, or the person.
pub const WAITING: i32 = 3;
/// Exit status: refused by the city.
pub const REFUSED: i32 = 4;

/// An installation.
#[derive(Debug, Clone)]
pub struct Phone {
    binary: PathBuf,
    data: PathBuf,
    pin_file: PathBuf,
    city_url: String,
    represented: Option<String>,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    /// The command, for messages.
    pub command: String,
    /// Its exit status; none where it was killed.
    pub status: Option<i32>,
    /// Its one JSON document.
    pub json: Value,
}

impl Phone {
    /// An installation in `data`, made new where there is none, whose PIN is `pin`. Whoever holds it has agreed to
    /// everything.
    pub fn install(data: &Path, city_url: &str, pin: &str) -> Outcome<Self> {
        std::fs::create_dir_all(data).map_err(Failure::machine("the phone's folder cannot be made"))?;
        let pin_file = data.with_extension("pin");
        std::fs::write(&pin_file, pin).map_err(Failure::machine("the PIN file cannot be written"))?;
        owner_only(&pin_file)?;
        let binary = Binaries::build()?.citizen.clone();
        let phone = Self {
            binary,
            data: data.to_owned(),
            pin_file,
            city_url: city_url.to_owned(),
            represented: None,
        };
        std::fs::create_dir_all(phone.temporary())
            .map_err(Failure::machine("a folder for temporary files cannot be made"))?;
        phone.done(&["consent", "give"])?;
        Ok(phone)
    }

    /// The same installation, where every command is for somebody whom its person acts for.
    pub fn on_behalf_of(&self, name: &str) -> Self {
        Self { represented: Some(name.to_owned()), ..self.clone() }
    }

    /// The folder with everything it knows.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where its programs make temporary files, if they make any.
    pub fn temporary(&self) -> PathBuf {
        self.data.with_extension("tmp")
    }

    /// The command line, ready to be run or typed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        // The general options go first: what is typed as an answer may begin with a dash.
        let mut command = Command::new(&self.binary);
        command.arg("--json").arg("--data").arg(&self.data);
        command.arg("--city").arg(&self.city_url).arg("--pin-file").arg(&self.pin_file);
        command.args(self.represented.iter().flat_map(|name| ["--for", name])).args(arguments);
        // Hundreds of commands unlock one after the other; what a try costs on a phone is measured elsewhere.
        command.env("CITIZEN_PIN_COST", "least");
        // A place of its own for files that a program makes for a while, so that it can be seen that there are none.
        command.env("TMPDIR", self.temporary());
        command.env("RUST_LOG", "trace,hyper=info,h2=info").stdin(Stdio::null());
        command
    }

    /// Runs a command to its end, whatever that is.
    pub fn run(&self, arguments: &[&str]) -> Outcome<Answer> {
        let output =
            self.command(arguments).output().map_err(Failure::machine("citizen cannot be started"))?;
        self.keep_log(&output.stderr)?;
        let command = format!("citizen {}", arguments.join(" "));
        let json = serde_json::from_slice(&output.stdout).map_err(|source| Failure::Json {
            what: format!("{command} ({}): {}", output.status, String::from_utf8_lossy(&output.stderr)),
            source,
        })?;
        Ok(Answer { command, status: output.status.code(), json })
    }

    /// Runs a command that must end well, and gives its document.
    pub fn done(&self, arguments: &[&str]) -> Outcome<Value> {
        self.run(arguments)?.expect_status(DONE)
    }

    /// Starts a command that is going to be killed.
    pub fn start(&self, arguments: &[&str]) -> Outcome<Child> {
        self.command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Failure::machine("citizen cannot be started"))
    }

    /// Logs are kept beside the data, so that what must not be in them can be searched for.
    fn keep_log(&self, stderr: &[u8]) -> Outcome<()> {
        use std::io::Write;
        std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.data.with_extension("log"))
            .and_then(|mut log| log.write_all(stderr))
            .map_err(Failure::machine("the phone's log cannot be kept"))
    }
}

impl Answer {
    /// The document, where the command ended as it should.
    pub fn expect_status(self, status: i32) -> Outcome<Value> {
        if self.status == Some(status) {
            return Ok(self.json);
        }
        Err(Failure::promise(format!(
            "{} ended with {:?} instead of {status}: {}",
            self.command, self.status, self.json
        )))
    }
}

/// A text member of a document.
pub fn text<'a>(json: &'a Value, pointer: &str) -> Outcome<&'a str> {
    json.pointer(pointer)
        .and_then(Value::as_str)
        .ok_or_else(|| Failure::promise(format!("no text at {pointer} in {json}")))
}

/// A number of a document.
pub fn number(json: &Value, pointer: &str) -> Outcome<i64> {
    json.pointer(pointer)
        .and_then(Value::as_i64)
        .ok_or_else(|| Failure::promise(format!("no whole number at {pointer} in {json}")))
}

fn owner_only(file: &Path) -> Outcome<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
        .map_err(Failure::machine("the PIN file cannot be protected"))
}
