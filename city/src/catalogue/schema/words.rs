//! What is wrong by the schema, in words: what it is and how to mend it.

use serde_json::{Map, Value};

/// In Chinese and in English.
pub(super) type Words = (String, String);

pub(super) fn wrong_type(expected: &str) -> Words {
    let (zh, en) = match expected {
        "object" => ("对象 {…}", "an object {…}"),
        "array" => ("列表 […]", "a list […]"),
        "string" => ("文字 \"…\"", "a text \"…\""),
        "boolean" => ("true 或 false", "true or false"),
        _ => ("整数", "a whole number"),
    };
    (format!("这里要写 {zh}。"), format!("This must be {en}."))
}

pub(super) fn not_one_of(several: &[Value]) -> Words {
    let names: Vec<String> = several.iter().map(plain).collect();
    (format!("这里只能写：{}。", names.join("、")), format!("This must be one of: {}.", names.join(", ")))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn missing(name: &str) -> Words {
    (format!("缺少“{name}”，请补上。"), format!("“{name}” is missing. Please add it."))
}

pub(super) fn unknown(name: &str, properties: Option<&Map<String, Value>>) -> Words {
    let shown: String = name.chars().take(40).collect();
    let known: Vec<&str> = properties.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    (
        format!("没有“{shown}”这一项。请删掉，或改成：{}。", known.join("、")),
        format!("Nothing is called “{shown}” here. Remove it, or use one of: {}.", known.join(", ")),
    )
}

pub(super) fn too_few(least: u64) -> Words {
    (format!("至少要有 {least} 项。"), format!("At least {least} must be here."))
}

pub(super) fn too_many(most: u64) -> Words {
    (
        format!("最多 {most} 项，请拆开或删减。"),
        format!("At most {most} may be here. Split it or leave some out."),
    )
}

pub(super) fn twice() -> Words {
    ("这一项前面已经有了，请删掉一个。".to_owned(), "This is there before. Remove one of them.".to_owned())
}

pub(super) fn too_long(most: u64) -> Words {
    (format!("太长了，最多 {most} 个字。"), format!("This is too long: at most {most} characters."))
}

pub(super) fn blank() -> Words {
    ("这里不能是空的，请写上。".to_owned(), "This may not be empty. Please write it.".to_owned())
}

pub(super) fn no_name() -> Words {
    (
        "名字只用小写字母和数字，中间用 - 或 _ 连接，例如 id-card。".to_owned(),
        "A name has lower-case letters and digits, joined by - or _, such as id-card.".to_owned(),
    )
}

pub(super) fn out_of_bounds(least: Option<f64>, most: Option<f64>) -> Words {
    let bound = |bound: Option<f64>| bound.map_or_else(|| "…".to_owned(), |bound| format!("{bound}"));
    let (least, most) = (bound(least), bound(most));
    (format!("要在 {least} 和 {most} 之间。"), format!("This must lie between {least} and {most}."))
}
