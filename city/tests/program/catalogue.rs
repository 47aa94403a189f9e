//! `city catalogue check`, `city catalogue schema` and `city figures`, none of which needs a city.

use serde_json::{Value, json};

use crate::{city, document, printed};

#[test]
fn sound_documents_end_with_0_and_faults_with_1() {
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("library-card.json");
    let broken = folder.path().join("passport.json");
    std::fs::write(&sound, document("library-card").to_string()).unwrap();
    let mut passport = document("passport");
    passport["colour"] = json!("red");
    passport["title"]["en"] = json!("");
    std::fs::write(&broken, serde_json::to_string_pretty(&passport).unwrap()).unwrap();
    let (sound, broken) = (sound.to_str().unwrap(), broken.to_str().unwrap());

    assert_eq!(city(&["catalogue", "check", sound]).status.code(), Some(0));
    let told = city(&["catalogue", "check", sound, broken, "--lang", "en"]);
    assert_eq!(told.status.code(), Some(1));
    let lines = printed(&told);
    assert!(lines.lines().all(|line| line.starts_with(broken)), "{lines}");
    assert!(lines.contains(": /colour: Nothing is called “colour” here."), "{lines}");
    assert!(lines.contains(": /title/en: This may not be empty."), "{lines}");
    let chinese = printed(&city(&["catalogue", "check", broken]));
    assert!(chinese.contains("这里不能是空的"), "{chinese}");

    let told = city(&["catalogue", "check", broken, "--json"]);
    let report: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!((report["sound"].clone(), report["checked"].clone()), (json!(false), json!(1)));
    assert_eq!(report["faults"].as_array().unwrap().len(), 2);
    assert!(report["faults"][0]["line"].as_u64().unwrap() > 1);
    assert_eq!(city(&["catalogue", "check", "/nowhere.json"]).status.code(), Some(2));
}

#[test]
fn one_event_has_one_name_among_the_documents_that_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut library = document("library-card");
    library["life_event"] = document("passport")["life_event"].clone();
    library["life_event"]["title"]["zh"] = json!("另一个名字");
    let path = folder.path().join("library-card.json");
    std::fs::write(&path, serde_json::to_string_pretty(&library).unwrap()).unwrap();
    let told = city(&["catalogue", "check", path.to_str().unwrap(), "--lang", "en"]);
    assert!(printed(&told).contains("/life_event/title"), "{}", printed(&told));
}

#[test]
fn the_schema_is_the_one_that_is_published() {
    let schema: Value = serde_json::from_slice(&city(&["catalogue", "schema"]).stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["additionalProperties"], json!(false));
}

#[test]
fn the_figures_of_the_documents_need_no_city() {
    let figures: Value = serde_json::from_slice(&city(&["figures", "--json"]).stdout).unwrap();
    assert!(figures["one_id_share"].as_f64().unwrap() >= 0.589);
    assert!(figures["evidence_declared_per_service"].as_f64().unwrap() <= 1.79);
    assert!(figures["online_share"].is_null());
    let words = printed(&city(&["figures", "--lang", "en"]));
    assert!(words.contains("documents that are built in"), "{words}");
}
