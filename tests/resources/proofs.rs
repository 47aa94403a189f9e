//! Proofs that are not right for a request with a token: each is refused, with the error that the specifications name.

use citizen_api::jose::encode;
use citizen_tests::security;
use ring::hmac::{HMAC_SHA256, Key, sign};
use serde_json::{Value, json};

use crate::proof::{PhoneKey, claims};
use crate::town::{Headers, Person, Town};

/// Where all of them go.
const PATH: &str = "/v1/me";

/// What a case has at hand.
pub(crate) struct Scene<'a> {
    pub(crate) town: &'a Town,
    pub(crate) person: &'a Person,
    /// The key that proves.
    pub(crate) key: &'a PhoneKey,
    pub(crate) other: &'a PhoneKey,
    pub(crate) method: &'static str,
    pub(crate) path: String,
}

/// A request that is refused.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) error: &'static str,
    pub(crate) headers: fn(&Scene<'_>) -> Headers,
}

/// Changes one thing of a right proof.
type Change = fn(&mut Value, &mut Value);

impl Scene<'_> {
    /// A right request but for what is changed in the header or the claims of its proof.
    fn changed(&self, change: Change) -> Headers {
        let (mut header, mut claims) = (self.key.header(), self.claims());
        change(&mut header, &mut claims);
        self.with(self.key.document(&header, &claims))
    }

    fn claims(&self) -> Value {
        claims(self.method, &self.town.at(&self.path), Some(&self.person.token), None)
    }

    fn with(&self, proof: String) -> Headers {
        vec![("Authorization", format!("DPoP {}", self.person.token)), ("DPoP", proof)]
    }

    pub(crate) fn right(&self) -> Headers {
        self.person.credentials_with(self.town, &self.person.token, self.key, self.method, &self.path)
    }

    /// A nonce as the city would have given it so many seconds ago.
    fn nonce(&self, seconds_ago: i64) -> String {
        let secret = std::fs::read(self.town.desk.city.data().join("keys/nonces.secret")).unwrap();
        let moment = (jiff::Timestamp::now().as_second() - seconds_ago).to_be_bytes();
        let tag = sign(&Key::new(HMAC_SHA256, &secret), &moment);
        encode(&[&moment, tag.as_ref()].concat())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_whose_proof_is_not_right_is_refused() {
    let town = Town::open();
    let (person, other) = (town.owner(), PhoneKey::generate());
    let (key, path) = (&person.key, PATH.to_owned());
    let scene = Scene { town: &town, person: &person, key, other: &other, method: "GET", path };
    for right in [
        scene.right(),
        scene.changed(|_, claims| claims["htu"] = json!(format!("{}?a=b#c", text(&claims["htu"])))),
        scene.changed(|_, claims| claims["iat"] = json!(now() - 50)),
        with_nonce(&scene, -86_400 * 365),
    ] {
        let reply = town.send("GET", PATH, &right, None).await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for Case { name, error, headers } in cases() {
        let headers = headers(&scene);
        let mut reply = town.send("GET", PATH, &headers, None).await;
        if name == "jti-that-was-used" {
            assert_eq!(reply.status, 200, "{name}");
            reply = town.send("GET", PATH, &headers, None).await;
        }
        let refused = (reply.status, reply.error().as_str()) == (401, error)
            && reply.nonce.is_some() == (error == "use_dpop_nonce")
            && !reply.text.contains(&person.citizen_id);
        if !refused {
            wrong.push(format!("{name}: {reply:?}"));
        }
        rows.push([format!("`{name}`"), "401".to_owned(), word(error)]);
    }
    assert!(wrong.is_empty(), "{} requests were answered otherwise:\n{}", wrong.len(), wrong.join("\n"));
    security::compare("proofs", &["Request", "Status", "Error"], &rows);
}

fn word(error: &str) -> String {
    if error.is_empty() { "none: it has no token".to_owned() } else { format!("`{error}`") }
}

/// A proof of a phone whose clock is off by so much, made with the city's nonce.
fn with_nonce(scene: &Scene<'_>, off: i64) -> Headers {
    let mut claims = scene.claims();
    claims["iat"] = json!(now() + off);
    claims["nonce"] = json!(scene.nonce(10));
    scene.with(scene.key.document(&scene.key.header(), &claims))
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name).unwrap();
}

const fn invalid(name: &'static str, headers: fn(&Scene<'_>) -> Headers) -> Case {
    Case { name, error: "invalid_dpop_proof", headers }
}

const fn stale(name: &'static str, headers: fn(&Scene<'_>) -> Headers) -> Case {
    Case { name, error: "use_dpop_nonce", headers }
}

fn cases() -> impl Iterator<Item = Case> {
    about_the_proof().chain(tokens())
}

