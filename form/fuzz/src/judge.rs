//! What must hold for any document, any answers and any rule, whoever made them up.
//!
//! The fuzz target calls [`judge`] with what it invents, and a test of citizen-form with what is kept of that.

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::EvidenceRoute;
use citizen_api::form::{Answers, Field, FieldKind};
use citizen_api::register::{SharedEvidence, Source};
use citizen_api::{FieldId, RegisterId};
use citizen_form::answers::check_all;
use citizen_form::compiled::read_service;
use citizen_form::evidence::{outlook, resolve, summarise};
use citizen_form::logic::Expression;
use citizen_form::migrate::{Written, is_understood, migrate, renamed_requirements};
use citizen_form::{CompiledForm, Registers, answer};
use jiff::civil::{Date, date};
use serde_json::Value;

/// What stands between the parts of an input, as between the texts of RFC 7464.
pub(crate) const SEPARATOR: char = '\u{1e}';

/// The day on which everything is judged.
const TODAY: Date = date(2026, 11, 24);

/// How many of the answers are tried at each field.
const TRIED: usize = 8;

/// Judges an input: a document, answers to it and a newer document, or a rule and the data that it sees. Gives whether
/// it could be read as either.
pub(crate) fn judge(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let mut parts = text.split(SEPARATOR);
    let mut part = || parts.next().unwrap_or_default();
    let (first, second, third) = (part(), part(), part());
    let is_rule = rule(first, second);
    let answers: Answers = serde_json::from_str(second).unwrap_or_default();
    let Ok(service) = read_service(first) else { return is_rule };
    form(&service, &answers);
    papers(&service);
    each_field(&service, &answers);
    let newer = read_service(third).unwrap_or_else(|_| service.clone());
    moves(&service, &newer, answers);
    true
}

/// A rule ends for any data, and always alike. A value without an operation is hardly one.
fn rule(rule: &str, data: &str) -> bool {
    let Ok(rule) = serde_json::from_str::<Value>(rule) else { return false };
    let has_parts = rule.is_object();
    let Ok(rule) = Expression::parse(&rule) else { return false };
    let data = serde_json::from_str(data).unwrap_or_default();
    let names = rule.reads();
    assert_eq!(names, rule.reads(), "what a rule reads is always the same");
    assert_eq!(rule.evaluate(&data), rule.evaluate(&data), "a rule gives the same for the same data");
    has_parts
}

/// A form is judged always alike, and the city takes what the phone files.
fn form(service: &PublicService, answers: &Answers) {
    let form = match CompiledForm::compile(&service.form) {
        Ok(form) => form,
        Err(error) => {
            assert!(!error.reason().zh.is_empty(), "a form that is refused says why");
            return;
        }
    };
    let state = form.evaluate(answers, TODAY);
    assert_eq!(state, form.evaluate(answers, TODAY), "the same answers are judged alike");
    let filed = state.answers();
    let findings = state.findings();
    for finding in &findings {
        assert!(!finding.error.reason().zh.is_empty(), "a finding says what is wrong");
    }
    let again = form.evaluate(&filed, TODAY);
    assert_eq!(again.answers(), filed, "what is filed is what is judged");
    if findings.is_empty() {
        assert_eq!(check_all(&form, &filed, TODAY), [], "the city takes what the phone files");
    } else {
        assert!(!check_all(&form, answers, TODAY).is_empty(), "the city takes nothing with a finding");
    }
}

/// Requirements are resolved for a person whom registers know, whom they do not, and when they are down.
fn papers(service: &PublicService) {
    let routes = service.requirements.iter().flat_map(|requirement| {
        requirement.routes.iter().map(move |route| (&requirement.requirement_id, route))
    });
    let known: Vec<SharedEvidence> = routes
        .filter_map(|(requirement_id, route)| match route {
            EvidenceRoute::Shared { register } => {
                let source = Source { register: register.clone(), title: Default::default(), as_of: TODAY };
                Some(SharedEvidence { requirement_id: requirement_id.clone(), source })
            }
            _ => None,
        })
        .collect();
    let down: Vec<RegisterId> = known.iter().map(|shared| shared.source.register.clone()).collect();
    for registers in [
        Registers::not_asked(),
        Registers { asked: true, shared: known, unavailable: Vec::new() },
        Registers { asked: true, shared: Vec::new(), unavailable: down },
        Registers { asked: true, ..Registers::default() },
    ] {
        for requirement in &service.requirements {
            let resolution = resolve(requirement, &registers);
            assert!(resolution.files_needed() == 0 || resolution.file().is_some(), "a file has a place");
        }
        let counts = summarise(&service.requirements, &registers);
        let counts =
            [counts.asked, counts.on_request, counts.prefilled, counts.not_needed, counts.without_route];
        assert_eq!(counts.iter().sum::<u32>() as usize, service.requirements.len(), "each paper counts once");
        let outlook = outlook(&service.requirements, &registers);
        assert!(!outlook.sentence().zh.is_empty(), "what is needed is said");
    }
}

/// Any answer at any field is refused, or brought into a normal form that stays as it is.
fn each_field(service: &PublicService, answers: &Answers) {
    for field in service.form.fields() {
        let inner = match &field.kind {
            FieldKind::Group { fields, .. } => fields.as_slice(),
            _ => &[],
        };
        for field in std::iter::once(field).chain(inner) {
            for value in answers.get(&field.field_id).into_iter().chain(answers.values().take(TRIED)) {
                at_field(field, value);
            }
        }
    }
}

fn at_field(field: &Field, value: &Value) {
    let typed = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let judged = [answer::check(field, value), answer::read(field, &typed)];
    for normal in judged {
        match normal {
            Ok(normal) => {
                let _ = answer::incomplete(field, &normal);
                assert_eq!(answer::check(field, &normal).as_ref(), Ok(&normal), "a normal form stays");
            }
            Err(error) => assert!(!error.reason().en.is_empty(), "a refusal says what is wrong"),
        }
    }
}

/// Whatever was written is still there after a move, as it was or in the normal form of a field that takes it.
fn moves(from: &PublicService, to: &PublicService, answers: Answers) {
    let _ = (is_understood(from.version, to), renamed_requirements(from.version, to));
    let before: Vec<Value> = answers.values().cloned().collect();
    let moved = migrate(from, to, Written { answers, earlier: Vec::new() });
    kept(to, &before, &moved);
    // Moved once more, to the version it came from: what was set aside may come back.
    let earlier = moved.earlier.iter().map(|earlier| &earlier.value);
    let before: Vec<Value> = moved.answers.values().chain(earlier).cloned().collect();
    let again = migrate(to, from, moved);
    kept(from, &before, &again);
    let _ = CompiledForm::compile(&from.form).map(|form| form.evaluate(&again.answers, TODAY).findings());
}

fn kept(to: &PublicService, before: &[Value], after: &Written) {
    for value in before {
        let wanted = before.iter().filter(|other| *other == value).count();
        let earlier = after.earlier.iter().filter(|earlier| earlier.value == *value).count();
        let taken = |(name, kept): (&FieldId, &Value)| {
            let normal = to.form.field(name).and_then(|field| answer::check(field, value).ok());
            kept == value || normal.is_some_and(|normal| *kept == normal)
        };
        let answered = after.answers.iter().filter(|answer| taken(*answer)).count();
        assert!(wanted <= earlier + answered, "an answer was lost on the way");
    }
}
