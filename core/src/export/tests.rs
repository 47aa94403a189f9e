use citizen_api::Language;
use serde_json::json;

use crate::CitizenApp;
use crate::testing::{TestPerson, photograph};

const WORDS: &str = "<b>canary & her own words</b>";

#[tokio::test]
async fn everything_is_in_one_file_that_is_hers_alone() {
    use std::os::unix::fs::PermissionsExt;
    let person = TestPerson::new();
    let draft_id = person.complete_draft(1);
    person.compartment.drafts().set_answer(draft_id, &"note".into(), &json!(WORDS)).unwrap();
    let filed = person.complete_draft(0);
    let paper = person.file("scan.jpg", &photograph(5_000));
    person.compartment.attachments().attach(filed, &"invoice".into(), &paper).unwrap();
    let transaction_id = person.compartment.submissions().submit(filed).unwrap();
    for (language, heading) in
        [(Language::Zh, "草稿和提交的内容"), (Language::En, "Drafts, and what was filed")]
    {
        let file = person.file(&format!("{heading}.html"), b"");
        assert!(
            app(&person).export(&person.compartment, language, &file).is_err(),
            "nothing is written over"
        );
        std::fs::remove_file(&file).unwrap();
        app(&person).export(&person.compartment, language, &file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(heading) && page.contains("1,280.50"));
        assert!(page.contains("&lt;b&gt;canary &amp; her own words&lt;/b&gt;") && !page.contains("<b>"));
        assert_eq!(page.matches("src=\"data:image/jpeg;base64,").count(), 2, "her papers are in it");
        assert!(!page.contains("GPS-CANARY"));
        assert!(!page.contains("<script") && !page.contains("http"), "it fetches nothing");
    }
    let item = person.compartment.outbox().list().unwrap();
    assert!(item.iter().any(|item| item.transaction_id == transaction_id));
}

fn app(person: &TestPerson) -> CitizenApp {
    person.app()
}

#[tokio::test]
async fn after_erasing_nothing_of_anybody_is_left() {
    let person = TestPerson::new();
    person.complete_draft(1);
    let folder = person.compartment.folder().to_owned();
    let data = folder.parent().and_then(std::path::Path::parent).unwrap().to_owned();
    let app = person.app();
    let vault = data.parent().unwrap().join("vault");
    assert!(std::fs::read_dir(&vault).unwrap().count() > 0);
    app.erase_everything().unwrap();
    assert_eq!(std::fs::read_dir(&vault).unwrap().count(), 0, "every key is gone");
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0);
}