/// What can be wrong with a proof, whatever it goes with.
pub(crate) fn about_the_proof() -> impl Iterator<Item = Case> {
    [documents(), signatures(), contents()].into_iter().flatten()
}

/// What is wrong with the document or its header.
fn documents() -> Vec<Case> {
    vec![
        invalid("no-proof", |scene| scene.right().into_iter().take(1).collect()),
        invalid("two-proofs", |scene| [scene.right(), scene.right().split_off(1)].concat()),
        invalid("proof-that-is-empty", |scene| scene.with(String::new())),
        invalid("proof-that-is-no-document", |scene| scene.with("a.b".to_owned())),
        invalid("proof-that-is-too-long", |scene| {
            scene.changed(|_, claims| claims["more"] = json!("x".repeat(5000)))
        }),
        invalid("typ-missing", |scene| scene.changed(|header, _| remove(header, "typ"))),
        invalid("typ-of-another-document", |scene| scene.changed(|header, _| header["typ"] = json!("JWT"))),
        invalid("typ-in-capitals", |scene| scene.changed(|header, _| header["typ"] = json!("DPOP+JWT"))),
        invalid("alg-missing", |scene| scene.changed(|header, _| remove(header, "alg"))),
        invalid("alg-none", |scene| {
            let (mut header, claims) = (scene.key.header(), scene.claims());
            header["alg"] = json!("none");
            let document = scene.key.document(&header, &claims);
            scene.with(format!("{}.", document.rsplit_once('.').unwrap().0))
        }),
        invalid("alg-hs256-keyed-with-the-public-key", |scene| {
            let (mut header, claims) = (scene.key.header(), scene.claims());
            header["alg"] = json!("HS256");
            let signed = [&header, &claims].map(|part| encode(part.to_string().as_bytes())).join(".");
            let key = Key::new(HMAC_SHA256, scene.key.header()["jwk"].to_string().as_bytes());
            scene.with(format!("{signed}.{}", encode(sign(&key, signed.as_bytes()).as_ref())))
        }),
        invalid("alg-rs256", |scene| scene.changed(|header, _| header["alg"] = json!("RS256"))),
        invalid("alg-in-small-letters", |scene| scene.changed(|header, _| header["alg"] = json!("es256"))),
    ]
}

/// What is wrong with the key or the signature.
fn signatures() -> Vec<Case> {
    vec![
        invalid("jwk-missing", |scene| scene.changed(|header, _| remove(header, "jwk"))),
        invalid("jwk-that-is-a-text", |scene| {
            scene.changed(|header, _| header["jwk"] = json!(header["jwk"].to_string()))
        }),
        invalid("kid-in-place-of-jwk", |scene| {
            scene.changed(|header, _| {
                remove(header, "jwk");
                header["kid"] = json!("a-key");
            })
        }),
        invalid("jwk-with-its-private-half", |scene| {
            scene.changed(|header, _| header["jwk"]["d"] = json!(encode(&[7; 32])))
        }),
        invalid("jwk-of-another-curve", |scene| {
            scene.changed(|header, _| header["jwk"]["crv"] = json!("P-384"))
        }),
        invalid("jwk-of-another-kind", |scene| {
            scene.changed(|header, _| header["jwk"]["kty"] = json!("oct"))
        }),
        invalid("jwk-off-the-curve", |scene| {
            scene.changed(|header, _| header["jwk"]["x"] = json!(encode(&[7; 32])))
        }),
        invalid("jwk-that-did-not-sign", |scene| {
            let (mut header, claims) = (scene.key.header(), scene.claims());
            header["jwk"] = json!(scene.other.public());
            scene.with(scene.key.document(&header, &claims))
        }),
        invalid("signature-over-other-claims", |scene| {
            let proof = &scene.right()[1].1;
            let (header, rest) = proof.split_once('.').unwrap();
            let signature = rest.split_once('.').unwrap().1;
            let mut claims = scene.claims();
            claims["more"] = json!(1);
            scene.with(format!("{header}.{}.{signature}", encode(claims.to_string().as_bytes())))
        }),
        invalid("signature-missing", |scene| {
            let proof = scene.right()[1].1.clone();
            scene.with(format!("{}.", proof.rsplit_once('.').unwrap().0))
        }),
        invalid("header-with-crit", |scene| scene.changed(|header, _| header["crit"] = json!(["b64"]))),
    ]
}

