//! A city of a few lines for tests: it keeps uploads and filings as the contract has them, counts its effects, and
//! fails in whatever way a test tells it to.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use citizen_api::case::{Case, CaseStatus};
use citizen_api::credential::IssuerMetadata;
use citizen_api::jose::{Compact, JwkSet, decode, encode, typ};
use citizen_api::mandate::ByMandate;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::submission::{
    Acknowledgement, Receipt, SignedDocument, Submission, SubmittedAttachment, Supplement,
};
use citizen_api::{CaseId, Subject, Text, TransactionId};
use ring::digest::{SHA256, digest};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::jws::{self, tests::TestKey};

/// A way to fail.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// Does what was asked and loses the answer.
    LoseAnswer,
    /// Cuts the connection after so many bytes of the body, which it keeps.
    Cut(usize),
    /// Takes the request and never says anything.
    Silence,
    /// Cannot take it now, and says for how many seconds.
    BusyFor(u32),
    /// Cannot take it now.
    Busy,
    /// Answers as the sign-in page of a Wi-Fi would.
    Html,
    /// Refuses for good.
    Refuse(ProblemType, u16),
    /// Does what was asked, with a receipt that another key signed.
    ForeignKey,
    /// Does what was asked, with a receipt for another document.
    OtherDocument,
}

/// What the city has.
#[derive(Default)]
pub(super) struct Kept {
    /// Uploads by the key of their creation: length and bytes.
    pub(super) uploads: BTreeMap<String, (usize, Vec<u8>)>,
    /// Filings by transaction: document and acknowledgement.
    pub(super) filings: BTreeMap<String, (String, String)>,
    /// Every request: method, path, and how many bytes of a body came.
    pub(super) requests: Vec<(String, usize)>,
    /// The key of idempotency of each of them; empty where there is none.
    pub(super) keys: Vec<String>,
    /// By what right each came.
    pub(super) rights: Vec<String>,
    /// The issuer's document, once it is published.
    issuer: Option<String>,
    /// Connections that were taken and not answered.
    silent: Vec<TcpStream>,
    faults: VecDeque<(String, Fault)>,
}

pub(super) struct TestCity {
    pub(super) url: url::Url,
    pub(super) key: Arc<TestKey>,
    kept: Arc<Mutex<Kept>>,
}

struct Request {
    line: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
    fault: Option<Fault>,
}

impl TestCity {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let (kept, key) = (Arc::new(Mutex::new(Kept::default())), Arc::new(TestKey::generate()));
        let city = Self { url, key: Arc::clone(&key), kept: Arc::clone(&kept) };
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let Some(request) = receive(&mut socket, &kept).await else { continue };
                if let Some(Fault::Silence) = request.fault {
                    kept.lock().unwrap().silent.push(socket);
                    continue;
                }
                if let Some(answer) = answer(&request, &kept, &key) {
                    // A phone that was killed hears no answer, and that is its right.
                    let _ = socket.write_all(answer.as_bytes()).await;
                    let _ = socket.shutdown().await;
                }
            }
        });
        city
    }

    /// Fails the next request that begins so.
    pub(super) fn fail(&self, line: &str, fault: Fault) {
        self.kept.lock().unwrap().faults.push_back((line.to_owned(), fault));
    }

    /// Publishes the key that the city signs with.
    pub(super) fn publish_key(&self) {
        let issuer = IssuerMetadata {
            issuer: self.url.to_string(),
            jwks: JwkSet { keys: vec![self.key.jwk("city")] },
            status_lists: Vec::new(),
        };
        self.look(|kept| kept.issuer = Some(serde_json::to_string(&issuer).unwrap()));
    }

    /// Looks at what the city has.
    pub(super) fn look<T>(&self, look: impl FnOnce(&mut Kept) -> T) -> T {
        look(&mut self.kept.lock().unwrap())
    }

    /// How many requests began so.
    pub(super) fn asked(&self, line: &str) -> usize {
        self.look(|kept| kept.requests.iter().filter(|(request, _)| request.starts_with(line)).count())
    }
}

