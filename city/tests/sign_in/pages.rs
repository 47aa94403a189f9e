use crate::walk::{CALLBACK, ID_NUMBER, Town};

#[tokio::test]
async fn a_stranger_is_shown_a_page_and_never_sent_anywhere() {
    let town = Town::open().await;
    for changed in [
        ("client_id", "another-app"),
        ("client_id", ""),
        ("redirect_uri", "https://evil.example/callback"),
        ("redirect_uri", "http://localhost:49152/callback"),
        ("redirect_uri", ""),
    ] {
        let shown = town.authorize(&[changed]).await;
        assert_eq!((shown.status.as_u16(), &shown.location), (400, &None), "{changed:?}");
        assert!(shown.alert().is_some(), "{changed:?}");
    }
}

#[tokio::test]
async fn what_the_app_gets_wrong_goes_back_to_the_app() {
    let town = Town::open().await;
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("response_type", ""), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("nonce", ""), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("request", "e30"), "request_not_supported"),
        (("prompt", "none"), "login_required"),
    ] {
        let shown = town.authorize(&[changed]).await;
        assert_eq!(shown.status, 303, "{changed:?}");
        assert!(shown.location.as_deref().unwrap().starts_with(&format!("{CALLBACK}?")));
        assert_eq!(shown.answer("error").as_deref(), Some(error), "{changed:?}");
        assert_eq!(shown.answer("state").as_deref(), Some("the state & more"));
        assert_eq!(shown.answer("iss").as_deref(), Some(town.city.base_url()));
    }
}

#[tokio::test]
async fn a_wrong_check_digit_is_named_and_the_person_stays() {
    let town = Town::open().await;
    let flow = town.authorize(&[]).await.flow();
    let shown = town.step(&flow, "id_number", "330782196611230022").await;
    assert!(shown.alert().unwrap().contains("第 18 位应为 1"), "{:?}", shown.alert());
    assert!(shown.html.contains(r#"value="330782196611230022""#), "what was typed can be mended");
    let english = town.authorize(&[("ui_locales", "en-GB zh")]).await;
    let shown = town.step(&english.flow(), "id_number", "330782196611230022").await;
    assert!(shown.alert().unwrap().contains("should be 1"), "{:?}", shown.alert());
}

#[tokio::test]
async fn nothing_shows_whether_a_number_is_a_residents() {
    let town = Town::open().await;
    let mut shown = Vec::new();
    // The second number is valid and nobody's.
    for id_number in [ID_NUMBER, "11010519491231002X"] {
        let flow = town.authorize(&[]).await.flow();
        let first = town.step(&flow, "id_number", id_number).await;
        let mut answers = vec![first.html.replace(&flow, "")];
        for _ in 0..6 {
            let answer = town.step(&flow, "code", "wrong").await;
            answers.push(format!("{}{}", answer.status, answer.html.replace(&flow, "")));
        }
        shown.push(answers);
    }
    assert_eq!(shown[0], shown[1]);
}

#[tokio::test]
async fn five_wrong_codes_end_a_code() {
    let town = Town::open().await;
    let flow = town.authorize(&[]).await.flow();
    town.step(&flow, "id_number", ID_NUMBER).await;
    let code = town.code(ID_NUMBER).await;
    for _ in 0..5 {
        town.step(&flow, "code", "wrong").await;
    }
    let shown = town.step(&flow, "code", &code).await;
    assert!(!shown.html.contains("王秀英") && shown.html.contains(r#"name="id_number""#));
    assert_ne!(town.code(ID_NUMBER).await, code);
}

#[tokio::test]
async fn who_does_not_allow_it_is_not_signed_in() {
    let town = Town::open().await;
    let flow = town.to_consent().await;
    let shown = town.step(&flow, "consent", "deny").await;
    assert_eq!(shown.answer("error").as_deref(), Some("access_denied"));
    assert_eq!(shown.answer("code"), None);
    let again = town.step(&flow, "consent", "allow").await;
    assert_eq!((again.status.as_u16(), again.location), (400, None), "the walk has ended");
}

#[tokio::test]
async fn no_step_can_be_left_out() {
    let town = Town::open().await;
    let flow = town.authorize(&[]).await.flow();
    assert_eq!(town.step(&flow, "consent", "allow").await.location, None);
    town.step(&flow, "id_number", ID_NUMBER).await;
    assert_eq!(town.step(&flow, "consent", "allow").await.location, None);
}
