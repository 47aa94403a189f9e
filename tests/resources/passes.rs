//! A pass for one upload: with its key it opens that upload, for a day, while the sign-in that it came of goes on.

use citizen_api::jose::{decode, encode};
use citizen_tests::security;
use serde_json::{Value, json};

use crate::proof::PhoneKey;
use crate::town::{Headers, Person, Reply, Town};

/// The type of a pass.
const TYP: &str = "citizen-upload-pass+jwt";

/// A pass, and the key that it is bound to.
pub(crate) struct Pass {
    pub(crate) pass: String,
    key: PhoneKey,
}

impl Pass {
    /// The pass that somebody is given for an upload of theirs.
    pub(crate) async fn given(town: &Town, person: &Person, upload_id: &str) -> Self {
        let key = PhoneKey::generate();
        let reply = ask(town, person, upload_id, &key.thumbprint()).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        let given: Value = serde_json::from_str(&reply.text).unwrap();
        assert_eq!(given["expires_in"], 86_400);
        Self { pass: given["pass"].as_str().unwrap().to_owned(), key }
    }

    /// Pass and proof for one request.
    pub(crate) fn credentials(&self, town: &Town, method: &str, path: &str) -> Headers {
        shown(town, &self.pass, &self.key, method, path)
    }
}

async fn ask(town: &Town, person: &Person, upload_id: &str, jkt: &str) -> Reply {
    let path = format!("/v1/uploads/{upload_id}/pass");
    let headers = person.credentials(town, "POST", &path);
    town.send("POST", &path, &headers, Some(&json!({ "jkt": jkt }))).await
}

fn shown(town: &Town, pass: &str, key: &PhoneKey, method: &str, path: &str) -> Headers {
    vec![
        ("Authorization", format!("DPoP {pass}")),
        ("DPoP", key.proof(method, &town.at(path), Some(pass), None)),
    ]
}

/// The pass with something of it changed, under the signature that it had.
fn changed(pass: &str, change: impl Fn(&mut Value)) -> String {
    let [header, claims, signature] = pass.split('.').collect::<Vec<_>>().try_into().unwrap();
    let mut claims: Value = serde_json::from_slice(&decode(claims).unwrap()).unwrap();
    change(&mut claims);
    format!("{header}.{}.{signature}", encode(claims.to_string().as_bytes()))
}

/// A document of the city's own identity key: what a pass would be if everything that it signs were one.
fn signed_by_the_city(town: &Town, typ: &str, claims: &Value) -> String {
    let document = std::fs::read(town.desk.city.data().join("keys/identity.p8")).unwrap();
    let key = PhoneKey::of(&document);
    key.document(&json!({ "typ": typ, "alg": "ES256" }), claims)
}

/// An upload with its pass, and another one with its.
struct Scene<'a> {
    town: &'a Town,
    owner: &'a Person,
    upload_id: String,
    path: String,
    given: Pass,
    elsewhere: Pass,
}

impl Scene<'_> {
    /// The request, with something in the place of the pass.
    fn by_given(&self, pass: &str) -> Headers {
        shown(self.town, pass, &self.given.key, "HEAD", &self.path)
    }

    fn right(&self) -> Headers {
        self.given.credentials(self.town, "HEAD", &self.path)
    }

    fn with_key(&self, key: &PhoneKey) -> Headers {
        shown(self.town, &self.given.pass, key, "HEAD", &self.path)
    }

    /// What the pass says.
    fn claims(&self) -> Value {
        serde_json::from_slice(&decode(self.given.pass.split('.').nth(1).unwrap()).unwrap()).unwrap()
    }

    /// What is wrong with who shows it.
    fn shown_by_others(&self) -> Vec<(&'static str, Headers, &'static str)> {
        let mut bearer = self.right();
        bearer[0].1 = format!("Bearer {}", self.given.pass);
        let no_proof: Headers = self.right().into_iter().filter(|(name, _)| *name != "DPoP").collect();
        let other_method = self.given.credentials(self.town, "PATCH", &self.path);
        let other_key = self.with_key(&PhoneKey::generate());
        let elsewhere = self.elsewhere.credentials(self.town, "HEAD", &self.path);
        vec![
            ("pass-of-another-upload", elsewhere, "invalid_token"),
            ("pass-with-another-key", other_key, "invalid_token"),
            ("pass-with-the-key-of-the-token", self.with_key(&self.owner.key), "invalid_token"),
            ("pass-as-bearer", bearer, "invalid_token"),
            ("pass-without-a-proof", no_proof, "invalid_dpop_proof"),
            ("pass-with-a-proof-for-another-method", other_method, "invalid_dpop_proof"),
        ]
    }

    /// What is wrong with itself.
    fn made_up(&self) -> Vec<(&'static str, Headers)> {
        let (whole, mut over) = (self.claims(), self.claims());
        over["exp"] = json!(1);
        let another = changed(&self.elsewhere.pass, |claims| claims["upload_id"] = json!(self.upload_id));
        let later = changed(&self.given.pass, |claims| claims["exp"] = json!(9_999_999_999_u64));
        let own = self.given.key.document(&json!({ "typ": TYP, "alg": "ES256" }), &whole);
        vec![
            ("pass-with-another-upload-written-in", self.by_given(&another)),
            ("pass-with-a-later-end-written-in", self.by_given(&later)),
            ("pass-that-has-ended", self.by_given(&signed_by_the_city(self.town, TYP, &over))),
            ("id-token-in-place-of-a-pass", self.by_given(&signed_by_the_city(self.town, "JWT", &whole))),
            ("pass-signed-by-the-phone", self.by_given(&own)),
        ]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_opens_one_upload_to_one_key() {
    let town = &Town::open();
    let owner = &town.owner();
    let (upload_id, another) = (town.upload(owner).await, town.upload(owner).await);
    let path = format!("/v1/uploads/{upload_id}");
    let given = Pass::given(town, owner, &upload_id).await;
    let elsewhere = Pass::given(town, owner, &another).await;
    let scene = Scene { town, owner, upload_id, path, given, elsewhere };
    let head = async |mut headers: Headers| {
        headers.push(("Tus-Resumable", "1.0.0".to_owned()));
        town.send("HEAD", &scene.path, &headers, None).await
    };
    assert_eq!(head(scene.right()).await.status, 200);
    let mut rows = Vec::new();
    let mut refused = |name: &str, reply: &Reply, error: &str| {
        assert_eq!((reply.status, reply.error().as_str()), (401, error), "{name}: {reply:?}");
        rows.push([format!("`{name}`"), "401".to_owned(), format!("`{error}`")]);
    };
    for (name, headers, error) in scene.shown_by_others() {
        refused(name, &head(headers).await, error);
    }
    for (name, headers) in scene.made_up() {
        refused(name, &head(headers).await, "invalid_token");
    }
    let again = signed_by_the_city(town, TYP, &scene.claims());
    assert_eq!(head(scene.by_given(&again)).await.status, 200, "each was refused for what was changed");

    // Nobody is given one for what is not theirs.
    let thumbprint = PhoneKey::generate().thumbprint();
    assert_eq!(ask(town, &town.stranger(), &scene.upload_id, &thumbprint).await.status, 404);
    assert_eq!(ask(town, owner, &scene.upload_id, "short").await.status, 400);

    town.revoke(owner);
    refused("pass-of-a-sign-in-that-was-ended", &head(scene.right()).await, "invalid_token");
    security::compare("passes", &["Request", "Status", "Error"], &rows);
}
