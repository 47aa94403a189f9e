//! What the registers beside population and insurance hold of made-up people: the same each time, and independent of
//! what else is made up of them.

use jiff::civil::{Date, date};

use super::chance::Chance;
use super::person::Person;

/// An item of a register, with the day it was last changed.
pub(super) struct Entry {
    pub(super) register: &'static str,
    pub(super) item: &'static str,
    pub(super) value: String,
    pub(super) as_of: Date,
}

/// The day on which people are as old as they are here.
const TODAY: Date = date(2026, 9, 14);

/// Everything that these registers hold of a person. `number` falls another way for everybody.
pub(super) fn of(person: &Person, number: u64) -> Vec<Entry> {
    let mut chance = Chance::from_seed(number.wrapping_mul(2_654_435_761).wrapping_add(288));
    let age = i32::from(TODAY.year()) - i32::from(person.id_number.birth_date().year());
    let mut entries = Vec::new();
    let mut add = |register, item, value: String, as_of| {
        entries.push(Entry { register, item, value, as_of });
    };
    let of_age = |least: i32| age >= least;

    let relations = if of_age(30) { ["户主", "配偶", "户主"] } else { ["子女", "子女", "户主"] };
    add("household", "address", person.address.clone(), date(2019, 6, 3));
    add("household", "relation", chance.pick(&relations).to_owned(), date(2019, 6, 3));
    add("household", "members", chance.between(1, 7).to_string(), date(2024, 2, 19));

    if of_age(22) {
        let since = chance.day(date(1985, 1, 1), date(2024, 1, 1));
        let status = if of_age(35) { ["已婚", "已婚", "离异"] } else { ["未婚", "已婚", "未婚"] };
        let status = chance.pick(&status);
        add("marriage", "status", status.to_owned(), since);
        if status != "未婚" {
            add("marriage", "since", since.to_string(), since);
        }
    }
    if of_age(28) && chance.percent(70) {
        let since = chance.day(date(2001, 1, 1), TODAY);
        add("property", "homes", chance.between(1, 3).to_string(), since);
        let certificate = format!("浙({})义乌市不动产权第{}号", since.year(), chance.digits(7));
        add("property", "certificate_number", certificate, since);
        add("property", "address", person.address.clone(), since);
    }
    if of_age(18) && chance.percent(55) {
        let since = chance.day(date(2012, 1, 1), TODAY);
        add("vehicle", "plate", format!("浙G{}", chance.digits(5)), since);
        add("vehicle", "registered_on", since.to_string(), since);
    }
    if chance.percent(4) {
        let grade = chance.pick(&["一级", "二级", "三级", "四级"]);
        let certificate = format!("{}{}", person.id_number.as_str(), chance.between(11, 75));
        add("disability", "certificate_number", certificate, date(2021, 5, 16));
        add("disability", "grade", grade.to_owned(), date(2021, 5, 16));
    }
    if of_age(16) {
        let level = chance.pick(&["初中", "高中", "中专", "大专", "本科"]);
        let graduated = person.id_number.birth_date().year().saturating_add(18);
        add("education", "level", level.to_owned(), date(2020, 9, 1));
        add("education", "graduated_on", date(graduated.min(2026), 6, 30).to_string(), date(2020, 9, 1));
    }
    if of_age(20) && chance.percent(12) {
        let opened = chance.day(date(2008, 1, 1), TODAY);
        let trade = chance.pick(&["饰品商行", "面馆", "针织厂", "五金店", "玩具商行", "电子商务商行"]);
        add("business", "name", format!("义乌市{}{trade}", surname(&person.name)), opened);
        add("business", "credit_code", credit_code(&mut chance), opened);
        add("business", "address", person.address.clone(), opened);
        add("business", "opened_on", opened.to_string(), opened);
    }
    if of_age(18) {
        add("credit", "grade", chance.pick(&["A", "A", "A", "B"]).to_owned(), date(2026, 7, 1));
        add("credit", "broken_commitments", "0".to_owned(), date(2026, 7, 1));
    }
    if of_age(16) {
        add("id-card-issue", "valid_until", id_card_ends(&mut chance), date(2026, 7, 1));
    }
    entries
}

/// The last day of an ID card that holds for up to twenty years.
fn id_card_ends(chance: &mut Chance) -> String {
    chance.day(date(2026, 10, 1), date(2046, 10, 1)).to_string()
}

fn surname(name: &str) -> String {
    name.chars().take(1).collect()
}

/// The characters of a unified social credit code, by their worth (GB 32100).
const CODE: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code of a sole trader of Yiwu, with its check character.
fn credit_code(chance: &mut Chance) -> String {
    let mut code = format!("92330782MA{}", chance.digits(7)).into_bytes();
    let worth = |character: &u8| CODE.iter().position(|known| known == character).unwrap_or_default();
    let mut weight = 1;
    let mut sum = 0;
    for character in &code {
        sum += worth(character) * weight;
        weight = weight * 3 % 31;
    }
    code.extend(CODE.get((31 - sum % 31) % 31));
    String::from_utf8_lossy(&code).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::of;
    use crate::registers::title_of_item;
    use crate::seed::chance::Chance;
    use crate::seed::person::Person;

    #[test]
    fn what_is_made_up_is_described_and_the_same_each_time() {
        let mut registers = BTreeSet::new();
        for number in 0..200 {
            let person = Person::anybody(&mut Chance::from_seed(9), 70).unwrap();
            let (first, again) = (of(&person, number), of(&person, number));
            assert!(first.iter().zip(&again).all(|(one, other)| one.value == other.value));
            for entry in first {
                let title = title_of_item(&entry.register.into(), entry.item);
                assert_ne!(title.zh, entry.item, "{} {}", entry.register, entry.item);
                registers.insert(entry.register);
            }
        }
        assert_eq!(registers.len(), 9, "{registers:?}");
    }
}
