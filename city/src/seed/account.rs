//! Made-up insurance accounts, whose entries add up to their balances.

use citizen_api::insurance::EntryKind;
use jiff::civil::{Date, date};

use super::chance::Chance;
use super::names::{CLINICS, HOSPITALS, PHARMACIES, Place};

/// The office that collects the contributions.
const OFFICE: Place = ("义乌市医疗保障局", "Yiwu Medical Insurance Office");

/// The day after the last one that anything was posted on.
const UNTIL: Date = date(2026, 9, 14);

/// An account with everything posted in its year.
pub(super) struct Account {
    pub(super) year: i16,
    pub(super) current_year: i64,
    pub(super) earlier_years: i64,
    pub(super) entries: Vec<Entry>,
}

/// A posting, in fen.
pub(super) struct Entry {
    pub(super) date: Date,
    pub(super) kind: EntryKind,
    pub(super) amount: i64,
    pub(super) place: Place,
}

/// An account with 12 to 40 postings. What is spent is taken from this year's money first.
pub(super) fn account(chance: &mut Chance) -> Account {
    let mut account = Account { year: UNTIL.year(), current_year: 0, earlier_years: 0, entries: Vec::new() };
    for (date, kind) in postings(chance) {
        let amount = match kind {
            EntryKind::CarriedOver => chance.between(30_000, 900_000),
            EntryKind::Interest => account.earlier_years * 35 / 10_000,
            EntryKind::Contribution => chance.between(12_000, 45_000),
            _ => -spending(chance, account.current_year + account.earlier_years),
        };
        account.post(Entry { date, kind, amount, place: place(chance, kind) });
    }
    account
}

/// What happens in the year, and when.
fn postings(chance: &mut Chance) -> Vec<(Date, EntryKind)> {
    let spent = [EntryKind::Clinic, EntryKind::Pharmacy, EntryKind::Pharmacy, EntryKind::Hospital];
    let mut postings =
        vec![(date(2026, 1, 1), EntryKind::CarriedOver), (date(2026, 6, 30), EntryKind::Interest)];
    let contributed = (1..=9).filter_map(|month| Date::new(2026, month, 5).ok());
    postings.extend(contributed.map(|date| (date, EntryKind::Contribution)));
    for _ in 0..chance.between(1, 30) {
        let kind = usize::try_from(chance.between(0, 4)).ok().and_then(|index| spent.get(index));
        postings.extend(kind.map(|kind| (chance.day(date(2026, 1, 2), UNTIL), *kind)));
    }
    postings.sort_by_key(|(date, _)| *date);
    postings
}

/// What is spent at once: something, and never more than a quarter of what is there.
fn spending(chance: &mut Chance, there: i64) -> i64 {
    chance.between(100, 38_000).min(there / 4)
}

fn place(chance: &mut Chance, kind: EntryKind) -> Place {
    match kind {
        EntryKind::Clinic => chance.pick(&CLINICS),
        EntryKind::Pharmacy => chance.pick(&PHARMACIES),
        EntryKind::Hospital => chance.pick(&HOSPITALS),
        _ => OFFICE,
    }
}

impl Account {
    fn post(&mut self, entry: Entry) {
        match entry.kind {
            EntryKind::CarriedOver | EntryKind::Interest => self.earlier_years += entry.amount,
            EntryKind::Contribution => self.current_year += entry.amount,
            _ => {
                let from_this_year = entry.amount.max(-self.current_year);
                self.current_year += from_this_year;
                self.earlier_years += entry.amount - from_this_year;
            }
        }
        self.entries.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::{Chance, account};

    #[test]
    fn entries_add_up_to_the_balances() {
        let mut chance = Chance::from_seed(7);
        for _ in 0..500 {
            let account = account(&mut chance);
            let sum: i64 = account.entries.iter().map(|entry| entry.amount).sum();
            assert_eq!(sum, account.current_year + account.earlier_years);
            assert!(account.current_year >= 0 && account.earlier_years >= 0);
            assert!((12..=40).contains(&account.entries.len()), "{}", account.entries.len());
            assert!(account.entries.iter().all(|entry| entry.amount != 0));
            assert!(account.entries.is_sorted_by_key(|entry| entry.date));
        }
    }
}
