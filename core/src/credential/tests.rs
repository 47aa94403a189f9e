//! A card from its issuing to a stranger's check, and everything that must not pass.

use citizen_api::credential::{
    Confirmation, CredentialClaims, CredentialKind, IssuerMetadata, StatusClaim, StatusList,
    StatusListClaims, StatusReference, disclosed,
};
use citizen_api::jose::{self, JwkSet, typ};
use jiff::Timestamp;
use miniz_oxide::deflate::compress_to_vec_zlib;

use super::{CardError, FACE_TO_FACE, TrustAnchors, VerifiedCard, qr, sd_jwt, verify};
use crate::jws::tests::TestKey;
use crate::jws::{self, JwsError};

const ISSUER: &str = "https://city.example.gov.cn";
const NOW: i64 = 1_795_478_400;

struct Scene {
    issuer: TestKey,
    holder: TestKey,
    anchors: TrustAnchors,
}

impl Scene {
    fn new() -> Self {
        let (issuer, holder) = (TestKey::generate(), TestKey::generate());
        let metadata = IssuerMetadata {
            issuer: ISSUER.into(),
            jwks: JwkSet { keys: vec![issuer.jwk("city-1")] },
            status_lists: vec![format!("{ISSUER}/v1/status-lists/1")],
        };
        let mut scene =
            Self { issuer, holder, anchors: TrustAnchors { issuers: vec![metadata], status_lists: vec![] } };
        scene.anchors.status_lists.push(scene.status_list(&[]));
        scene
    }

    fn status_list(&self, revoked: &[usize]) -> String {
        let mut bits = vec![0_u8; 8_192];
        for place in revoked {
            bits[place / 8] |= 1 << (place % 8);
        }
        let lst = jose::encode(&compress_to_vec_zlib(&bits, 9));
        let status_list = StatusList { bits: 1, lst };
        let claims =
            StatusListClaims { sub: format!("{ISSUER}/v1/status-lists/1"), iat: NOW - 100, status_list };
        self.sign_as_issuer(typ::STATUS_LIST, &claims)
    }

    fn sign_as_issuer(&self, typ: &str, claims: &impl serde::Serialize) -> String {
        jws::sign::<JwsError>(typ, Some("city-1"), claims, |bytes| self.issuer.sign(bytes)).unwrap()
    }

    fn credential(&self) -> String {
        let disclosures: Vec<String> = [
            (disclosed::NAME, "诸葛建国"),
            (disclosed::BIRTH_DATE, "1966-11-23"),
            (disclosed::CARD_NUMBER, "ZJ330782202611230001"),
        ]
        .iter()
        .zip(b'a'..)
        .map(|((name, value), salt)| {
            // As incompressible as a random salt.
            let salt: String = sd_jwt::sha256(&char::from(salt).to_string()).chars().take(22).collect();
            jose::encode(&serde_json::to_vec(&[salt.as_str(), name, value]).unwrap())
        })
        .collect();
        let mut holder = self.holder.jwk("");
        holder.kid = None;
        let claims = CredentialClaims {
            iss: ISSUER.into(),
            iat: NOW - 3_600,
            exp: NOW + 315_360_000,
            vct: "urn:citizen-core:senior-card-60".into(),
            cnf: Confirmation { jwk: holder },
            status: StatusClaim {
                status_list: StatusReference { idx: 4_711, uri: format!("{ISSUER}/v1/status-lists/1") },
            },
            sd: disclosures.iter().map(|encoded| sd_jwt::sha256(encoded)).collect(),
        };
        format!("{}~{}~", self.sign_as_issuer(typ::CREDENTIAL, &claims), disclosures.join("~"))
    }

    fn presentation(&self, names: &[&str], iat: i64) -> String {
        let credential = self.credential();
        let parsed = sd_jwt::parse(&credential).unwrap();
        let sign = |bytes: &[u8]| self.holder.sign(bytes).map_err(CardError::from);
        sd_jwt::present(&parsed, names, (FACE_TO_FACE, "nUQ2Zk6mJm0", iat), sign).unwrap()
    }

