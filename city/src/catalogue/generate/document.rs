//! Writes the document of a service that is made up.

use serde_json::{Value, json};

use super::words::{Kind, Said, Words};
use crate::seed::chance::Chance;

/// What one service is made up of.
pub(super) struct Combination<'a> {
    kind: &'a Kind,
    thing: Said,
    act: Said,
    group: Said,
    place: Option<Said>,
}

impl<'a> Combination<'a> {
    /// The combination of that number, in the round of a place; the first round has none.
    pub(super) fn of(words: &'a Words, number: usize, round: usize) -> Self {
        static NO_KIND: Kind =
            Kind { office: Said { zh: "", en: "", called: "" }, acts: Vec::new(), groups: Vec::new() };
        let (acts, groups) = words.widths();
        let (number, group) = (number / groups, number % groups);
        let (number, act) = (number / acts, number % acts);
        let (name, thing) = words.things.get(number).copied().unwrap_or_default();
        let kind = words.kinds.get(name).unwrap_or(&NO_KIND);
        let of = |list: &[Said], at: usize| list.get(at).copied().unwrap_or_default();
        let place = round.checked_sub(1).and_then(|round| words.places.get(round)).copied();
        Self { kind, thing, act: of(&kind.acts, act), group: of(&kind.groups, group), place }
    }

