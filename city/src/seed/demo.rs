//! The demonstration's city: ten people whom its story can call by name, and three hundred others.

use citizen_form::IdNumber;
use jiff::civil::{Date, date};

use super::SeedError;
use super::account::account;
use super::bills::Bill;
use super::chance::Chance;
use super::person::Person;
use super::plant;
use crate::clock::store_day;
use crate::insurance::Scheme;
use crate::store::Tx;

/// The day that the demonstration begins on.
const DEMO_DAY: Date = date(2026, 9, 14);

/// What the generator begins from.
const SEED: u64 = 330_782;

/// How many people there are beside those of the story.
const OTHERS: u16 = 300;

/// The numbers of the others' ID numbers begin here, above all orders of the story's people.
const FIRST_NUMBER: u16 = 50;

/// How many bills each person of the story has beside the one it files.
const BILLS: usize = 2;

/// A person of the story: name, area, day of birth, order (even for women), scheme.
type Character = (&'static str, &'static str, Date, u16, Scheme);

/// The people of the story. The first files the bill of the demonstration and turns 60 on 2026-11-23; the
/// second turns 70 on 2026-12-01; then a leap day, rare characters, a long name, an X at the end.
const STORY: [Character; 10] = [
    ("王秀英", "330782", date(1966, 11, 23), 2, Scheme::Retired),
    ("诸葛建国", "330782", date(1956, 12, 1), 1, Scheme::Retired),
    ("李明", "330782", date(1988, 2, 29), 3, Scheme::Employee),
    ("欧阳小燕", "330782", date(1992, 6, 8), 4, Scheme::Employee),
    ("司马𠮷", "330102", date(1975, 5, 5), 5, Scheme::Employee),
    ("陈㛃", "330702", date(2001, 1, 31), 6, Scheme::Employee),
    ("刘䶮", "330302", date(1969, 12, 31), 7, Scheme::Employee),
    ("阿依古丽·买买提·吐尔逊", "653101", date(1995, 3, 21), 8, Scheme::Resident),
    ("楼龘", "330602", date(1948, 7, 1), 9, Scheme::Retired),
    ("赵海波", "330782", date(1980, 10, 10), 1, Scheme::Employee),
];

/// What has happened to people of the story of late, by their place: a child was born, somebody has moved in, an ID card
/// ends soon, and that of her who files does not.
const EVENTS: [(usize, &str, &str, &str); 4] = [
    (0, "id-card-issue", "valid_until", "2041-05-20"),
    (2, "household", "newest_child_born_on", "2026-09-01"),
    (5, "household-moves", "moved_in_on", "2026-09-05"),
    (9, "id-card-issue", "valid_until", "2026-11-01"),
];

/// Sows the demonstration's city and sets its day.
pub(super) fn sow(tx: &mut dyn Tx) -> Result<(), SeedError> {
    store_day(tx, DEMO_DAY)?;
    let mut chance = Chance::from_seed(SEED);
    let mut invoices = 0..;
    for (index, character) in STORY.iter().enumerate() {
        let (name, area, birth_date, order, scheme) = *character;
        let id_number = IdNumber::compose(area, birth_date, order);
        let person = Person::new(&mut chance, name, id_number, scheme, true)?;
        let number = u64::try_from(index).unwrap_or_default();
        settle_in(tx, &mut chance, &person, number, invoices.by_ref().take(BILLS))?;
        if index == 0 {
            plant::bill(tx, &person, &Bill::demo()?)?;
        }
        for (_, register, item, value) in EVENTS.iter().filter(|(who, ..)| *who == index) {
            plant::put(tx, &person, register, item, value, DEMO_DAY)?;
        }
    }
    for number in 0..OTHERS {
        let person = Person::anybody(&mut chance, FIRST_NUMBER + number)?;
        let number = u64::from(FIRST_NUMBER + number);
        settle_in(tx, &mut chance, &person, number, invoices.by_ref().take(1))?;
    }
    Ok(())
}

/// Gives a person a place in the registers, an account and bills.
fn settle_in(
    tx: &mut dyn Tx,
    chance: &mut Chance,
    person: &Person,
    number: u64,
    invoices: impl Iterator<Item = u32>,
) -> Result<(), SeedError> {
    plant::person(tx, person, number)?;
    plant::account(tx, person, &account(chance))?;
    for invoice in invoices {
        plant::bill(tx, person, &Bill::any(chance, invoice))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::seed::{Seed, sow};
    use crate::store::{Row, Store};

    async fn seeded() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        sow(&store, Seed::Demo).await.unwrap();
        sow(&store, Seed::Demo).await.unwrap();
        (folder, store)
    }

    async fn texts(store: &Store, sql: &'static str) -> Vec<String> {
        let rows: Vec<Row> = store.read(move |tx| tx.query(sql, &[])).await.unwrap();
        rows.iter().map(|row| row.text(0).unwrap()).collect()
    }

    #[tokio::test]
    async fn the_same_people_are_there_each_time_and_once() {
        let ((_one, first), (_other, second)) = (seeded().await, seeded().await);
        let everybody = "SELECT citizen_id || id_number || name || address FROM residents ORDER BY id_number";
        let people = texts(&first, everybody).await;
        assert_eq!(people.len(), 310);
        assert_eq!(people, texts(&second, everybody).await);
    }

    #[tokio::test]
    async fn the_storys_people_are_who_they_should_be() {
        let (_folder, store) = seeded().await;
        let found = texts(&store, "SELECT name FROM residents WHERE id_number = '330782196611230021'").await;
        assert_eq!(found, ["王秀英"]);
        let with_x = texts(&store, "SELECT id_number FROM residents WHERE name = '赵海波'").await;
        assert!(with_x[0].ends_with('X'), "{with_x:?}");
        let leap = texts(&store, "SELECT name FROM residents WHERE birth_date LIKE '%-02-29'").await;
        assert!(leap.len() > 1 && leap.contains(&"李明".to_owned()));
        for rare in ["㛃", "䶮", "𠮷", "龘", "·", "欧阳"] {
            let names = texts(&store, "SELECT name FROM residents").await;
            assert!(names.iter().any(|name| name.contains(rare)), "{rare}");
        }
        let bills =
            "SELECT b.invoice_number FROM medical_bills b JOIN residents r ON r.citizen_id = b.citizen_id
                     WHERE r.name = '王秀英'";
        let bills = texts(&store, bills).await;
        assert!(bills.len() >= 2 && bills.contains(&"3307820026001".to_owned()));
    }
}
