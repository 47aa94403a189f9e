//! Made-up people.

use citizen_form::{BankAccount, IdNumber, PhoneNumber};
use jiff::civil::{Date, date};

use super::SeedError;
use super::chance::Chance;
use super::names::{AREAS, BANKS, LONG_NAMES, MEN, ROADS, SURNAMES, TOWNS, WOMEN};
use crate::insurance::Scheme;

/// The moment that seeded names of citizens carry, in milliseconds since 1970: the demonstration's day.
const SEEDED_AT: u64 = 1_789_344_000_000;

/// A made-up person.
pub(super) struct Person {
    pub(super) citizen_id: String,
    pub(super) id_number: IdNumber,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) phone: PhoneNumber,
    /// The account that the social-insurance card is tied to, and its bank. Not everybody has tied one.
    pub(super) bank: Option<(BankAccount, &'static str)>,
    pub(super) scheme: Scheme,
}

impl Person {
    /// A person of whom everything but phone, address and bank is known.
    pub(super) fn new(
        chance: &mut Chance,
        name: &str,
        id_number: Option<IdNumber>,
        scheme: Scheme,
        has_bank: bool,
    ) -> Result<Self, SeedError> {
        let bank = match has_bank {
            true => Some(bank_account(chance)?),
            false => None,
        };
        Ok(Self {
            citizen_id: citizen_id(chance),
            id_number: id_number.ok_or(SeedError::Invalid("an ID number"))?,
            name: name.to_owned(),
            address: address(chance),
            phone: phone(chance)?,
            bank,
            scheme,
        })
    }

    /// Anybody. `number` makes the ID number another than everybody else's.
    pub(super) fn anybody(chance: &mut Chance, number: u16) -> Result<Self, SeedError> {
        let female = chance.percent(51);
        let birth_date = birth_date(chance);
        let order = number % 500 * 2 + u16::from(!female);
        let id_number = IdNumber::compose(chance.pick(&AREAS), birth_date, order);
        let (name, has_bank) = (name(chance, female), chance.percent(90));
        let scheme = scheme(chance, birth_date);
        Self::new(chance, &name, id_number, scheme, has_bank)
    }
}

/// A name for a citizen as the city gives them (UUID version 7), from seeded chance.
fn citizen_id(chance: &mut Chance) -> String {
    uuid::Builder::from_unix_timestamp_millis(SEEDED_AT, &chance.bytes()).into_uuid().to_string()
}

/// A day of birth of somebody alive; one in forty is a leap day.
fn birth_date(chance: &mut Chance) -> Date {
    let born = chance.day(date(1931, 1, 1), date(2016, 1, 1));
    if !chance.percent(3) {
        return born;
    }
    let leap_year = born.year() / 4 * 4;
    Date::new(leap_year, 2, 29).unwrap_or(born)
}

fn name(chance: &mut Chance, female: bool) -> String {
    if chance.percent(2) {
        return chance.pick(&LONG_NAMES).to_owned();
    }
    let given = if female { chance.pick(&WOMEN) } else { chance.pick(&MEN) };
    format!("{}{given}", chance.pick(&SURNAMES))
}

/// Whoever is of age and not old works, mostly; the old are retired, mostly.
fn scheme(chance: &mut Chance, birth_date: Date) -> Scheme {
    match (birth_date.year(), chance.percent(70)) {
        (1967..=2005, true) => Scheme::Employee,
        (..=1966, true) => Scheme::Retired,
        _ => Scheme::Resident,
    }
}

fn address(chance: &mut Chance) -> String {
    let (town, road) = (chance.pick(&TOWNS), chance.pick(&ROADS));
    let (house, unit) = (chance.between(1, 400), chance.between(1, 5));
    let room = chance.between(1, 19) * 100 + chance.between(1, 5);
    format!("浙江省义乌市{town}{road}{house}号{unit}单元{room}室")
}

fn phone(chance: &mut Chance) -> Result<PhoneNumber, SeedError> {
    let number = format!("{}{}", chance.pick(&["138", "139", "150", "158", "186", "199"]), chance.digits(8));
    PhoneNumber::parse(&number).map_err(|_| SeedError::Invalid("a phone number"))
}

/// An account, and the bank that it is with.
fn bank_account(chance: &mut Chance) -> Result<(BankAccount, &'static str), SeedError> {
    let (bank, begins) = chance.pick(&BANKS);
    // Bank cards of debit accounts have 19 digits, the last of which is the check digit.
    let account = BankAccount::compose(&format!("{begins}{}", chance.digits(12)));
    Ok((account.map_err(|_| SeedError::Invalid("a bank account"))?, bank))
}
