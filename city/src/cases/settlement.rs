//! How a medical bill is settled: the sum, line by line, in whole fen.
//!
//! The order is the law's: what counts of each line by its class, then the deductible, then the ratio, then
//! the ceiling. **The one rounding rule:** wherever a ratio leaves a fraction of a fen, half a fen or more
//! goes up and less goes down (四舍五入), so that a citizen with a pocket calculator finds the same sum. The
//! fund's payment is split over the lines by the largest remainder, so that the parts add up to the fen.

use citizen_api::Fen;
use citizen_api::settlement::{FeeClass, FeeLine, SettledLine, Settlement, SettlementRules};

/// The whole, in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// Why a bill cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// The bill has no lines.
    #[error("the bill has no lines")]
    NoLines,
    /// A line charges less than nothing; its place counts from 0.
    #[error("line {0} of the bill charges less than nothing")]
    NegativeLine(usize),
    /// The lines add up to more than an amount can be.
    #[error("the bill is larger than an amount can be")]
    TooLarge,
    /// A ratio is above the whole, or an amount of the rules is below nothing.
    #[error("the settlement rules contradict themselves")]
    InvalidRules,
}

/// Settles a bill by the rules.
pub fn settle(lines: &[FeeLine], rules: SettlementRules) -> Result<Settlement, SettleError> {
    check(lines, rules)?;
    let eligible_lines = lines.iter().map(|line| eligible_of(line, rules)).collect::<Result<Vec<_>, _>>()?;
    let total = sum(lines.iter().map(|line| line.amount))?;
    let eligible = sum(eligible_lines.iter().copied())?;
    let deductible_used = eligible.min(rules.deductible);
    let above = eligible.checked_sub(deductible_used).ok_or(SettleError::TooLarge)?;
    let reimbursed = part_of(above, rules.ratio)?.min(rules.ceiling);
    let own_share = total.checked_sub(reimbursed).ok_or(SettleError::TooLarge)?;
    let parts = split(reimbursed, &eligible_lines)?;
    let lines = lines
        .iter()
        .zip(eligible_lines)
        .zip(parts)
        .map(|((line, eligible), reimbursed)| SettledLine {
            name: line.name.clone(),
            class: line.class,
            amount: line.amount,
            eligible,
            reimbursed,
        })
        .collect();
    Ok(Settlement { lines, rules, total, eligible, deductible_used, reimbursed, own_share })
}

fn check(lines: &[FeeLine], rules: SettlementRules) -> Result<(), SettleError> {
    if rules.ratio > WHOLE
        || rules.class_b_own_share > WHOLE
        || rules.deductible < Fen::ZERO
        || rules.ceiling < Fen::ZERO
    {
        return Err(SettleError::InvalidRules);
    }
    if lines.is_empty() {
        return Err(SettleError::NoLines);
    }
    match lines.iter().position(|line| line.amount < Fen::ZERO) {
        Some(place) => Err(SettleError::NegativeLine(place)),
        None => Ok(()),
    }
}

/// What counts of one line.
fn eligible_of(line: &FeeLine, rules: SettlementRules) -> Result<Fen, SettleError> {
    match line.class {
        FeeClass::A => Ok(line.amount),
        FeeClass::B => part_of(line.amount, WHOLE - rules.class_b_own_share),
        FeeClass::C => Ok(Fen::ZERO),
    }
}

/// A part of an amount, by the rounding rule. `hundredths` is at most the whole, so the part fits.
fn part_of(amount: Fen, hundredths: u32) -> Result<Fen, SettleError> {
    let exact = i128::from(amount.0) * i128::from(hundredths);
    let rounded = (exact + i128::from(WHOLE / 2)) / i128::from(WHOLE);
    i64::try_from(rounded).map(Fen).map_err(|_| SettleError::TooLarge)
}

fn sum(amounts: impl Iterator<Item = Fen>) -> Result<Fen, SettleError> {
    amounts.into_iter().try_fold(Fen::ZERO, Fen::checked_add).ok_or(SettleError::TooLarge)
}

/// Splits `whole` in proportion to `weights` by the largest remainder: each part is first rounded down, and
/// the fen that are left go one each to the parts that lost most, the earlier line first among equals.
fn split(whole: Fen, weights: &[Fen]) -> Result<Vec<Fen>, SettleError> {
    let all: i128 = weights.iter().map(|weight| i128::from(weight.0)).sum();
    if all == 0 {
        return Ok(vec![Fen::ZERO; weights.len()]);
    }
    let exact = |weight: &Fen| i128::from(whole.0) * i128::from(weight.0);
    let mut parts: Vec<i128> = weights.iter().map(|weight| exact(weight) / all).collect();
    let left = i128::from(whole.0) - parts.iter().sum::<i128>();
    let mut by_loss: Vec<(i128, &mut i128)> =
        weights.iter().map(|weight| exact(weight) % all).zip(parts.iter_mut()).collect();
    by_loss.sort_by_key(|(loss, _)| std::cmp::Reverse(*loss));
    let left = usize::try_from(left).map_err(|_| SettleError::TooLarge)?;
    by_loss.into_iter().take(left).for_each(|(_, part)| *part += 1);
    parts.into_iter().map(|part| i64::try_from(part).map(Fen).map_err(|_| SettleError::TooLarge)).collect()
}

#[cfg(test)]
mod tests {
    use citizen_api::Fen;
    use citizen_api::settlement::{FeeClass, FeeLine, SettlementRules};
    use proptest::prelude::*;

    use super::{SettleError, settle};

    const RULES: SettlementRules = SettlementRules {
        class_b_own_share: 1_000,
        deductible: Fen(30_000),
        ratio: 7_000,
        ceiling: Fen(1_000_000),
    };