/// What is wrong with the claims.
fn contents() -> Vec<Case> {
    vec![
        invalid("claims-that-are-a-list", |scene| scene.changed(|_, claims| *claims = json!([1]))),
        invalid("jti-missing", |scene| scene.changed(|_, claims| remove(claims, "jti"))),
        invalid("jti-that-is-empty", |scene| scene.changed(|_, claims| claims["jti"] = json!(""))),
        invalid("jti-that-is-a-number", |scene| scene.changed(|_, claims| claims["jti"] = json!(7))),
        invalid("jti-without-an-end", |scene| {
            scene.changed(|_, claims| claims["jti"] = json!("x".repeat(257)))
        }),
        invalid("jti-that-was-used", |scene| scene.right()),
        invalid("htm-missing", |scene| scene.changed(|_, claims| remove(claims, "htm"))),
        invalid("htm-of-another-method", |scene| scene.changed(|_, claims| claims["htm"] = json!("POST"))),
        invalid("htm-in-small-letters", |scene| {
            scene.changed(|_, claims| claims["htm"] = json!(text(&claims["htm"]).to_lowercase()))
        }),
        invalid("htu-missing", |scene| scene.changed(|_, claims| remove(claims, "htu"))),
        invalid("htu-of-another-path", |scene| {
            scene.changed(|_, claims| claims["htu"] = json!(format!("{}/cases", text(&claims["htu"]))))
        }),
        invalid("htu-of-another-host", |scene| {
            scene.changed(|_, claims| {
                claims["htu"] = json!(text(&claims["htu"]).replace("127.0.0.1", "city.example"))
            })
        }),
        invalid("htu-of-another-port", |scene| {
            scene.changed(|_, claims| {
                claims["htu"] = json!(text(&claims["htu"]).replace("127.0.0.1:", "127.0.0.1:1"))
            })
        }),
        invalid("htu-of-another-scheme", |scene| {
            scene.changed(|_, claims| claims["htu"] = json!(text(&claims["htu"]).replace("http:", "https:")))
        }),
        invalid("htu-without-a-host", |scene| {
            scene.changed(|_, claims| {
                let htu = text(&claims["htu"]);
                claims["htu"] = json!(htu.find("/v1/").and_then(|at| htu.get(at..)));
            })
        }),
        invalid("iat-missing", |scene| scene.changed(|_, claims| remove(claims, "iat"))),
        invalid("iat-that-is-a-text", |scene| {
            scene.changed(|_, claims| claims["iat"] = json!(claims["iat"].to_string()))
        }),
        stale("iat-of-an-hour-ago", |scene| scene.changed(|_, claims| claims["iat"] = json!(now() - 3600))),
        stale("iat-of-two-minutes-ago", |scene| {
            scene.changed(|_, claims| claims["iat"] = json!(now() - 120))
        }),
        stale("iat-of-the-next-hour", |scene| scene.changed(|_, claims| claims["iat"] = json!(now() + 3600))),
        stale("nonce-that-the-city-never-gave", |scene| {
            scene.changed(|_, claims| claims["nonce"] = json!(encode(&[7; 40])))
        }),
        stale("nonce-that-is-too-old", |scene| {
            let mut claims = scene.claims();
            claims["nonce"] = json!(scene.nonce(301));
            scene.with(scene.key.document(&scene.key.header(), &claims))
        }),
        invalid("ath-missing", |scene| scene.changed(|_, claims| remove(claims, "ath"))),
        invalid("ath-of-another-token", |scene| {
            scene.changed(|_, claims| claims["ath"] = json!(encode(&[7; 32])))
        }),
    ]
}

/// What is wrong with the token, or with the two together.
fn tokens() -> Vec<Case> {
    let token = |name, headers| Case { name, error: "invalid_token", headers };
    vec![
        token("proof-by-another-key", |scene| {
            scene.person.credentials_with(scene.town, &scene.person.token, scene.other, "GET", PATH)
        }),
        token("bearer-with-a-proof", |scene| {
            let mut headers = scene.right();
            headers[0].1 = format!("Bearer {}", scene.person.token);
            headers
        }),
        token("bearer-without-a-proof", |scene| {
            vec![("Authorization", format!("Bearer {}", scene.person.token))]
        }),
        token("token-that-nobody-was-given", |scene| {
            scene.person.credentials_with(scene.town, "made-up", &scene.person.key, "GET", PATH)
        }),
        token("token-that-has-ended", |scene| {
            scene.town.give_token(scene.person, "ended", -1);
            scene.person.credentials_with(scene.town, "ended", &scene.person.key, "GET", PATH)
        }),
        Case { name: "proof-without-a-token", error: "", headers: |scene| scene.right().split_off(1) },
        Case {
            name: "two-tokens",
            error: "",
            headers: |scene| [scene.right(), scene.right().into_iter().take(1).collect()].concat(),
        },
        Case { name: "nothing-at-all", error: "", headers: |_| Vec::new() },
    ]
}
