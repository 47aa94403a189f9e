//! A proof is judged in `tests/sign_in` over a real socket; what needs no socket is judged here.

use axum::http::Method;
use jiff::Timestamp;

use super::{Asked, Fault, Proof};
use crate::keys::{Nonces, sha256};
use crate::testing::{PhoneKey, claims};

const ADDRESS: &str = "https://city.example/v1/me";

fn read(address: &str) -> Result<Proof, Fault> {
    let key = PhoneKey::generate();
    let proof = key.document(&key.header(), &claims("GET", address, Some("token"), None));
    let asked = Asked { method: &Method::GET, address: ADDRESS, ath: Some(&sha256(b"token")) };
    Proof::read(&proof, &asked, &Nonces::new(b"secret"), Timestamp::now().as_second())
}

#[test]
fn an_address_may_be_written_in_any_way_that_means_the_same() {
    for same in [
        ADDRESS,
        "https://city.example/v1/me?after=1#top",
        "HTTPS://City.Example/v1/me",
        "https://city.example:443/v1/me",
        "https://city.example/v1/./me",
    ] {
        assert!(read(same).is_ok(), "{same}");
    }
    for other in [
        "http://city.example/v1/me",
        "https://city.example:8443/v1/me",
        "https://other.example/v1/me",
        "https://city.example/v1/me/",
        "https://city.example/v1/ME",
        "https://somebody@city.example/v1/me",
        "/v1/me",
        "",
    ] {
        assert_eq!(read(other).err(), Some(Fault::Invalid), "{other}");
    }
}