    fn line(class: FeeClass, amount: i64) -> FeeLine {
        FeeLine { name: "挂号费".into(), class, amount: Fen(amount) }
    }

    #[test]
    fn a_bill_by_hand() {
        let bill = [line(FeeClass::A, 60_000), line(FeeClass::B, 20_000), line(FeeClass::C, 5_050)];
        let settled = settle(&bill, RULES).unwrap();
        assert_eq!(settled.total, Fen(85_050));
        assert_eq!(settled.eligible, Fen(78_000), "600.00 in full and 200.00 less a tenth");
        assert_eq!(settled.deductible_used, Fen(30_000));
        assert_eq!(settled.reimbursed, Fen(33_600), "70 % of 480.00");
        assert_eq!(settled.own_share, Fen(51_450));
        let parts: Vec<i64> = settled.lines.iter().map(|line| line.reimbursed.0).collect();
        assert_eq!(parts, [25_846, 7_754, 0], "336.00 split as 600 to 180");
    }

    #[test]
    fn half_a_fen_goes_up_and_less_goes_down() {
        let rules = SettlementRules { deductible: Fen(0), ratio: 5_000, ..RULES };
        assert_eq!(settle(&[line(FeeClass::A, 3)], rules).unwrap().reimbursed, Fen(2));
        let rules = SettlementRules { ratio: 4_999, ..rules };
        assert_eq!(settle(&[line(FeeClass::A, 3)], rules).unwrap().reimbursed, Fen(1));
    }

    #[test]
    fn the_fen_that_are_left_go_to_the_lines_that_lost_most() {
        let rules = SettlementRules { deductible: Fen(0), ratio: 10_000, ceiling: Fen(100), ..RULES };
        let settled =
            settle(&[line(FeeClass::A, 100), line(FeeClass::A, 100), line(FeeClass::A, 100)], rules);
        let parts: Vec<i64> = settled.unwrap().lines.iter().map(|line| line.reimbursed.0).collect();
        assert_eq!(parts, [34, 33, 33]);
    }

    #[test]
    fn below_the_deductible_nothing_is_paid() {
        let settled = settle(&[line(FeeClass::A, 29_999)], RULES).unwrap();
        assert_eq!((settled.deductible_used, settled.reimbursed), (Fen(29_999), Fen(0)));
    }

    #[test]
    fn a_bill_that_is_none_is_refused() {
        assert_eq!(settle(&[], RULES), Err(SettleError::NoLines));
        let negative = [line(FeeClass::A, 1), line(FeeClass::C, -1)];
        assert_eq!(settle(&negative, RULES), Err(SettleError::NegativeLine(1)));
        let huge = [line(FeeClass::C, i64::MAX), line(FeeClass::C, 1)];
        assert_eq!(settle(&huge, RULES), Err(SettleError::TooLarge));
        let rules = SettlementRules { ratio: 10_001, ..RULES };
        assert_eq!(settle(&[line(FeeClass::A, 1)], rules), Err(SettleError::InvalidRules));
        let rules = SettlementRules { ceiling: Fen(-1), ..RULES };
        assert_eq!(settle(&[line(FeeClass::A, 1)], rules), Err(SettleError::InvalidRules));
    }

    fn amounts() -> impl Strategy<Value = i64> {
        prop_oneof![0..2_000_000_i64, any::<i64>(), Just(i64::MAX), Just(i64::MIN), Just(0)]
    }

    fn bills() -> impl Strategy<Value = Vec<FeeLine>> {
        let class = prop_oneof![Just(FeeClass::A), Just(FeeClass::B), Just(FeeClass::C)];
        prop::collection::vec((class, amounts()).prop_map(|(class, amount)| line(class, amount)), 0..12)
    }

    fn rules() -> impl Strategy<Value = SettlementRules> {
        (0..=10_100_u32, amounts(), 0..=10_100_u32, amounts()).prop_map(
            |(class_b_own_share, deductible, ratio, ceiling)| SettlementRules {
                class_b_own_share,
                deductible: Fen(deductible),
                ratio,
                ceiling: Fen(ceiling),
            },
        )
    }

    fn paid(bill: &[FeeLine], rules: SettlementRules) -> Option<Fen> {
        settle(bill, rules).ok().map(|settled| settled.reimbursed)
    }

    proptest! {
        #[test]
        fn sums_hold_and_nothing_is_paid_beyond_what_counts(bill in bills(), rules in rules()) {
            if let Ok(settled) = settle(&bill, rules) {
                let add = |of: fn(&citizen_api::settlement::SettledLine) -> Fen| -> i64 {
                    settled.lines.iter().map(|line| of(line).0).sum()
                };
                prop_assert_eq!(add(|line| line.amount), settled.total.0);
                prop_assert_eq!(add(|line| line.eligible), settled.eligible.0);
                prop_assert_eq!(add(|line| line.reimbursed), settled.reimbursed.0);
                prop_assert_eq!(settled.reimbursed.0 + settled.own_share.0, settled.total.0);
                prop_assert!(settled.reimbursed <= settled.rules.ceiling);
                prop_assert!(settled.reimbursed.0 <= settled.eligible.0 - settled.deductible_used.0);
                for line in &settled.lines {
                    prop_assert!(Fen(0) <= line.reimbursed && line.reimbursed <= line.eligible);
                    prop_assert!(line.eligible <= line.amount);
                }
            }
        }

        #[test]
        fn a_higher_ratio_never_pays_less(bill in bills(), rules in rules(), more in 0..=10_000_u32) {
            let better = SettlementRules { ratio: (rules.ratio + more).min(10_000), ..rules };
            if let (Some(before), Some(after)) = (paid(&bill, rules), paid(&bill, better)) {
                prop_assert!(after >= before);
            }
        }
    }
}
