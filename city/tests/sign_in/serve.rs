//! The program itself.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::walk::ID_NUMBER;

fn city(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_city"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str], data: &Path) -> Output {
    city(arguments, data).output().unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Starts a city that says everything it can in its log; gives the line it prints when it is ready.
fn serve(data: &Path) -> (Child, String) {
    let mut command = city(&["serve", "--listen", "127.0.0.1:0", "--seed", "demo"], data);
    command.env("RUST_LOG", "trace").stdout(Stdio::piped());
    let log = std::fs::File::create(data.join("log")).unwrap();
    let mut child = command.stderr(log).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

fn stop(mut child: Child) -> i32 {
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    child.wait().unwrap().code().unwrap()
}

#[test]
fn officers_act_while_it_serves_and_its_log_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (child, line) = serve(folder.path());
    assert!(line.contains("http://127.0.0.1:"), "{line}");

    let code = run(&["code", ID_NUMBER, "--json"], folder.path());
    assert!(code.status.success(), "{}", words(&code));
    let code: citizen_api::officer::OneTimeCode = serde_json::from_slice(&code.stdout).unwrap();
    assert_eq!(code.code.len(), 6);
    let wrong = run(&["code", "330782196611230022"], folder.path());
    assert_eq!(wrong.status.code(), Some(4));
    assert!(words(&wrong).contains("第 18 位应为 1"), "{}", words(&wrong));
    let back = run(&["clock", "set", "2026-09-01", "--lang", "en"], folder.path());
    assert_eq!(back.status.code(), Some(4));
    assert!(words(&back).contains("do not run back"), "{}", words(&back));
    let residents = run(&["residents"], folder.path());
    assert!(String::from_utf8(residents.stdout).unwrap().contains("·"));

    let second = run(&["serve", "--listen", "127.0.0.1:0"], folder.path());
    assert_eq!(second.status.code(), Some(1));
    assert!(words(&second).contains("另一个进程"), "{}", words(&second));

    assert_eq!(stop(child), 0);
    let mut log = String::new();
    std::fs::File::open(folder.path().join("log")).unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("/v1/officer/codes"), "the log is a log");
    for personal in [ID_NUMBER, "330782196611230022", "王秀英", &code.code] {
        assert!(!log.contains(personal), "{personal} is in the log");
    }
    let unreachable = run(&["clock", "show"], folder.path());
    assert_eq!(unreachable.status.code(), Some(1));
}

#[test]
fn a_port_in_use_is_named_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["serve", "--listen", &address], &data);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains(&address) && words(&output).contains("占用"), "{}", words(&output));
    assert!(!data.exists());
}

#[test]
fn a_folder_of_a_newer_version_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("city.db");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute_batch("CREATE TABLE later (a TEXT) STRICT; PRAGMA user_version = 9999").unwrap();
    drop(connection);
    let before = std::fs::read(&database).unwrap();
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--lang", "en"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("newer version"), "{}", words(&output));
    assert_eq!(std::fs::read(&database).unwrap(), before);
    assert!(!folder.path().join("officer.token").exists());
}
