//! What is wrong is said: in a sentence, in both languages, with the exit status it deserves, and nothing has changed.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use citizen_tests::binaries::Binaries;
use citizen_tests::desk::Desk;
use citizen_tests::journey::{ID_NUMBER, PIN};
use citizen_tests::phone::{DONE, Phone, REFUSED, WAITING, WRONG_USE, text};
use serde_json::Value;

/// Exit status: it could not be done.
const FAILED: i32 = 1;

/// Her ID number with a wrong check digit.
const WRONG_ID_NUMBER: &str = "330782196611230022";

/// Larger than any paper may be.
const TOO_LARGE: u64 = 21 * 1024 * 1024;

/// A city, and a phone that is signed in and has a draft.
struct Begun {
    desk: Desk,
    draft_id: String,
}

impl std::ops::Deref for Begun {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl Begun {
    fn set() -> Self {
        let desk = Desk::set().unwrap();
        let draft_id = desk.begin("medical-reimbursement").unwrap();
        desk.phone.done(&["draft", "set", &draft_id, "hospital=义乌市中心医院"]).unwrap();
        Self { desk, draft_id }
    }

    fn draft(&self) -> Value {
        self.desk.draft(&self.draft_id).unwrap()
    }

    /// How many sealed files the phone keeps.
    fn blobs(&self) -> usize {
        let people = std::fs::read_dir(self.phone.data().join("people")).unwrap();
        people
            .map(|person| std::fs::read_dir(person.unwrap().path().join("blobs")).map_or(0, Iterator::count))
            .sum()
    }
}

/// Runs a command in both languages, and expects it to be turned down in a sentence of each.
fn turned_down(phone: &Phone, arguments: &[&str], status: i32, code: &str) {
    for language in ["zh", "en"] {
        let answer = phone.run(&[&["--lang", language], arguments].concat()).unwrap();
        assert_eq!(answer.status, Some(status), "{}: {}", answer.command, answer.json);
        assert_eq!(answer.json["error"]["code"], code, "{}: {}", answer.command, answer.json);
        let reason = text(&answer.json, "/error/reason").unwrap();
        assert!(speaks(language, reason), "{} in {language}: {reason:?}", answer.command);
    }
}

/// Whether a text is a sentence of that language.
fn speaks(language: &str, sentence: &str) -> bool {
    let chinese = sentence.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    match language {
        "zh" => chinese >= 6,
        _ => chinese == 0 && sentence.split(' ').count() >= 4,
    }
}

#[test]
fn an_answer_that_cannot_be() {
    let desk = Begun::set();
    let before = desk.draft();
    for (typed, code) in [
        ("amount=一千多", "invalid-answer"),
        ("amount=-5", "invalid-answer"),
        ("visit_date=2026-02-30", "invalid-answer"),
        ("visit_kind=dentist", "invalid-answer"),
        (&*format!("patient_id_number={WRONG_ID_NUMBER}"), "invalid-answer"),
        ("no_such_field=1", "unknown-field"),
        ("amount", "not-a-pair"),
    ] {
        // The good answer beside it is not written either: a command is done whole or not at all.
        let command = ["draft", "set", &desk.draft_id, "hospital=另一家医院", typed];
        turned_down(&desk.phone, &command, WRONG_USE, code);
    }
    assert_eq!(desk.draft()["answers"], before["answers"]);
}

#[test]
fn a_file_that_is_no_paper() {
    let desk = Begun::set();
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/bad");
    let large = desk.folder.path().join("large.jpg");
    sparse_jpeg(&large, TOO_LARGE);
    let before = (desk.draft()["attachments"].clone(), desk.blobs());
    for (file, code) in [
        (bad.join("empty.jpg"), "file-empty"),
        (bad.join("page.jpg"), "file-not-accepted"),
        (bad.join("png-inside.jpg"), "file-not-accepted"),
        (bad.join("nothing-here.jpg"), "file-unreadable"),
        (bad.clone(), "file-unreadable"),
        (large, "file-too-large"),
    ] {
        let file = file.to_string_lossy();
        turned_down(&desk.phone, &["draft", "attach", &desk.draft_id, "invoice", &file], WRONG_USE, code);
    }
    assert_eq!((desk.draft()["attachments"].clone(), desk.blobs()), before);
}

#[test]
fn a_service_that_nobody_offers() {
    let desk = Begun::set();
    let before = desk.phone.done(&["draft", "list"]).unwrap();
    turned_down(&desk.phone, &["draft", "new", "no-such-service"], WRONG_USE, "unknown-service");
    turned_down(&desk.phone, &["services", "show", "no-such-service"], WRONG_USE, "unknown-service");
    assert_eq!(desk.phone.done(&["draft", "list"]).unwrap(), before);
}

#[test]
fn a_login_with_a_wrong_number_or_a_wrong_code() {
    let desk = Begun::set();
    let stranger = Phone::install(&desk.folder.path().join("stranger"), &desk.proxy.url(), PIN).unwrap();
    let code = desk.city.code(ID_NUMBER).unwrap();
    let wrong_code = if code == "000000" { "000001" } else { "000000" };
    for (id_number, code) in [(WRONG_ID_NUMBER, code.as_str()), (ID_NUMBER, wrong_code)] {
        let login = ["login", "--headless", "--id", id_number, "--code", code];
        turned_down(&stranger, &login, REFUSED, "sign-in-refused");
    }
    let status = stranger.done(&["status"]).unwrap();
    assert_eq!(status["people"], Value::Array(Vec::new()), "a login that failed made a person");
}

#[test]
fn a_city_that_answers_with_a_web_page() {
    let desk = Begun::set();
    let before = desk.draft();
    let known = desk.phone.done(&["balance"]).unwrap();
    desk.proxy.forward_to(captive_portal());

    let synced = desk.phone.run(&["sync"]).unwrap();
    assert_eq!(synced.status, Some(WAITING), "{}", synced.json);
    let balance = desk.phone.done(&["balance"]).unwrap();
    assert_eq!(balance["fresh"], false, "a web page passed for a balance");
    assert_eq!(balance["entries"], known["entries"]);
    assert_eq!(desk.draft(), before);

    desk.proxy.forward_to(desk.city.address());
    desk.phone.run(&["sync"]).unwrap().expect_status(DONE).unwrap();
    assert_eq!(desk.draft()["answers"], before["answers"]);
}

#[test]
fn a_port_in_use() {
    let desk = Begun::set();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap();
    let port = address.port().to_string();
    turned_down(&desk.phone, &["login", "--port", &port], WRONG_USE, "port-in-use");

    let data = desk.folder.path().join("second-city");
    city_turned_down(&data, &address.to_string(), &port);
    city_turned_down(desk.city.data(), "127.0.0.1:0", &desk.city.data().display().to_string());
}

#[test]
fn a_data_folder_of_a_newer_version() {
    let desk = Begun::set();
    let before = desk.draft();
    for store in stores(desk.phone.data()) {
        let version = exchange_version(&store, 9999);
        let bytes = std::fs::read(&store).unwrap();
        turned_down(&desk.phone, &["draft", "list"], FAILED, "store-newer");
        assert_eq!(std::fs::read(&store).unwrap(), bytes, "{} was touched", store.display());

        let folder = desk.folder.path().join("newer-city");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("city.db"), &bytes).unwrap();
        city_turned_down(&folder, "127.0.0.1:0", "9999");
        assert_eq!(std::fs::read(folder.join("city.db")).unwrap(), bytes);

        exchange_version(&store, version);
    }
    assert_eq!(desk.draft(), before);
}

