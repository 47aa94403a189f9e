//! The promises of an evaluated form.

use citizen_api::Text;
use citizen_api::form::{Answers, FormDefinition};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::{CompiledForm, FormError, FormState};
use crate::answer::{AnswerError, Part};
use crate::answers::check_all;

const TODAY: Date = date(2026, 11, 24);

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn field(name: &str, kind: Value, more: Value) -> Value {
    let mut field = json!({ "field_id": name, "label": text(name), "kind": kind });
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

fn form(fields: Vec<Value>, checks: Value) -> FormDefinition {
    let pages = json!([{ "title": text("page"), "fields": fields }]);
    serde_json::from_value(json!({ "pages": pages, "checks": checks })).unwrap()
}

/// A stay in hospital with its bills, about the patient or a child.
fn stay() -> FormDefinition {
    form(
        vec![
            field(
                "whose",
                json!({ "type": "choice", "options": [
                { "value": "mine", "label": text("mine") }, { "value": "child", "label": text("child") }
            ] }),
                json!({ "required": true }),
            ),
            field(
                "child",
                json!({ "type": "person" }),
                json!({
                    "visible_when": { "==": [{ "var": "whose" }, "child"] }, "required": true
                }),
            ),
            field(
                "total",
                json!({ "type": "money", "min": 0, "max": 10_000_000 }),
                json!({
                    "compute": { "sum": [{ "var": "bills" }, "net"] }
                }),
            ),
            field(
                "bills",
                json!({ "type": "group", "entry": text("bill"), "min": 1, "max": 3, "fields": [
                field("gross", json!({ "type": "money", "min": 1, "max": 1_000_000 }), json!({ "required": true })),
                field("discounted", json!({ "type": "yes_no" }), json!({})),
                field("discount", json!({ "type": "money", "min": 0, "max": 1_000_000 }), json!({
                    "visible_when": { "var": "discounted" }, "required_when": { "var": "discounted" }
                })),
                field("net", json!({ "type": "money", "min": 0, "max": 1_000_000 }), json!({
                    "compute": { "-": [{ "var": "gross" }, { "if": [{ "var": "discount" }, { "var": "discount" }, 0] }] }
                })),
            ] }),
                json!({}),
            ),
            field(
                "stay",
                json!({ "type": "date_range" }),
                json!({
                    "required_when": { ">": [{ "var": "total" }, 100_000] }
                }),
            ),
        ],
        json!([{
            "fields": ["stay"], "holds": { "<=": [{ "var": "stay.to" }, { "var": "today" }] },
            "reason": text("the stay has not ended")
        }]),
    )
}

fn answers(answers: Value) -> Answers {
    serde_json::from_value(answers).unwrap()
}

fn found(state: &FormState<'_>) -> Vec<(String, AnswerError)> {
    state.findings().into_iter().map(|finding| (finding.field_id.to_string(), finding.error)).collect()
}

#[test]
fn a_hidden_question_is_not_needed_not_filed_and_not_seen() {
    let definition = stay();
    let form = CompiledForm::compile(&definition).unwrap();
    let child = json!({ "name": "小明", "id_number": "11010519491231002X" });
    let mut given = answers(json!({ "whose": "child", "child": child, "bills": [{ "gross": 500 }] }));
    let shown = form.evaluate(&given, TODAY);
    assert_eq!(found(&shown), []);
    assert_eq!(shown.answers()[&"child".into()], child);
    given.insert("whose".into(), json!("mine"));
    let hidden = form.evaluate(&given, TODAY);
    assert!(!hidden.fields[1].asked);
    assert_eq!(hidden.answers().get(&"child".into()), None);
    let refused = check_all(&form, &given, TODAY);
    assert_eq!(refused[0].error, AnswerError::UnknownField, "the city takes nothing that is not asked");
}

#[test]
fn groups_are_judged_entry_by_entry_and_add_up() {
    let definition = stay();
    let form = CompiledForm::compile(&definition).unwrap();
    let given = answers(json!({ "whose": "mine", "bills": [
        { "gross": 500, "discounted": true, "discount": 100 },
        { "gross": 300, "discounted": false, "discount": 200 },
    ] }));
    let state = form.evaluate(&given, TODAY);
    assert_eq!(found(&state), []);
    assert_eq!(state.answers()[&"total".into()], json!(700));
    let bills = json!([
        { "gross": 500, "discounted": true, "discount": 100, "net": 400 },
        { "gross": 300, "discounted": false, "net": 300 },
    ]);
    assert_eq!(state.answers()[&"bills".into()], bills, "what is hidden is not filed, what is computed is");
    assert_eq!(check_all(&form, &state.answers(), TODAY), [], "the city takes what the phone files");
    let mut dearer = state.answers();
    dearer.insert("total".into(), json!(701));
    assert_eq!(check_all(&form, &dearer, TODAY)[0].field_id, "total".into(), "and computes for itself");

    let given = answers(json!({ "whose": "mine", "bills": [{ "gross": 5, "discounted": true }] }));
    let [(place, AnswerError::Entry { entry: 1, error, .. })] = &found(&form.evaluate(&given, TODAY))[..]
    else {
        panic!("nothing is lacking");
    };
    assert_eq!((place.as_str(), &**error), ("bills", &AnswerError::Missing));
}

#[test]
fn rules_demand_and_answers_must_agree() {
    let definition = stay();
    let form = CompiledForm::compile(&definition).unwrap();
    let mut given = answers(json!({ "whose": "mine", "bills": [{ "gross": 100_001 }] }));
    assert_eq!(found(&form.evaluate(&given, TODAY)), [("stay".to_owned(), AnswerError::Missing)]);
    given.insert("stay".into(), json!({ "from": "2026-11-20" }));
    let lacking = AnswerError::Part { part: Part::To };
    assert_eq!(found(&form.evaluate(&given, TODAY)), [("stay".to_owned(), lacking)]);
    given.insert("stay".into(), json!({ "from": "2026-11-20", "to": "2026-11-30" }));
    let reason = Text::new("the stay has not ended", "the stay has not ended");
    assert_eq!(
        found(&form.evaluate(&given, TODAY)),
        [("stay".to_owned(), AnswerError::Disagrees { reason })]
    );
    assert_eq!(found(&form.evaluate(&given, date(2026, 12, 1))), []);
}

#[test]
fn evaluating_twice_gives_the_same() {
    let definition = stay();
    let form = CompiledForm::compile(&definition).unwrap();
    let given = answers(json!({ "whose": "child", "bills": [{ "gross": 100_001 }, { "gross": 0 }] }));
    assert_eq!(form.evaluate(&given, TODAY), form.evaluate(&given, TODAY));
}

#[test]
fn a_faulty_document_is_refused_with_its_place() {
    let yes_no = || json!({ "type": "yes_no" });
    let rule = |rule: Value| json!({ "visible_when": rule });
    for (fields, fault) in [
        (vec![field("a", json!({ "type": "hologram" }), json!({}))], "of a kind that is not known"),
        (vec![field("a", yes_no(), rule(json!({ "throw": 1 })))], "a rule of a: there is no operation throw"),
        (vec![field("a", yes_no(), rule(json!({ "var": "b" })))], "a reads b, which is no field"),
        (
            vec![
                field("a", yes_no(), rule(json!({ "var": "b" }))),
                field("b", yes_no(), rule(json!({ "var": "a" }))),
            ],
            "the field a depends on itself",
        ),
        (vec![field("a", yes_no(), rule(json!({ "var": { "cat": ["b"] } })))], "a name that is computed"),
        (vec![field("a", yes_no(), json!({})), field("a", yes_no(), json!({}))], "two fields are named a"),
        (vec![field("today", yes_no(), json!({}))], "two fields are named today"),
        (
            vec![field(
                "g",
                json!({ "type": "group", "entry": text("e"), "min": 0, "max": 1, "fields": [
                field("n", json!({ "type": "note" }), json!({}))
            ] }),
                json!({}),
            )],
            "the field n cannot stand in a group",
        ),
        (
            vec![field(
                "g",
                json!({ "type": "group", "entry": text("e"), "min": 0, "max": 101, "fields": [] }),
                json!({}),
            )],
            "more than 100 entries",
        ),
        ((0..401).map(|at| field(&format!("f{at}"), yes_no(), json!({}))).collect(), "more than 400 fields"),
    ] {
        let definition = form(fields, json!([]));
        let error = CompiledForm::compile(&definition).unwrap_err();
        assert!(error.to_string().contains(fault), "{error}");
        assert!(!error.reason().zh.is_empty());
        let newer = fault.contains("not known") || fault.contains("throw");
        assert_eq!(error.needs_newer_app(), newer, "{error}");
    }
}

#[test]
fn a_rule_without_a_value_hides_nothing_and_demands_nothing() {
    let wrong = json!({ "date_diff_days": ["no day", "2026-01-01"] });
    let definition = form(
        vec![field(
            "a",
            json!({ "type": "yes_no" }),
            json!({ "visible_when": wrong, "required_when": wrong }),
        )],
        json!([{ "fields": ["a"], "holds": wrong, "reason": text("never") }]),
    );
    let form = CompiledForm::compile(&definition).unwrap();
    let state = form.evaluate(&answers(json!({ "a": true })), TODAY);
    assert!(state.fields[0].asked && !state.fields[0].required && found(&state).is_empty());
}

#[test]
fn the_whole_form_shares_one_budget() {
    // Each rule alone is within its bounds and far beyond what a form may take with all the others.
    let list: Vec<u32> = (0..400).collect();
    let costly = json!({ "map": [list, { "+": [{ "var": "" }, 1, 2, 3] }] });
    let fields = (0..100)
        .map(|at| field(&format!("f{at}"), json!({ "type": "yes_no" }), json!({ "required_when": costly })))
        .collect();
    let definition = form(fields, json!([]));
    let form = CompiledForm::compile(&definition).unwrap();
    let state = form.evaluate(&Answers::new(), TODAY);
    let demanded = state.fields.iter().filter(|state| state.required).count();
    assert!((1..100).contains(&demanded), "{demanded} rules were carried out");
}

#[test]
fn each_fault_has_a_way_out_in_both_languages() {
    for error in
        [FormError::TooMany { what: "fields", most: 1 }, FormError::UnknownKind { field: "f".into() }]
    {
        let reason = error.reason();
        assert!(reason.zh.contains("窗口") && reason.en.contains("counter"), "{reason:?}");
    }
}