async fn receive(socket: &mut TcpStream, kept: &Mutex<Kept>) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).unwrap();
    let line = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
    let headers: BTreeMap<String, String> = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let fault = {
        let faults = &mut kept.lock().unwrap().faults;
        let place = faults.iter().position(|(begin, _)| line.starts_with(begin));
        place.and_then(|place| faults.remove(place)).map(|(_, fault)| fault)
    };
    let promised: usize = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let wanted = match fault {
        Some(Fault::Cut(after)) => after,
        _ => promised,
    };
    while body.len() < wanted {
        if socket.read_buf(&mut body).await.ok()? == 0 {
            break;
        }
    }
    body.truncate(wanted);
    let right = headers.get("authorization").cloned().unwrap_or_default();
    let mut seen = kept.lock().unwrap();
    seen.requests.push((line.clone(), body.len()));
    seen.rights.push(right);
    seen.keys.push(headers.get("idempotency-key").cloned().unwrap_or_default());
    drop(seen);
    Some(Request { line, headers, body, fault })
}

/// The answer; none where it is lost on its way.
fn answer(request: &Request, kept: &Mutex<Kept>, key: &TestKey) -> Option<String> {
    match &request.fault {
        Some(Fault::Busy) => return Some(http(503, &[], "text/plain", "")),
        Some(Fault::BusyFor(seconds)) => {
            return Some(http(503, &[&format!("Retry-After: {seconds}")], "text/plain", ""));
        }
        Some(Fault::Html) => return Some(http(200, &[], "text/html", "<html>sign in</html>")),
        Some(Fault::Refuse(kind, status)) => return Some(problem(*kind, *status)),
        _ => (),
    }
    let mut kept = kept.lock().unwrap();
    let answer = match request.line.split_once(' ').unwrap() {
        ("POST", "/v1/uploads") => create(request, &mut kept),
        ("POST", path) if path.ends_with("/pass") => {
            let pass = json!({ "pass": format!("pass-of{path}"), "expires_in": 86_400 });
            http(201, &[], "application/json", &pass.to_string())
        }
        ("HEAD" | "PATCH", path) => transfer(request, path.rsplit('/').next().unwrap(), &mut kept),
        ("POST", _) => file(request, &mut kept, key),
        (_, "/.well-known/jwt-vc-issuer") => match &kept.issuer {
            Some(issuer) => http(200, &[], "application/json", issuer),
            None => problem(ProblemType::NotFound, 404),
        },
        (_, path) => match kept.filings.get(path.rsplit('/').next().unwrap()) {
            Some((_, acknowledgement)) => http(200, &[], "application/json", acknowledgement),
            None => problem(ProblemType::NotFound, 404),
        },
    };
    (!matches!(request.fault, Some(Fault::LoseAnswer | Fault::Cut(_)))).then_some(answer)
}

fn create(request: &Request, kept: &mut Kept) -> String {
    let key = request.headers["idempotency-key"].clone();
    let length = request.headers["upload-length"].parse().unwrap();
    let (_, bytes) = kept.uploads.entry(key.clone()).or_insert_with(|| (length, request.body.clone()));
    let offset = format!("Upload-Offset: {}", bytes.len());
    http(201, &[&format!("Location: /v1/uploads/{key}"), &offset], "", "")
}

fn transfer(request: &Request, key: &str, kept: &mut Kept) -> String {
    let Some((length, bytes)) = kept.uploads.get_mut(key) else { return problem(ProblemType::NotFound, 404) };
    if request.line.starts_with("PATCH") {
        if request.headers["upload-offset"] != bytes.len().to_string() {
            return problem(ProblemType::WrongState, 409);
        }
        bytes.extend(&request.body);
    }
    http(204, &[&format!("Upload-Offset: {}", bytes.len()), &format!("Upload-Length: {length}")], "", "")
}

