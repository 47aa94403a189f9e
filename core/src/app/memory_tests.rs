//! Locked means that nothing of a person is in memory. A process that wrote, signed and sent is looked into from outside,
//! all of its memory, before it locks and after.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use citizen_api::submission::SubmittedAttachment;
use citizen_api::{AttachmentId, Subject, Text, TransactionId};
use reqwest::Method;
use serde_json::json;

use crate::consent::Purpose;
use crate::draft::DraftId;
use crate::outbox::{self, QueuedRequest, What};
use crate::store::{Place, hkdf};
use crate::testing::child::{self, Process};
use crate::vault::{Pin, PinCost};
use crate::{CitizenApp, Compartment, Config, PersonId, Platform, SoftwareVault};

const PIN: &str = "274916";
const ANSWER: &str = "canary-answer-医院门诊费用";
const ACCESS: &str = "canary-access-token-5f7b";
const REFRESH: &str = "canary-refresh-token-91d3";
/// How often it is looked again whether a connection has ended.
const LOOKS: usize = 3;
/// What the city says; the connection stays open behind it.
const ANSWERED: &str = "canary-answered-补正通知";
/// What a file goes on with.
const PASS: &str = "canary-pass-c81e";
/// How many bytes it has.
const FILE: usize = 8 * 1024 * 1024;
/// There where a file is to go on.
const GOES_ON: &str = "goes-on";
const NAME: &str = "canary-name-陈桂芳";

fn open(folder: &Path) -> CitizenApp {
    let vault = Arc::new(SoftwareVault::open(folder.join("vault")).unwrap());
    let config = Config {
        data_dir: folder.join("data"),
        city: from_file(folder, "city").parse().unwrap(),
        device_name: "test".to_owned(),
    };
    CitizenApp::open(config, Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) })
        .unwrap()
}

/// A secret that the child may only have from a file, as a shell has it from the screen.
fn from_file(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn sign_in(compartment: &Compartment, access: &str, refresh: &str) {
    let session = json!({
        "access": access, "access_until": "2100-01-01T00:00:00Z", "refresh": refresh,
        "token_endpoint": "http://127.0.0.1:9/token", "revocation_endpoint": null, "ended": false,
    });
    let place = Place { table: "session", row: "session".into(), column: "sealed", revision: 1 };
    compartment
        .write(|tx, sealer| {
            let sealed = sealer.seal(&place, &session)?;
            Ok(tx.execute(
                "INSERT INTO session (name, revision, sealed) VALUES ('session', 1, ?1)",
                [sealed],
            )?)
        })
        .unwrap();
}

/// Writes, reads, signs and tries to send, as a person does in an afternoon.
fn use_everything(app: &CitizenApp, folder: &Path) -> Compartment {
    let pin = Pin::new(&from_file(folder, "pin"));
    let name = from_file(folder, "name");
    let compartment =
        app.open_for_subject(&Subject::from("subject"), &name, &pin, crate::PersonId::generate()).unwrap();
    app.lock(compartment.person_id());
    let compartment = app.unlock(compartment.person_id(), &pin).unwrap();
    sign_in(&compartment, &from_file(folder, "access"), &from_file(folder, "refresh"));
    let answer = from_file(folder, "answer");
    let place = Place { table: "draft_parts", row: "d".into(), column: "sealed", revision: 1 };
    let sealed = compartment.write(|_, sealer| sealer.seal(&place, &answer.repeat(40))).unwrap();
    let read = compartment.read(|_, sealer| sealer.open::<String>(&place, &sealed)).unwrap();
    assert!(read.starts_with(&answer));
    compartment.read(|_, sealer| sealer.open_again::<String>(&place, &sealed)).unwrap();
    compartment.sign(read.as_bytes()).unwrap();
    let url = compartment.city("v1/me").unwrap();
    let session = compartment.session();
    let sent =
        app.device().runtime().unwrap().block_on(session.authorized(|http| {
            Ok(http.request(Method::POST, url.clone())?.json(&json!({ "answer": read })))
        }));
    let answered: String = sent.unwrap().json().unwrap();
    assert_eq!(answered, from_file(folder, "answered"));
    compartment
}

/// Runs in a process of its own, started by the test below.
#[test]
fn child() {
    let Some(folder) = child::folder() else { return };
    let app = open(&folder);
    app.give_consent(None, Purpose::City).unwrap();
    let compartment = use_everything(&app, &folder);
    let person_id = compartment.person_id();
    if folder.join(GOES_ON).exists() {
        make_ready(&app, &compartment);
    }
    // What a screen still shows when the person locks.
    let shown = ["answer", "pin", "access", "refresh", "answered"].map(|name| from_file(&folder, name));
    let key = app.data_key(person_id, &Pin::new(&shown[1])).unwrap();
    let device_key = SoftwareVault::open(folder.join("vault")).unwrap();
    let device_key = crate::KeyVault::load(&device_key, &format!("device-key-{person_id}")).unwrap();
    let name = compartment.label().unwrap();
    child::say_and_wait(&person_id.to_string());
    drop((shown, key, device_key, name));
    app.lock(person_id);
    child::say_and_wait("locked");
    drop(compartment);
}

/// A city that answers one request after the other on each connection and ends none. What it is sent of a file it takes
/// without an end, and says by what right it came.
fn city() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let (sending, sent) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let sending = sending.clone();
            std::thread::spawn(move || answer(connection.unwrap(), &sending));
        }
    });
    (address, sent)
}

