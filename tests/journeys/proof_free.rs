//! The proof-free city: the named cases of the reform, each filed through the phone and judged by the ledger.

use citizen_api::case::CaseStatus;
use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::{ID_NUMBER, Papers};
use citizen_tests::phone::text;
use serde_json::Value;

/// A company has an address because its owner says so, and signs for it.
#[test]
fn a_shop_is_registered_at_a_declared_address() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("business-registration").unwrap();
    let address = "浙江省/金华市/义乌市/稠城街道/工人西路12号";
    fill(&desk, &draft_id, &[("business_name", "阿香面馆"), ("business_address", address)]).unwrap();
    desk.phone.done(&["draft", "deliver", &draft_id, "phone"]).unwrap();
    let filed = desk.file(&draft_id).unwrap();
    assert!(filed.attachments.is_empty(), "a paper was asked for");
    assert_eq!(filed.answers[&"business_address".into()]["town"], "稠城街道");
    let case = desk.case(filed.case_id).unwrap();
    assert_eq!(case["declarations"][0]["declaration_id"], "premises");
    granted(&desk, filed.case_id, &[]);
}

/// Footage is shown to whoever has an ID.
#[test]
fn footage_is_fetched_with_the_id_alone() {
    let desk = Desk::set().unwrap();
    let needs = desk.phone.done(&["services", "needs", "surveillance-footage"]).unwrap();
    assert_eq!(needs["needs"]["only_the_id"], true, "{needs}");
    assert_eq!(needs["needs"]["for_this_person"], true, "the registers were not asked");
    let draft_id = desk.begin("surveillance-footage").unwrap();
    fill(&desk, &draft_id, &[("cause", "lost")]).unwrap();
    let filed = desk.file(&draft_id).unwrap();
    assert!(filed.attachments.is_empty());
    let case = desk.case(filed.case_id).unwrap();
    assert!(case["declarations"].as_array().is_none_or(Vec::is_empty), "{case}");
    let ledger = desk.city.ledger(ID_NUMBER).unwrap();
    assert!(ledger.lookups.is_empty(), "the register had the card when it was filed");
    granted(&desk, filed.case_id, &[]);
}

/// A lawyer says how things stand; two departments confirm what they know to each other.
#[test]
fn a_lawyers_licence_takes_a_statement() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("lawyer-licence").unwrap();
    fill(&desk, &draft_id, &[("situation", "没有在其他单位任职")]).unwrap();
    let certificate = Papers::find().unwrap().path("prescription.jpg");
    desk.phone.done(&["draft", "attach", &draft_id, "qualification-certificate", &certificate]).unwrap();
    let filed = desk.file(&draft_id).unwrap();
    assert_eq!(filed.attachments.len(), 1);
    let case = desk.case(filed.case_id).unwrap();
    assert_eq!(case["declarations"][0]["declaration_id"], "no-employment");
    desk.city.accept(filed.case_id).unwrap();
    let early = desk.city.finish(filed.case_id);
    assert!(early.is_err(), "the review ended while departments had not answered");
    granted(&desk, filed.case_id, &["training-assessment", "firm-consent"]);
}

/// Nobody gets a cancelled proof, and that somebody tried is on record.
#[test]
fn cancelled_proofs_are_refused_to_officers_and_counted() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("medical-reimbursement").unwrap();
    fill(&desk, &draft_id, &[]).unwrap();
    let papers = Papers::find().unwrap();
    for (requirement, file) in [
        ("invoice", "invoice.jpg"),
        ("fee-list", "fee-list.jpg"),
        ("discharge-summary", "discharge-summary.jpg"),
    ] {
        desk.phone.done(&["draft", "attach", &draft_id, requirement, &papers.path(file)]).unwrap();
    }
    let filed = desk.file(&draft_id).unwrap();
    desk.city.accept(filed.case_id).unwrap();
    for wanted in ["residence-proof", "id-card", "other-insurance"] {
        let refused =
            desk.city.request(filed.case_id, wanted, "请补交", "please add").unwrap_err().to_string();
        assert!(refused.contains("status: 4"), "{wanted}: {refused}");
    }
    let supervision: Value = desk.city.officer(&["supervision"]).unwrap();
    assert_eq!(supervision["attempts"].as_array().map(Vec::len), Some(3), "{supervision}");
    let figures: Value = desk.city.officer(&["figures"]).unwrap();
    assert_eq!((&figures["forbidden_requests"], &figures["cases"]), (&3.into(), &1.into()), "{figures}");
    assert_eq!(figures["evidence_asked_per_case"], 3.0, "{figures}");
    let case = desk.case(filed.case_id).unwrap();
    assert!(case["requests"].as_array().is_some_and(Vec::is_empty), "the citizen was bothered: {case}");
    for proof in ["kinship-proof", "property-proof", "residence-proof"] {
        let begun = desk.phone.run(&["draft", "new", proof]).unwrap();
        assert_eq!(begun.json["error"]["code"], "nothing-to-file", "{proof} can be applied for");
    }
}

