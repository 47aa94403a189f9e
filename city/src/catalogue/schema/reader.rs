//! Reading a document by a schema.

use serde_json::{Map, Value};

use super::words;
use crate::catalogue::fault::Fault;

/// The pattern of names.
pub(super) const NAME: &str = "^[a-z0-9]+([-_][a-z0-9]+)*$";
/// The pattern of words that are not blank.
pub(super) const NOT_BLANK: &str = "\\S";

/// Everything that `schema` does not allow in `document`, at most `most` of it.
pub(super) fn read(schema: &Value, document: &Value, most: usize) -> Vec<Fault> {
    let mut reader = Reader { root: schema, faults: Vec::new(), most };
    reader.value(schema, document, "");
    reader.faults
}

struct Reader<'s> {
    root: &'s Value,
    faults: Vec<Fault>,
    most: usize,
}

impl<'s> Reader<'s> {
    fn value(&mut self, schema: &'s Value, value: &Value, pointer: &str) {
        let Some(schema) = schema.as_object() else { return };
        if let Some(named) = schema.get("$ref").and_then(Value::as_str) {
            let place = named.trim_start_matches('#');
            if let Some(schema) = self.root.pointer(place) {
                self.value(schema, value, pointer);
            }
        }
        if let Some(expected) = schema.get("type").and_then(Value::as_str)
            && !is_of_type(value, expected)
        {
            return self.tell(pointer, words::wrong_type(expected));
        }
        if let Some(only) = schema.get("const")
            && only != value
        {
            return self.tell(pointer, words::not_one_of(std::slice::from_ref(only)));
        }
        if let Some(several) = schema.get("enum").and_then(Value::as_array)
            && !several.contains(value)
        {
            return self.tell(pointer, words::not_one_of(several));
        }
        match value {
            Value::Object(object) => self.object(schema, object, pointer),
            Value::Array(items) => self.array(schema, items, pointer),
            Value::String(text) => self.text(schema, text, pointer),
            Value::Number(number) => self.number(schema, number.as_f64().unwrap_or_default(), pointer),
            Value::Null | Value::Bool(_) => {}
        }
        for schema in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.value(schema, value, pointer);
        }
        if let (Some(condition), Some(then)) = (schema.get("if"), schema.get("then"))
            && read(condition, value, 1).is_empty()
        {
            self.value(then, value, pointer);
        }
    }

    fn object(&mut self, schema: &'s Map<String, Value>, object: &Map<String, Value>, pointer: &str) {
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            if !object.contains_key(name) {
                self.tell(pointer, words::missing(name));
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in object {
            let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            match properties.and_then(|properties| properties.get(name)) {
                Some(schema) => self.value(schema, value, &place),
                None if is_closed => self.tell(&place, words::unknown(name, properties)),
                None => {}
            }
        }
    }

    fn array(&mut self, schema: &'s Map<String, Value>, items: &[Value], pointer: &str) {
        let bound = |name| schema.get(name).and_then(Value::as_u64);
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if bound("minItems").is_some_and(|least| count < least) {
            self.tell(pointer, words::too_few(bound("minItems").unwrap_or_default()));
        }
        if let Some(most) = bound("maxItems").filter(|most| count > *most) {
            return self.tell(pointer, words::too_many(most));
        }
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            let twice = items
                .iter()
                .enumerate()
                .find(|(place, item)| items.iter().take(*place).any(|other| other == *item));
            if let Some((place, _)) = twice {
                self.tell(&format!("{pointer}/{place}"), words::twice());
            }
        }
        if let Some(schema) = schema.get("items") {
            for (place, item) in items.iter().enumerate() {
                if self.faults.len() >= self.most {
                    return;
                }
                self.value(schema, item, &format!("{pointer}/{place}"));
            }
        }
    }

    fn text(&mut self, schema: &Map<String, Value>, text: &str, pointer: &str) {
        let most = schema.get("maxLength").and_then(Value::as_u64);
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(most) = most.filter(|most| length > *most) {
            self.tell(pointer, words::too_long(most));
        }
        match schema.get("pattern").and_then(Value::as_str) {
            Some(NOT_BLANK) if text.trim().is_empty() => self.tell(pointer, words::blank()),
            Some(NAME) if !is_name(text) => self.tell(pointer, words::no_name()),
            _ => {}
        }
    }

    fn number(&mut self, schema: &Map<String, Value>, number: f64, pointer: &str) {
        let bound = |name| schema.get(name).and_then(Value::as_f64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        let within = least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
        if !within {
            self.tell(pointer, words::out_of_bounds(least, most));
        }
    }

    fn tell(&mut self, pointer: &str, (zh, en): (String, String)) {
        if self.faults.len() < self.most {
            self.faults.push(Fault::new(pointer, zh, en));
        }
    }
}

fn is_of_type(value: &Value, expected: &str) -> bool {
    match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

/// Lower-case words of letters and digits, joined by single hyphens or underscores.
fn is_name(text: &str) -> bool {
    text.split(['-', '_']).all(|word| {
        !word.is_empty()
            && word.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit())
    })
}
