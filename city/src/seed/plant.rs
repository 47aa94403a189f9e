//! Puts made-up people into the registers.

use jiff::civil::{Date, date};

use super::account::Account;
use super::bills::Bill;
use super::person::Person;
use super::registers::{self, Entry};
use crate::store::{StoreError, Tx, Value};
use crate::words::word;

/// A person as a resident and in the registers. `number` makes what further registers hold another than everybody
/// else's.
pub(super) fn person(tx: &mut dyn Tx, person: &Person, number: u64) -> Result<(), StoreError> {
    let (id_number, birth_date) = (person.id_number.as_str(), person.id_number.birth_date());
    tx.execute(
        "INSERT INTO residents (citizen_id, id_number, name, gender, birth_date, address)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            person.citizen_id.as_str().into(),
            id_number.into(),
            person.name.as_str().into(),
            if person.id_number.is_female() { "female" } else { "male" }.into(),
            birth_date.into(),
            person.address.as_str().into(),
        ],
    )?;
    for (item, value) in [
        ("name", person.name.as_str()),
        ("id_number", id_number),
        ("address", person.address.as_str()),
        ("birth_date", birth_date.to_string().as_str()),
        ("phone", person.phone.as_str()),
    ] {
        record(tx, person, "population", item, value, date(2025, 11, 3))?;
    }
    if let Some((account, bank)) = &person.bank {
        record(tx, person, "social_insurance", "bank_account", account.as_str(), date(2024, 5, 20))?;
        record(tx, person, "social_insurance", "bank_name", bank, date(2024, 5, 20))?;
    }
    record(tx, person, "medical_insurance", "scheme", person.scheme.word(), date(2026, 1, 1))?;
    record(tx, person, "medical_insurance", "insured", "yes", date(2026, 1, 1))?;
    for Entry { register, item, value, as_of } in registers::of(person, number) {
        record(tx, person, register, item, &value, as_of)?;
    }
    Ok(())
}

fn record(
    tx: &mut dyn Tx,
    person: &Person,
    register: &str,
    item: &str,
    value: &str,
    as_of: Date,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO register_records (citizen_id, register, item, value, as_of) VALUES ($1, $2, $3, $4, $5)",
        &[person.citizen_id.as_str().into(), register.into(), item.into(), value.into(), as_of.into()],
    )?;
    Ok(())
}

/// Something that a register holds of a person, in the place of what it held.
pub(super) fn put(
    tx: &mut dyn Tx,
    person: &Person,
    register: &str,
    item: &str,
    value: &str,
    as_of: Date,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM register_records WHERE citizen_id = $1 AND register = $2 AND item = $3",
        &[person.citizen_id.as_str().into(), register.into(), item.into()],
    )?;
    record(tx, person, register, item, value, as_of)
}

/// A person's insurance account with its entries.
pub(super) fn account(tx: &mut dyn Tx, person: &Person, account: &Account) -> Result<(), StoreError> {
    let citizen_id = || Value::from(person.citizen_id.as_str());
    tx.execute(
        "INSERT INTO insurance_accounts (citizen_id, scheme, year, current_year_fen, earlier_years_fen)
         VALUES ($1, $2, $3, $4, $5)",
        &[
            citizen_id(),
            person.scheme.word().into(),
            i64::from(account.year).into(),
            account.current_year.into(),
            account.earlier_years.into(),
        ],
    )?;
    for (index, entry) in account.entries.iter().enumerate() {
        tx.execute(
            "INSERT INTO insurance_entries (citizen_id, entry_id, posted_on, kind, amount_fen, place_zh, place_en)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                citizen_id(),
                format!("{}-{:04}", account.year, index + 1).into(),
                entry.date.into(),
                word(&entry.kind)?,
                entry.amount.into(),
                entry.place.0.into(),
                entry.place.1.into(),
            ],
        )?;
    }
    Ok(())
}

/// A medical bill of a person.
pub(super) fn bill(tx: &mut dyn Tx, person: &Person, bill: &Bill) -> Result<(), StoreError> {
    let hospital = bill.hospital();
    tx.execute(
        "INSERT INTO medical_bills (citizen_id, invoice_number, hospital_zh, hospital_en, visited_on, total_fen, lines)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            person.citizen_id.as_str().into(),
            bill.invoice_number.as_str().into(),
            hospital.zh.into(),
            hospital.en.into(),
            bill.date.into(),
            bill.total.0.into(),
            Value::json(&bill.lines)?,
        ],
    )?;
    Ok(())
}