/// A register that is down keeps nobody from filing, and is asked once it is back.
#[test]
fn a_register_that_is_down_blocks_nobody() {
    let desk = Desk::set().unwrap();
    desk.city.officer::<Value>(&["register", "down", "population"]).unwrap();
    let draft_id = desk.begin("surveillance-footage").unwrap();
    let paper = |draft: &Value| {
        let papers = draft["requirements"].as_array().unwrap();
        papers.iter().find(|paper| paper["requirement_id"] == "id-card").unwrap().clone()
    };
    let card = paper(&desk.draft(&draft_id).unwrap());
    assert_eq!((&card["route"], &card["met"]), (&"deferred".into(), &true.into()));
    fill(&desk, &draft_id, &[]).unwrap();
    let filed = desk.file(&draft_id).unwrap();
    assert!(filed.attachments.is_empty());
    let way = |desk: &Desk| {
        let lookups = desk.city.ledger(ID_NUMBER).unwrap().lookups;
        lookups.into_iter().find(|lookup| lookup.case_id == filed.case_id).unwrap().way
    };
    assert_eq!(way(&desk), "deferred");
    let up: Value = desk.city.officer(&["register", "up", "population"]).unwrap();
    assert_eq!(up["found"], 1, "{up}");
    assert_eq!(way(&desk), "shared");
}

/// What a register has wrong is put right by a request that goes along.
#[test]
fn a_wrong_record_is_disputed_and_corrected() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("surveillance-footage").unwrap();
    let before = desk.draft(&draft_id).unwrap();
    let phone = |draft: &Value| {
        draft["fields"].as_array().unwrap().iter().find(|field| field["field_id"] == "phone").unwrap().clone()
    };
    let registered = text(&phone(&before), "/register/value").unwrap().to_owned();
    assert!(text(&phone(&before), "/register/purpose/zh").unwrap().contains("监控"), "no purpose is told");
    desk.phone.done(&["draft", "dispute", &draft_id, "phone", "--note", "号码三年前就换了"]).unwrap();
    fill(&desk, &draft_id, &[("phone", "13900139000")]).unwrap();
    let filed = desk.file(&draft_id).unwrap();
    let disputed = desk.city.ledger(ID_NUMBER).unwrap().disputes;
    assert_eq!(disputed.len(), 1);
    assert_eq!(disputed[0].registered_now.as_deref(), Some(registered.as_str()));
    desk.city.officer::<Value>(&["dispute", "correct", &filed.case_id.to_string(), "phone"]).unwrap();
    let disputed = desk.city.ledger(ID_NUMBER).unwrap().disputes;
    assert_eq!(disputed[0].registered_now.as_deref(), Some("13900139000"));
    assert_eq!(desk.case(filed.case_id).unwrap()["disputes"][0]["status"], "corrected");
    let next = desk.begin("surveillance-footage").unwrap();
    assert_eq!(phone(&desk.draft(&next).unwrap())["value"], "13900139000");
}

/// Answers what departments are asked, ends the review and grants.
fn granted(desk: &Desk, case_id: citizen_api::CaseId, checks: &[&str]) {
    if checks.is_empty() {
        desk.city.accept(case_id).unwrap();
    }
    for check in checks {
        desk.city.officer::<Value>(&["check", "confirm", &case_id.to_string(), check]).unwrap();
    }
    desk.city.finish(case_id).unwrap();
    desk.city.officer::<Value>(&["review", "grant", &case_id.to_string()]).unwrap();
    let ledger = desk.city.ledger(ID_NUMBER).unwrap();
    let kept = ledger.submissions.iter().find(|kept| kept.case_id == case_id).unwrap();
    assert_eq!(kept.status, CaseStatus::Granted);
    assert_eq!(desk.case(case_id).unwrap()["status"], "granted", "the phone does not know");
}
