//! Answers as a person reads them, so that no shell has to know kinds of answers.

use citizen_api::form::{ChoiceOption, FieldKind};
use citizen_api::{Fen, Text};
use citizen_form::BankAccount;
use jiff::civil::Date;
use serde_json::Value;

/// An answer in both languages.
pub(super) fn in_words(kind: &FieldKind, value: &Value) -> Text {
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match kind {
        FieldKind::Money { .. } => same(&Fen(value.as_i64().unwrap_or_default()).to_string()),
        FieldKind::Date => day(value.as_str().unwrap_or_default()),
        FieldKind::DateRange => {
            let (from, to) = (day(part("from")), day(part("to")));
            Text::new(format!("{} 至 {}", from.zh, to.zh), format!("{} to {}", from.en, to.en))
        }
        FieldKind::Choice { options } => label(options, value.as_str().unwrap_or_default()),
        FieldKind::Choices { options, .. } => {
            let chosen = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            let labels: Vec<Text> = chosen.map(|chosen| label(options, chosen)).collect();
            joined(&labels, "、", ", ")
        }
        FieldKind::YesNo => match value.as_bool() {
            Some(true) => Text::new("是", "yes"),
            _ => Text::new("否", "no"),
        },
        FieldKind::BankAccount => bank_account(value.as_str().unwrap_or_default()),
        FieldKind::Address { .. } => {
            let levels = ["province", "city", "county", "town", "detail"].map(part);
            let zh = levels.concat();
            let en: Vec<&str> = levels.into_iter().filter(|level| !level.is_empty()).collect();
            Text::new(zh, en.join(" "))
        }
        FieldKind::Person => same(format!("{} {}", part("name"), part("id_number")).trim()),
        FieldKind::Group { entry, .. } => {
            let count = value.as_array().map_or(0, Vec::len);
            Text::new(format!("{} {count} 项", entry.zh), format!("{count} × {}", entry.en))
        }
        _ => same(&value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
    }
}

/// The number as it stands on the card, with the bank that it names.
fn bank_account(number: &str) -> Text {
    let Ok(account) = BankAccount::parse(number) else { return same(number) };
    let grouped = account.grouped();
    match account.bank() {
        None => same(&grouped),
        Some(bank) => Text::new(format!("{grouped} {}", bank.zh), format!("{grouped} {}", bank.en)),
    }
}

fn same(words: &str) -> Text {
    Text::new(words, words)
}

fn label(options: &[ChoiceOption], chosen: &str) -> Text {
    let option = options.iter().find(|option| option.value == chosen);
    option.map_or_else(|| same(chosen), |option| option.label.clone())
}

fn joined(texts: &[Text], zh: &str, en: &str) -> Text {
    let side =
        |side: fn(&Text) -> &str, between: &str| texts.iter().map(side).collect::<Vec<_>>().join(between);
    Text::new(side(|text| &text.zh, zh), side(|text| &text.en, en))
}

/// A day as people of each language write it; what is none, as it stands.
fn day(text: &str) -> Text {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Ok(date) = text.parse::<Date>() else { return same(text) };
    let (year, month, day) = (date.year(), date.month(), date.day());
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    Text::new(format!("{year}年{month}月{day}日"), format!("{day} {name} {year}"))
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::form::{ChoiceOption, FieldKind};
    use serde_json::json;

    use super::in_words;

    #[test]
    fn answers_read_as_people_write_them() {
        let option = |value: &str, zh: &str, en: &str| ChoiceOption {
            value: value.to_owned(),
            label: Text::new(zh, en),
        };
        let options = vec![option("a", "甲", "first"), option("b", "乙", "second")];
        let entry = Text::new("孩子", "child");
        let address = json!({ "city": "金华市", "county": "义乌市", "detail": "工人西路12号" });
        for (kind, value, zh, en) in [
            (FieldKind::Money { min: 0, max: 9 }, json!(128_050), "¥1,280.50", "¥1,280.50"),
            (FieldKind::Date, json!("2026-11-23"), "2026年11月23日", "23 Nov 2026"),
            (
                FieldKind::DateRange,
                json!({ "from": "2026-01-02", "to": "2026-01-03" }),
                "2026年1月2日 至 2026年1月3日",
                "2 Jan 2026 to 3 Jan 2026",
            ),
            (FieldKind::Choice { options: options.clone() }, json!("b"), "乙", "second"),
            (FieldKind::Choices { options, min: 0, max: 2 }, json!(["a", "b"]), "甲、乙", "first, second"),
            (FieldKind::YesNo, json!(true), "是", "yes"),
            (
                FieldKind::Address { areas: Vec::new() },
                address,
                "金华市义乌市工人西路12号",
                "金华市 义乌市 工人西路12号",
            ),
            (
                FieldKind::Group { entry, fields: Vec::new(), min: 0, max: 2 },
                json!([{}, {}]),
                "孩子 2 项",
                "2 × child",
            ),
            (FieldKind::Number { min: 0, max: 9 }, json!(3), "3", "3"),
            (
                FieldKind::BankAccount,
                json!("6217004762173912291"),
                "6217 0047 6217 3912 291 中国建设银行",
                "6217 0047 6217 3912 291 China Construction Bank",
            ),
        ] {
            assert_eq!(in_words(&kind, &value), Text::new(zh, en));
        }
    }
}
