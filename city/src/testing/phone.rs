//! A phone: a device key, a sign-in, and what it sends.

use citizen_api::instruction::{Instruction, Told};
use citizen_api::jose::{self, ES256, Header, typ};
use citizen_api::submission::{SignedDocument, Submission, SubmittedAttachment, Supplement};
use citizen_api::{AttachmentId, CaseId, DeviceId, EvidenceRequestId, Subject, TransactionId};
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde_json::json;

use super::proof::PhoneKey;
use super::{INVOICE, Reply, TestCity};
use crate::clock::machine_now;
use crate::keys::sha256;

pub(crate) struct Phone {
    pub(crate) citizen_id: &'static str,
    pub(crate) device_id: DeviceId,
    key: PhoneKey,
    token: String,
}

impl Phone {
    /// A phone that is signed in and registered for this resident.
    pub(crate) async fn of(city: &TestCity, citizen_id: &'static str) -> Self {
        let key = PhoneKey::generate();
        let device_id = DeviceId(key.thumbprint());
        let (device, token) = (device_id.0.clone(), format!("token-of-{}", device_id.0));
        let (token_sha256, session) = (sha256(token.as_bytes()), format!("session-of-{device}"));
        let public = serde_json::to_string(&key.public()).unwrap();
        city.city
            .store
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO devices (citizen_id, device_id, public_key, name, registered_at)
                     VALUES ($1, $2, $3, 'test', '2026-01-01T00:00:00Z')",
                    &[citizen_id.into(), (&device).into(), public.into()],
                )?;
                tx.execute(
                    "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, device_id,
                                           signed_in_at, jkt)
                     VALUES ($1, $2, 'citizen-app', 'openid', '', $3, $4, $3)",
                    &[(&session).into(), citizen_id.into(), (&device).into(), machine_now().into()],
                )?;
                tx.execute(
                    "INSERT INTO access_tokens (token_sha256, session_id, expires_at) VALUES ($1, $2, $3)",
                    &[token_sha256.into(), (&session).into(), (machine_now() + 600).into()],
                )
            })
            .await
            .unwrap();
        Self { citizen_id, device_id, key, token }
    }

    /// A document signed by this phone.
    pub(crate) fn sign(&self, typ: &str, claims: &impl Serialize) -> String {
        let header = Header { alg: ES256.into(), typ: typ.into(), kid: Some(self.device_id.0.clone()) };
        let signed = jose::signing_input(&header, &serde_json::to_vec(claims).unwrap()).unwrap();
        self.key.sign(&signed)
    }

    /// A request in this person's name, with its proof.
    pub(crate) fn request(&self, city: &TestCity, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", city.city.base_url());
        let proof = self.key.proof(method.as_str(), &url, Some(&self.token), None);
        let request = city.request(method, path).header("Authorization", format!("DPoP {}", self.token));
        request.header("DPoP", proof)
    }

    pub(crate) async fn get(&self, city: &TestCity, path: &str) -> Reply {
        city.send(self.request(city, Method::GET, path)).await
    }

    pub(crate) async fn post(&self, city: &TestCity, path: &str, body: &impl Serialize) -> Reply {
        city.send(self.request(city, Method::POST, path).json(body)).await
    }

    /// Posts a document under a key.
    pub(crate) async fn write(
        &self,
        city: &TestCity,
        path: &str,
        key: TransactionId,
        document: &str,
    ) -> Reply {
        let body = SignedDocument { document: document.to_owned() };
        let request = self.request(city, Method::POST, path);
        city.send(request.header("Idempotency-Key", key.to_string()).json(&body)).await
    }

    pub(crate) async fn file(&self, city: &TestCity, submission: &Submission) -> Reply {
        let document = self.sign(typ::SUBMISSION, submission);
        self.write(city, "/v1/submissions", submission.transaction_id, &document).await
    }

    /// Tells the city something.
    pub(crate) async fn tell(&self, city: &TestCity, what: &Told) -> Reply {
        self.tell_as(city, TransactionId::generate(), what).await
    }

    /// Tells the city something under a transaction.
    async fn tell_as(&self, city: &TestCity, key: TransactionId, what: &Told) -> Reply {
        self.write(city, "/v1/instructions", key, &self.instruction(key, what)).await
    }

    /// An instruction, signed.
    pub(crate) fn instruction(&self, key: TransactionId, what: &Told) -> String {
        let instruction = Instruction {
            transaction_id: key,
            subject: Subject::from(self.citizen_id),
            device_id: self.device_id.clone(),
            what: what.clone(),
            made_at: Timestamp::UNIX_EPOCH,
        };
        self.sign(typ::INSTRUCTION, &instruction)
    }

    /// A photograph that is at the city.
    pub(crate) async fn photograph(&self, city: &TestCity, requirement: &str) -> SubmittedAttachment {
        let file = photograph(requirement);
        let (citizen_id, kept) = (self.citizen_id, file.clone());
        city.city
            .store
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO uploads (citizen_id, upload_id, idempotency_key, attachment_id, media_type,
                                          sha256, length, received, status, expires_at)
                     VALUES ($1, $2, $2, $2, $3, $4, $5, $5, 'complete', 0)",
                    &[
                        citizen_id.into(),
                        kept.attachment_id.to_string().into(),
                        kept.media_type.into(),
                        kept.sha256.into(),
                        kept.size.into(),
                    ],
                )
            })
            .await
            .unwrap();
        file
    }

    /// The reimbursement of the bill, with every paper that it needs.
    pub(crate) async fn reimbursement(&self, city: &TestCity, id_number: &str) -> Submission {
        let mut attachments = Vec::new();
        for requirement in ["invoice", "fee-list", "discharge-summary"] {
            attachments.push(self.photograph(city, requirement).await);
        }
        let answers = json!({
            "invoice_number": INVOICE, "hospital": "市中心医院", "visit_date": "2026-09-01",
            "visit_kind": "inpatient", "amount": 99_999, "patient_name": "赵某",
            "patient_id_number": id_number, "phone": "13800000000",
            "bank_account": citizen_form::BankAccount::compose("621700141000123456").unwrap().as_str(),
            "bank_name": "某银行",
        });
        Submission {
            transaction_id: TransactionId::generate(),
            subject: Subject::from(self.citizen_id),
            by: None,
            device_id: self.device_id.clone(),
            service_id: "medical-reimbursement".into(),
            service_version: 1,
            answers: serde_json::from_value(answers).unwrap(),
            declarations: vec!["no-other-insurance".into()],
            attachments,
            disputes: Vec::new(),
            delivery: None,
            deliver_to: None,
            about: None,
            made_at: "2026-10-01T00:00:00Z".parse().unwrap(),
        }
    }

    /// An answer to a request.
    pub(crate) fn supplement(
        &self,
        case_id: CaseId,
        request_id: EvidenceRequestId,
        attachments: Vec<SubmittedAttachment>,
    ) -> Supplement {
        Supplement {
            transaction_id: TransactionId::generate(),
            subject: Subject::from(self.citizen_id),
            by: None,
            device_id: self.device_id.clone(),
            case_id,
            request_id,
            note: String::new(),
            attachments,
            made_at: Timestamp::UNIX_EPOCH,
        }
    }

    pub(crate) async fn answer(&self, city: &TestCity, supplement: &Supplement) -> Reply {
        let document = self.sign(typ::SUPPLEMENT, supplement);
        let path = format!("/v1/cases/{}/supplements", supplement.case_id);
        self.write(city, &path, supplement.transaction_id, &document).await
    }
}

/// A photograph as a submission cites it.
pub(crate) fn photograph(requirement: &str) -> SubmittedAttachment {
    SubmittedAttachment {
        attachment_id: AttachmentId::generate(),
        requirement_id: requirement.into(),
        sha256: sha256(requirement.as_bytes()),
        size: 4_000_000,
        media_type: "image/jpeg".into(),
    }
}
