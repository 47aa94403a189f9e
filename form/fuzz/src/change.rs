//! Changes of an input that leave it JSON: bytes alone seldom reach what lies behind the parser.

use serde_json::{Map, Value, json};

use crate::judge::SEPARATOR;

/// What rules are made of.
const OPERATIONS: [&str; 40] = [
    "var",
    "val",
    "exists",
    "missing",
    "missing_some",
    "if",
    "?:",
    "and",
    "or",
    "!",
    "!!",
    "==",
    "!=",
    "===",
    "!==",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "min",
    "max",
    "cat",
    "substr",
    "in",
    "merge",
    "map",
    "filter",
    "reduce",
    "all",
    "some",
    "none",
    "sum",
    "date_diff_days",
    "date_add",
    "age_on",
];

/// Where rules stand in a field.
const RULES: [&str; 3] = ["visible_when", "required_when", "compute"];

/// A source of choices that gives the same for the same seed.
pub(crate) struct Chance(u64);

impl Chance {
    /// The choices of this seed.
    pub(crate) fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// A number below another.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed >> 33) as usize) % bound.max(1)
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
}

/// The input after one to four changes; none where no part of it is JSON.
pub(crate) fn change(input: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(input).ok()?;
    let mut parts: Vec<Option<Value>> =
        text.split(SEPARATOR).map(|part| serde_json::from_str(part).ok()).collect();
    parts.truncate(3);
    let mut pool = Vec::new();
    let mut names = vec!["today".to_owned()];
    for part in parts.iter().flatten() {
        collect(part, &mut pool, &mut names);
    }
    if pool.is_empty() {
        return None;
    }
    for _ in 0..=chance.below(4) {
        let place = chance.below(parts.len());
        let Some(part) = &mut parts[place] else { continue };
        let mut at = chance.below(count(part));
        if let Some(node) = nth(part, &mut at) {
            at_node(node, &pool, &names, chance);
        }
    }
    let written: Vec<String> = text
        .split(SEPARATOR)
        .zip(parts)
        .map(|(old, new)| new.map_or(old.to_owned(), |new| new.to_string()))
        .collect();
    Some(written.join(&SEPARATOR.to_string()).into_bytes())
}

fn at_node(node: &mut Value, pool: &[Value], names: &[String], chance: &mut Chance) {
    match (chance.below(10), &mut *node) {
        (0..5, Value::Object(object)) if object.contains_key("field_id") => match chance.below(4) {
            0 => drop(object.insert("kind".to_owned(), kind(pool, chance))),
            1 => drop(object.insert("field_id".to_owned(), chance.of(names).into())),
            _ => drop(object.insert(chance.of(&RULES).to_owned(), rule(pool, names, chance, 3))),
        },
        (0..3, Value::Object(object)) => {
            let names: Vec<String> = object.keys().cloned().collect();
            if let Some(name) = names.get(chance.below(names.len())) {
                object.remove(name);
            }
        }
        (3, Value::Object(object)) => drop(object.insert(chance.of(names), chance.of(pool))),
        (0..5, Value::Array(items)) if !items.is_empty() => {
            let at = chance.below(items.len());
            match chance.below(4) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, chance.of(pool)),
                2 => items.insert(at, items[at].clone()),
                _ => items.swap(at, 0),
            }
        }
        (5, _) => *node = rule(pool, names, chance, 4),
        (6 | 7, _) => *node = chance.of(pool),
        (8, _) => *node = json!({ chance.of(&OPERATIONS): [node.take(), chance.of(pool)] }),
        _ => *node = scalar(names, chance),
    }
}

fn scalar(names: &[String], chance: &mut Chance) -> Value {
    let near = |number: i64| json!(number);
    match chance.below(16) {
        0 => Value::Null,
        1 => json!(chance.below(2) == 0),
        2 => near(i64::MAX - chance.below(2) as i64),
        3 => near(i64::MIN + chance.below(2) as i64),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(0.1),
        7 => json!(chance.below(400)),
        8 => json!(-(chance.below(40) as i64)),
        9 => json!(""),
        10 => json!(format!("20{:02}-{:02}-{:02}", chance.below(99), chance.below(14), chance.below(33))),
        11 => json!("x".repeat(chance.below(200))),
        12 => json!("\u{0}\u{200f}义乌\u{1f600}\n"),
        13 => json!(format!("{}.{}", chance.of(names), chance.below(3))),
        _ => json!(chance.of(names)),
    }
}

fn rule(pool: &[Value], names: &[String], chance: &mut Chance, depth: usize) -> Value {
    match chance.below(8) {
        _ if depth == 0 => scalar(names, chance),
        0 | 1 => json!({ "var": chance.of(names) }),
        2 => scalar(names, chance),
        3 => chance.of(pool),
        _ => {
            let arguments: Vec<Value> =
                (0..1 + chance.below(3)).map(|_| rule(pool, names, chance, depth - 1)).collect();
            json!({ chance.of(&OPERATIONS): arguments })
        }
    }
}

fn kind(pool: &[Value], chance: &mut Chance) -> Value {
    let words = json!({ "zh": "词", "en": "word" });
    match chance.below(13) {
        0 => json!({ "type": "text", "max_length": chance.below(40) }),
        1 => json!({ "type": "long_text", "max_length": chance.below(40) }),
        2 => json!({ "type": "number", "min": -(chance.below(9) as i64), "max": i64::MAX }),
        3 => json!({ "type": "money", "min": 0, "max": chance.below(1_000_000) }),
        4 => json!({ "type": "date_range" }),
        5 => json!({ "type": "choices", "min": chance.below(2), "max": chance.below(4), "options": [
            { "value": "a", "label": words }, { "value": "b", "label": words }] }),
        6 | 7 => json!({ "type": "group", "min": chance.below(2), "max": chance.below(5), "entry": words,
            "fields": [chance.of(pool), chance.of(pool)] }),
        8 => json!({ "type": "address" }),
        9 => json!({ "type": "hologram" }),
        _ => {
            json!({ "type": chance.of(&["date", "yes_no", "id_number", "phone", "bank_account", "person", "note"]) })
        }
    }
}

/// All nodes and all names of fields.
fn collect(node: &Value, pool: &mut Vec<Value>, names: &mut Vec<String>) {
    pool.push(node.clone());
    match node {
        Value::Array(items) => items.iter().for_each(|item| collect(item, pool, names)),
        Value::Object(object) => {
            if let Some(Value::String(name)) = object.get("field_id") {
                names.push(name.clone());
            }
            object.values().for_each(|inner| collect(inner, pool, names));
        }
        _ => {}
    }
}

fn count(node: &Value) -> usize {
    1 + match node {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(object) => object.values().map(count).sum(),
        _ => 0,
    }
}

fn nth<'v>(node: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(node);
    }
    *at -= 1;
    match node {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, at)),
        Value::Object(object) => nth_of(object, at),
        _ => None,
    }
}

fn nth_of<'v>(object: &'v mut Map<String, Value>, at: &mut usize) -> Option<&'v mut Value> {
    object.values_mut().find_map(|inner| nth(inner, at))
}