fn answer(mut connection: TcpStream, sending: &Sender<String>) {
    let mut read = [0; 64 * 1024];
    while let Ok(length) = connection.read(&mut read)
        && length > 0
    {
        let asked = String::from_utf8_lossy(&read[..length]).into_owned();
        let line = asked.lines().next().unwrap_or_default();
        if line.starts_with("PATCH") {
            let right = asked.lines().find_map(|line| line.strip_prefix("authorization: "));
            sending.send(right.unwrap_or_default().to_owned()).unwrap();
            // It is in no hurry: the phone is in the middle of the file for as long as the test looks.
            std::thread::park();
        }
        let pass = json!({ "pass": PASS, "expires_in": 86_400 }).to_string();
        let (offset, body) = match line {
            _ if line.starts_with("HEAD") => {
                (format!("Upload-Offset: 0\r\nUpload-Length: {FILE}\r\n"), String::new())
            }
            _ if line.contains("/pass ") => (String::new(), pass),
            _ if line.contains("/v1/uploads ") => {
                ("Location: /v1/uploads/one\r\nUpload-Offset: 0\r\n".to_owned(), String::new())
            }
            _ => (String::new(), serde_json::to_string(ANSWERED).unwrap()),
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\n{offset}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        connection.write_all(format!("{head}{body}").as_bytes()).unwrap();
    }
}

/// Queues a file, and has everything ready for it to go on.
fn make_ready(app: &CitizenApp, compartment: &Compartment) {
    let attachment_id = AttachmentId::generate();
    let mut blob = compartment.blobs().create(attachment_id).unwrap();
    blob.write_all(&vec![7; FILE]).unwrap();
    blob.finish().unwrap();
    let file = SubmittedAttachment {
        attachment_id,
        requirement_id: "invoice".into(),
        sha256: String::new(),
        size: FILE as u64,
        media_type: "image/jpeg".to_owned(),
    };
    let what = What::Upload { file };
    let request =
        QueuedRequest { draft_id: Some(DraftId::generate()), title: Text::default(), what, problem: None };
    compartment
        .write(|tx, sealer| outbox::push(tx, sealer, TransactionId::generate(), &request, &[]))
        .unwrap();
    compartment.let_uploads_go_on(true).unwrap();
    let prepared = app.device().runtime().unwrap().block_on(compartment.outbox().prepare_for_lock());
    assert_eq!(prepared, Ok(1));
}

/// Where a needle stands in a process: in all that it can write to, which is where what it computed is.
fn found(pid: u32, needles: &[(&'static str, Vec<u8>)]) -> Vec<String> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next().unwrap(), words.next().unwrap());
        let place = words.last().unwrap_or_default();
        if !rights.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|end| u64::from_str_radix(end, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact_at(&mut bytes, from).is_err() {
            continue;
        }
        for (what, needle) in needles {
            let places = memchr::memmem::find_iter(&bytes, needle);
            found.extend(places.map(|at| format!("{what} at {at:#x} of {range} {place}")));
        }
    }
    found
}

#[test]
fn after_locking_a_process_holds_no_key_no_token_and_no_word_of_a_person() {
    look_into_a_locked_process(false);
}

#[test]
fn while_a_file_goes_on_after_locking_a_process_holds_nothing_but_what_opens_that_file() {
    look_into_a_locked_process(true);
}

fn look_into_a_locked_process(goes_on: bool) {
    let folder = tempfile::tempdir().unwrap();
    let (address, sent) = city();
    std::fs::write(folder.path().join("city"), address).unwrap();
    if goes_on {
        std::fs::write(folder.path().join(GOES_ON), "").unwrap();
    }
    let words = [
        ("pin", PIN),
        ("answer", ANSWER),
        ("access", ACCESS),
        ("refresh", REFRESH),
        ("name", NAME),
        ("answered", ANSWERED),
    ];
    for (name, word) in words {
        std::fs::write(folder.path().join(name), word).unwrap();
    }
    let mut process = Process::start("app::memory_tests::child", folder.path());
    let person_id: PersonId = process.hear().expect("the child came to nothing").parse().unwrap();
    let mut needles: Vec<(&str, Vec<u8>)> =
        words.map(|(name, word)| (name, word.as_bytes().to_vec())).to_vec();
    let store_key = open(folder.path()).data_key(person_id, &Pin::new(PIN)).unwrap();
    for (what, purpose) in [("key of records", b"records".as_slice()), ("key of files", b"blobs")] {
        needles.push((what, hkdf(store_key.bytes(), &[purpose]).unwrap().to_vec()));
    }
    needles.push(("store key", store_key.bytes().to_vec()));
    let device_key =
        std::fs::read(folder.path().join("vault").join(format!("device-key-{person_id}"))).unwrap();
    // Within PKCS#8 the scalar of P-256 stands here; the rest of the document is public.
    needles.push(("device key", device_key[36..68].to_vec()));
    let before = found(process.child.id(), &needles);
    for (what, _) in &needles {
        assert!(before.iter().any(|place| place.starts_with(what)), "{what} would not be found: {before:#?}");
    }
    process.tell("lock");
    assert_eq!(process.hear().as_deref(), Some("locked"));
    if goes_on {
        assert_eq!(sent.recv().unwrap(), format!("DPoP {PASS}"), "it is in the middle of the file");
        let pass = [("pass", PASS.as_bytes().to_vec())];
        assert!(!found(process.child.id(), &pass).is_empty(), "what it sends with is in its memory");
    }
    // A connection ends when its task runs next, a moment after the call has returned; nothing else is waited for.
    let connection = ["access", "answered"];
    let mut after = found(process.child.id(), &needles);
    for _ in 0..LOOKS {
        let ends = |place: &String| connection.iter().any(|what| place.starts_with(what));
        if after.is_empty() || !after.iter().all(ends) {
            break;
        }
        after = found(process.child.id(), &needles);
    }
    process.tell("end");
    assert!(process.child.wait().unwrap().success());
    assert!(after.is_empty(), "{after:#?}");
}