    fn check(&self, presentation: &str) -> Result<VerifiedCard, CardError> {
        verify(&qr::pack(presentation).unwrap(), &self.anchors, Timestamp::from_second(NOW).unwrap())
    }
}

const ALL: [&str; 3] = [disclosed::NAME, disclosed::BIRTH_DATE, disclosed::CARD_NUMBER];

#[test]
fn a_card_shown_just_now_holds_and_is_small_enough_to_scan() {
    let scene = Scene::new();
    let presentation = scene.presentation(&ALL, NOW - 5);
    let card = scene.check(&presentation).unwrap();
    assert_eq!(card.kind, CredentialKind::SeniorCard60);
    assert_eq!((card.name.as_str(), card.birth_date.as_str()), ("诸葛建国", "1966-11-23"));
    assert_eq!(card.card_number, "ZJ330782202611230001");

    let text = qr::pack(&presentation).unwrap();
    let code = qrcode::QrCode::with_error_correction_level(&text, qrcode::EcLevel::L).unwrap();
    let qrcode::Version::Normal(version) = code.version() else { panic!("a micro code") };
    assert!(version <= 18, "version {version} for {} characters", text.len());
}

#[test]
fn a_photograph_of_the_code_is_worth_nothing_a_minute_later() {
    let scene = Scene::new();
    assert!(scene.check(&scene.presentation(&ALL, NOW - 90)).is_ok());
    assert_eq!(scene.check(&scene.presentation(&ALL, NOW - 91)), Err(CardError::CodeTooOld));
    assert_eq!(scene.check(&scene.presentation(&ALL, NOW + 31)), Err(CardError::CodeTooOld));
}

#[test]
fn a_code_that_is_not_the_holders_is_refused() {
    let scene = Scene::new();
    let thief = Scene { holder: TestKey::generate(), ..Scene::new() };
    let kept = scene.credential();
    assert_eq!(scene.check(&kept), Err(CardError::NotShownByHolder));
    let parsed = sd_jwt::parse(&kept).unwrap();
    let sign = |bytes: &[u8]| thief.holder.sign(bytes).map_err(CardError::from);
    let stolen = sd_jwt::present(&parsed, &ALL, (FACE_TO_FACE, "n", NOW), sign).unwrap();
    assert_eq!(scene.check(&stolen), Err(CardError::NotShownByHolder));
}

#[test]
fn another_issuers_card_is_refused() {
    let (scene, other) = (Scene::new(), Scene::new());
    assert_eq!(scene.check(&other.presentation(&ALL, NOW)), Err(CardError::UnknownIssuer));
}

#[test]
fn a_revoked_card_is_refused_and_so_is_one_nobody_can_tell_of() {
    let mut scene = Scene::new();
    let presentation = scene.presentation(&ALL, NOW);
    scene.anchors.status_lists = vec![scene.status_list(&[4_711])];
    assert_eq!(scene.check(&presentation), Err(CardError::Revoked));
    scene.anchors.status_lists.clear();
    assert_eq!(scene.check(&presentation), Err(CardError::StatusUnknown));
}

#[test]
fn what_is_disclosed_is_what_the_issuer_signed() {
    let scene = Scene::new();
    let presentation = scene.presentation(&ALL, NOW);
    let forged = jose::encode(br#"["c2FsdA","name","Somebody Else"]"#);
    let genuine = presentation.split('~').nth(1).unwrap();
    assert_eq!(scene.check(&presentation.replace(genuine, &forged)), Err(CardError::Altered));
    assert_eq!(scene.check(&scene.presentation(&ALL[..2], NOW)), Err(CardError::Incomplete));
}

#[test]
fn no_character_of_a_code_can_change() {
    let scene = Scene::new();
    let text = qr::pack(&scene.presentation(&ALL, NOW)).unwrap();
    let now = Timestamp::from_second(NOW).unwrap();
    let genuine = verify(&text, &scene.anchors, now).unwrap();
    for place in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        // The last byte has bits behind the end of the compressed text, which carry nothing.
        match verify(&changed, &scene.anchors, now) {
            Ok(card) => assert!(card == genuine && place + 3 >= text.len(), "character {place}"),
            Err(error) => assert_ne!(error, CardError::Revoked, "character {place}"),
        }
    }
}
