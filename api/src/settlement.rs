//! How a medical bill is settled, line by line. All amounts in fen; ratios in hundredths of a percent.

use serde::{Deserialize, Serialize};

use crate::Fen;

/// One line of a hospital's fee list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeLine {
    /// What was done or given.
    pub name: String,
    /// Its class in the insurance catalogue.
    pub class: FeeClass,
    /// What the hospital charged.
    pub amount: Fen,
}

/// The class of a medicine or treatment in the insurance catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeClass {
    /// 甲类: counts in full.
    A,
    /// 乙类: counts after the patient's own share.
    B,
    /// 丙类, or not in the catalogue: the patient pays it.
    C,
}

/// The rules by which a bill was settled. They travel with it, so that the citizen can check the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettlementRules {
    /// The patient's own share of class B, in hundredths of a percent (1,000 = 10 %).
    pub class_b_own_share: u32,
    /// The deductible of the year (起付线) that was still open.
    pub deductible: Fen,
    /// The ratio that the fund pays (报销比例), in hundredths of a percent (7,000 = 70 %).
    pub ratio: u32,
    /// What the fund may still pay this year (封顶线 less what it has paid).
    pub ceiling: Fen,
}

/// A settled bill.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settlement {
    /// The lines, in the order of the bill.
    pub lines: Vec<SettledLine>,
    /// The rules.
    pub rules: SettlementRules,
    /// What the hospital charged: the sum of the lines.
    pub total: Fen,
    /// What counts: the sum of the lines' `eligible`.
    pub eligible: Fen,
    /// What went to the deductible.
    pub deductible_used: Fen,
    /// What the fund pays.
    pub reimbursed: Fen,
    /// What the patient pays: `total` less `reimbursed`.
    pub own_share: Fen,
}

/// One settled line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettledLine {
    /// What was done or given.
    pub name: String,
    /// Its class.
    pub class: FeeClass,
    /// What the hospital charged.
    pub amount: Fen,
    /// What counts of it.
    pub eligible: Fen,
    /// This line's part of what the fund pays. The parts add up to the whole to the fen.
    pub reimbursed: Fen,
}

hidden_debug!(FeeLine, SettledLine, Settlement);