fn file(request: &Request, kept: &mut Kept, key: &TestKey) -> String {
    let transaction_id = request.headers["idempotency-key"].clone();
    let SignedDocument { document } = serde_json::from_slice(&request.body).unwrap();
    if let Some((known, acknowledgement)) = kept.filings.get(&transaction_id) {
        return match *known == document {
            true => http(201, &[], "application/json", acknowledgement),
            false => problem(ProblemType::IdempotencyKeyReused, 422),
        };
    }
    let filing = Filing::read(&document);
    let whole = |file: &SubmittedAttachment| {
        let sha256 = decode(&file.sha256).unwrap();
        kept.uploads.values().any(|(_, bytes)| digest(&SHA256, bytes).as_ref() == sha256)
    };
    if !filing.attachments.iter().all(whole) {
        return problem(ProblemType::EvidenceIncomplete, 409);
    }
    let signed = |document: &str, key| serde_json::to_string(&acknowledge(&filing, document, key)).unwrap();
    let sound = signed(&document, key);
    kept.filings.insert(transaction_id, (document.clone(), sound.clone()));
    let said = match request.fault {
        Some(Fault::ForeignKey) => signed(&document, &TestKey::generate()),
        Some(Fault::OtherDocument) => signed("another", key),
        _ => sound,
    };
    http(201, &[], "application/json", &said)
}

/// What a submission and a supplement have in common.
struct Filing {
    transaction_id: TransactionId,
    subject: Subject,
    by: Option<ByMandate>,
    case_id: CaseId,
    attachments: Vec<SubmittedAttachment>,
}

impl Filing {
    fn read(document: &str) -> Self {
        let compact = Compact::parse(document).unwrap();
        match compact.header.typ.as_str() {
            typ::SUBMISSION => {
                let Submission { transaction_id, subject, by, attachments, .. } = compact.claims().unwrap();
                Self { transaction_id, subject, by, case_id: CaseId(transaction_id.0), attachments }
            }
            _ => {
                let Supplement { transaction_id, subject, by, case_id, attachments, .. } =
                    compact.claims().unwrap();
                Self { transaction_id, subject, by, case_id, attachments }
            }
        }
    }
}

fn acknowledge(filing: &Filing, document: &str, key: &TestKey) -> Acknowledgement {
    let receipt = Receipt {
        transaction_id: filing.transaction_id,
        subject: filing.subject.clone(),
        by: filing.by.clone(),
        case_id: filing.case_id,
        document_sha256: encode(digest(&SHA256, document.as_bytes()).as_ref()),
        received_at: jiff::Timestamp::UNIX_EPOCH,
    };
    let receipt_text = jws::sign(typ::RECEIPT, None, &receipt, |bytes| key.sign(bytes)).unwrap();
    Acknowledgement { receipt: receipt_text, case: case(filing.case_id, filing.transaction_id) }
}

/// A case that was just received.
pub(super) fn case(case_id: CaseId, transaction_id: TransactionId) -> Case {
    Case {
        case_id,
        transaction_id,
        service_id: "reimbursement".into(),
        service_version: 3,
        title: Text::default(),
        status: CaseStatus::Received,
        revision: 1,
        received_at: jiff::Timestamp::UNIX_EPOCH,
        promised_by: jiff::civil::date(2026, 12, 1),
        events: Vec::new(),
        requests: Vec::new(),
        checks: Vec::new(),
        deferred: Vec::new(),
        declarations: Vec::new(),
        disputes: Vec::new(),
        settlement: None,
        payout: None,
        refusal: None,
        delivery_id: None,
        grievance: None,
    }
}

fn problem(kind: ProblemType, status: u16) -> String {
    let problem = Problem { kind, status, title: Text::new("不行", "No"), pointer: None };
    http(status, &[], "application/problem+json", &serde_json::to_string(&problem).unwrap())
}

fn http(status: u16, headers: &[&str], media_type: &str, body: &str) -> String {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let content = match media_type {
        "" => String::new(),
        media_type => format!("Content-Type: {media_type}\r\nContent-Length: {}\r\n", body.len()),
    };
    format!("HTTP/1.1 {status} X\r\n{headers}{content}Connection: close\r\n\r\n{body}")
}
