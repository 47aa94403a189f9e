//! What matters wants a person who signed in lately.

use reqwest::{Method, header};
use serde_json::json;

use crate::walk::{Town, text};

#[tokio::test]
async fn what_binds_a_person_wants_a_sign_in_of_this_month() {
    let town = Town::open().await;
    let token = text(&town.sign_in().await, "access_token");
    let case = "/v1/cases/01890a5d-ac96-774b-bcce-b302099a8057/supplements";
    let card = "/v1/credentials/01890a5d-ac96-774b-bcce-b302099a8057/issue";
    let accept = "/v1/mandates/01890a5d-ac96-774b-bcce-b302099a8057/accept";
    let binding = ["/v1/submissions", case, card, "/v1/mandates", accept];
    let body = json!({ "document": "x", "proof": "x" });
    let ask = |method: Method, path: &str| town.prove(method, path, &token).json(&body).send();
    for path in binding {
        assert_ne!(ask(Method::POST, path).await.unwrap().status(), 401, "{path}");
    }
    let sql = "UPDATE sessions SET signed_in_at = signed_in_at - 30 * 24 * 3600 - 60";
    town.city.store.write(|tx| tx.execute(sql, &[])).await.unwrap();
    for path in binding {
        let refused = ask(Method::POST, path).await.unwrap();
        assert_eq!(refused.status(), 401, "{path}");
        let challenge = refused.headers()[header::WWW_AUTHENTICATE].to_str().unwrap();
        assert!(
            challenge.contains(r#"error="insufficient_user_authentication", max_age="2592000""#),
            "{challenge}"
        );
    }
    // Who wants nothing to do with a mandate, or no more, is asked for nothing.
    for way_out in ["decline", "revoke"] {
        let path = accept.replace("accept", way_out);
        assert_eq!(ask(Method::POST, path.as_str()).await.unwrap().status(), 404, "{path}");
    }
    assert_eq!(town.get("/v1/me", &token).await.0, 200, "the session goes on for all else");
}
