//! Made-up medical bills, and the one that the demonstration files.

use citizen_api::settlement::{FeeClass, FeeLine};
use citizen_api::{Fen, Text};
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::SeedError;
use super::chance::Chance;
use super::names::HOSPITALS;

/// The bill that the demonstration files. Its papers are rendered from the same data.
const DEMO_BILL: &str = include_str!("../../seed/demo_bill.json");

/// A bill as the hospital reported it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bill {
    pub(super) invoice_number: String,
    hospital: String,
    hospital_en: String,
    pub(super) date: Date,
    pub(super) total: Fen,
    pub(super) lines: Vec<FeeLine>,
}

impl Bill {
    /// The bill that the demonstration files.
    pub(super) fn demo() -> Result<Self, SeedError> {
        serde_json::from_str(DEMO_BILL).map_err(|_| SeedError::Invalid("a bill"))
    }

    /// Any bill. `number` makes its invoice number another than every other.
    pub(super) fn any(chance: &mut Chance, number: u32) -> Self {
        let (hospital, hospital_en) = chance.pick(&HOSPITALS);
        let lines = lines(chance);
        Self {
            invoice_number: format!("33078201{number:05}"),
            hospital: hospital.to_owned(),
            hospital_en: hospital_en.to_owned(),
            date: chance.day(date(2026, 1, 2), date(2026, 9, 14)),
            total: Fen(lines.iter().map(|line| line.amount.0).sum()),
            lines,
        }
    }

    pub(super) fn hospital(&self) -> Text {
        Text::new(self.hospital.as_str(), self.hospital_en.as_str())
    }
}

/// What a hospital may charge for: name, class, least and most in fen.
const CHARGES: [(&str, FeeClass, i64, i64); 12] = [
    ("普通门诊诊查费", FeeClass::A, 1_000, 2_500),
    ("血常规（五分类）", FeeClass::A, 2_000, 2_001),
    ("尿常规", FeeClass::A, 1_200, 1_201),
    ("心电图", FeeClass::A, 2_500, 3_500),
    ("腹部B超", FeeClass::A, 8_000, 14_000),
    ("胸部CT平扫", FeeClass::B, 22_000, 26_000),
    ("颅脑磁共振平扫", FeeClass::B, 48_000, 62_000),
    ("阿莫西林胶囊", FeeClass::A, 900, 2_800),
    ("盐酸二甲双胍片", FeeClass::A, 1_500, 4_200),
    ("瑞舒伐他汀钙片", FeeClass::B, 12_000, 24_000),
    ("维生素矿物质片", FeeClass::C, 6_000, 15_000),
    ("医用冷敷贴", FeeClass::C, 3_000, 9_000),
];

fn lines(chance: &mut Chance) -> Vec<FeeLine> {
    let charged = CHARGES.iter().enumerate().filter(|(index, _)| *index == 0 || chance.percent(45));
    let charged: Vec<_> = charged.map(|(_, charge)| *charge).collect();
    let line = |(name, class, least, most): (&str, FeeClass, i64, i64)| FeeLine {
        name: name.to_owned(),
        class,
        amount: Fen(chance.between(least, most)),
    };
    charged.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bill, FeeClass, Fen};

    #[test]
    fn the_demo_bill_adds_up_and_has_every_class() {
        let bill = Bill::demo().unwrap();
        assert_eq!(bill.total, Fen(128_640));
        assert_eq!(bill.lines.iter().map(|line| line.amount.0).sum::<i64>(), 128_640);
        assert_eq!(bill.lines.len(), 9);
        for class in [FeeClass::A, FeeClass::B, FeeClass::C] {
            assert!(bill.lines.iter().any(|line| line.class == class), "{class:?}");
        }
    }
}