    fn service_id(&self) -> String {
        let place = self.place.map(|place| place.en).unwrap_or_default();
        let mut id = String::new();
        for character in [self.thing.en, self.act.en, self.group.en, place].join(" ").chars() {
            match character.to_ascii_lowercase() {
                plain if plain.is_ascii_alphanumeric() => id.push(plain),
                '\'' => {}
                _ if id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        id.trim_matches('-').to_owned()
    }

    fn title(&self) -> Value {
        let Self { thing, act, group, place, .. } = self;
        let (mut zh, mut en) =
            (format!("{}{}", thing.zh, act.zh), format!("{}: {}", capital(thing.en), act.en));
        if !group.zh.is_empty() {
            zh.push_str(&format!("({})", group.zh));
            en.push_str(&format!(", for {}", group.en));
        }
        if let Some(place) = place {
            zh.insert_str(0, place.zh);
            en.push_str(&format!(" ({})", place.en));
        }
        json!({ "zh": zh, "en": en })
    }

    /// A sentence of the lists, about this service.
    fn say(&self, sentence: Said) -> (String, String) {
        let place = self.place.unwrap_or(Said { zh: "全市", en: "the city", called: "" });
        let group = match self.group {
            Said { zh: "", .. } => Said { zh: "市民", en: "residents", called: "" },
            group => group,
        };
        let fill = |text: &str, [thing, act, group, place]: [&str; 4]| {
            text.replace("{t}", thing).replace("{a}", act).replace("{g}", group).replace("{p}", place)
        };
        (
            fill(sentence.zh, [self.thing.zh, self.act.zh, group.zh, place.zh]),
            fill(sentence.en, [self.thing.en, self.act.en, group.en, place.en]),
        )
    }

    fn keywords(&self) -> Vec<String> {
        let Self { thing, act, .. } = self;
        vec![
            thing.called.to_owned(),
            format!("{}{}", thing.called, act.zh),
            format!("{}{}", thing.zh, act.called),
            format!("{}{}", thing.called, act.called),
            format!("{} {}", act.en, thing.en),
        ]
    }
}

/// The name and the document of a service.
pub(super) fn write(words: &Words, what: &Combination<'_>, chance: &mut Chance) -> (String, String) {
    let said = [&words.openings, &words.details, &words.closings].map(|list| what.say(chance.pick(list)));
    let zh: Vec<&str> = said.iter().map(|(zh, _)| zh.as_str()).collect();
    let en: Vec<&str> = said.iter().map(|(_, en)| en.as_str()).collect();
    let legal = chance.between(10, 60);
    let (requirements, declarations) = papers(what, chance);
    let document = json!({
        "service_id": what.service_id(),
        "version": 1,
        "title": what.title(),
        "summary": { "zh": zh.concat(), "en": en.join(" ") },
        "keywords": what.keywords(),
        "department": { "zh": what.kind.office.zh, "en": what.kind.office.en },
        "audience": [if chance.percent(70) { "citizens" } else { "businesses" }],
        "livelihood": chance.percent(17),
        "form": form(what),
        "requirements": requirements,
        "declarations": declarations,
        "fee": if chance.percent(90) { 0 } else { chance.between(1, 20) * 1_000 },
        "legal_deadline_days": legal,
        "promised_deadline_days": chance.between(1, legal),
        "result": {
            "zh": format!("{}{}的结果。", what.thing.zh, what.act.zh),
            "en": format!("The outcome: {} of a {}.", what.act.en, what.thing.en),
        },
        "workflow": "decision",
        "counters": ["city", "town"],
        "delivery": if chance.percent(60) { json!(["phone", "courier"]) } else { json!(["phone"]) },
    });
    (what.service_id(), document.to_string())
}

fn form(what: &Combination<'_>) -> Value {
    let from_register = |item: &str| json!({ "register": "population", "item": item });
    let (thing, act) = (what.thing, what.act);
    json!({ "pages": [
        { "title": { "zh": "您是谁", "en": "Who you are" }, "fields": [
            { "field_id": "applicant_name", "label": { "zh": "姓名", "en": "Name" },
              "kind": { "type": "text", "max_length": 50 }, "required": true, "prefill": from_register("name") },
            { "field_id": "phone", "label": { "zh": "手机号", "en": "Mobile number" },
              "kind": { "type": "phone" }, "required": true, "prefill": from_register("phone") },
        ]},
        { "title": { "zh": act.zh, "en": capital(act.en) }, "fields": [
            { "field_id": "subject",
              "label": { "zh": format!("{}的名称或编号", thing.zh),
                         "en": format!("Name or number of the {}", thing.en) },
              "kind": { "type": "text", "max_length": 60 }, "required": true },
            { "field_id": "since", "label": { "zh": "从哪天开始", "en": "From which day" },
              "kind": { "type": "date" } },
            { "field_id": "note", "label": { "zh": "还有什么要说明的", "en": "Anything else" },
              "kind": { "type": "long_text", "max_length": 300 } },
        ]},
    ]})
}

/// What is asked, and the declarations that stand for some of it.
fn papers(what: &Combination<'_>, chance: &mut Chance) -> (Value, Value) {
    let id_card = json!({
        "requirement_id": "id-card", "title": { "zh": "身份证", "en": "ID card" },
        "routes": [{ "route": "shared", "register": "population" }],
    });
    let title = json!({
        "zh": format!("{}的原件照片", what.thing.zh),
        "en": format!("Photograph of the {}", what.thing.en),
    });
    let office = json!({ "zh": what.kind.office.zh, "en": what.kind.office.en });
    let (route, declarations) = match chance.between(0, 4) {
        0 => (json!({ "route": "checked", "department": office }), json!([])),
        1 => (json!({ "route": "declared", "declaration": "truth" }), json!([declaration(what)])),
        2 => (
            json!({ "route": "cancelled", "ground": {
                "zh": "本市证明取消清单：已取消，谁都不能再向您要。",
                "en": "On the city's list of cancelled proofs. Nobody may ask you for it.",
            } }),
            json!([]),
        ),
        _ => (
            json!({ "route": "provided", "min_files": 1, "max_files": 3, "max_bytes": 20_971_520,
                    "accept": ["image/jpeg", "image/png"] }),
            json!([]),
        ),
    };
    (json!([id_card, { "requirement_id": "original", "title": title, "routes": [route] }]), declarations)
}

fn declaration(what: &Combination<'_>) -> Value {
    json!({
        "declaration_id": "truth",
        "title": { "zh": "情况属实承诺书", "en": "Declaration of the facts" },
        "statement": {
            "zh": format!("我承诺：关于{}的情况属实。", what.thing.zh),
            "en": format!("I declare that what I say of the {} is true.", what.thing.en),
        },
        "consequences": {
            "zh": "如果不属实，结果会被撤销，记入信用记录。",
            "en": "If it is not true, the result is withdrawn, and it is entered in the credit record.",
        },
    })
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