/// Starts a city that cannot start, and expects it to say so, naming `what`, in both languages.
fn city_turned_down(data: &Path, listen: &str, what: &str) {
    for language in ["zh", "en"] {
        let mut command = Command::new(&Binaries::build().unwrap().city);
        command.args(["serve", "--lang", language, "--listen", listen, "--data"]).arg(data);
        let output = command.env("RUST_LOG", "off").stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(FAILED), "{said}");
        assert!(said.contains(what) && speaks(language, &said), "in {language}: {said:?}");
    }
}

/// A wireless network that wants a sign-in of its own: answers everything with a page.
fn captive_portal() -> SocketAddr {
    const PAGE: &str = include_str!("../data/bad/page.jpg");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut phone in listener.incoming().flatten() {
            // Whatever was asked, and however it ends: the next one gets the page too.
            let _ = phone.read(&mut [0; 64 * 1024]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
            let _ = write!(phone, "{head}\r\nContent-Length: {}\r\n\r\n{PAGE}", PAGE.len());
        }
    });
    address
}

/// A file that begins like a photograph and takes no room on the disk.
fn sparse_jpeg(path: &Path, size: u64) {
    let mut file = File::create(path).unwrap();
    file.write_all(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]).unwrap();
    file.set_len(size).unwrap();
}

/// The device's own store and that of the one person on it.
fn stores(data: &Path) -> [PathBuf; 2] {
    let person = std::fs::read_dir(data.join("people")).unwrap().next().unwrap().unwrap();
    [data.join("device.db"), person.path().join("store.db")]
}

/// Writes another `user_version` into a store that nobody has open, and gives the one that stood there.
fn exchange_version(store: &Path, version: u32) -> u32 {
    let connection = rusqlite::Connection::open(store).unwrap();
    let before = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    connection.pragma_update(None, "user_version", version).unwrap();
    // The change shall stand in the file itself, so that its bytes can be compared.
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE").unwrap();
    before
}
