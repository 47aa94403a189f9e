//! JSONLogic: the language in which a form says when a field is shown, what it computes and what must agree.
//!
//! An [`Expression`] is parsed once, which checks its shape and its size, and evaluated as often as a person
//! types. Evaluation is pure: the same expression and data give the same value. Today is part of the data,
//! never read from a clock.
//!
//! # Bounds
//!
//! | What | Bound | Why |
//! | --- | --- | --- |
//! | nodes | [`MAX_NODES`] | a long sum fits, a flood does not |
//! | depth | [`MAX_DEPTH`] | reading and evaluating recurse, and a stack is small on a phone |
//! | text of the expression | [`MAX_TEXT`] | literals are copied when they are evaluated |
//! | steps of one evaluation | [`MAX_STEPS`] | nested lists multiply |
//! | bytes made by one evaluation | [`MAX_MADE`] | text and lists can double in every round |
//! | depth of a value that is copied | [`MAX_VALUE_DEPTH`] | answers come from outside as well |
//!
//! # Operations
//!
//! Those of the language: `var`, `val`, `exists`, `missing`, `missing_some`, `if`, `?:`, `and`, `or`, `!`, `!!`,
//! `==`, `!=`, `===`, `!==`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `%`, `min`, `max`, `cat`, `substr`, `in`,
//! `merge`, `map`, `filter`, `reduce`, `all`, `some`, `none`.
//!
//! Our own: `date_diff_days [from, to]`; `date_add [date, count, "days" | "months" | "years"]`, where a month
//! that is too short gives its last day; `age_on [birth, day]`, in completed years, where somebody born on
//! 29 February is a year older on 1 March in a common year; `sum [list, path]`, which adds one field of a
//! repeating group. A date that is not answered (null or empty) gives null. `sum` refuses to leave whole
//! numbers when all its terms are whole, because money is counted in fen and must not be rounded.
//!
//! # What differs from the shared suites
//!
//! - `throw`, `try`, `??` and `preserve` are missing on purpose: an expression of a form has nobody to catch
//!   what it throws, `if` says what `??` says, and data that looks like an operation has no place in a form.
//! - An operation that is not known, and an object of several keys, are refused when the expression is read.
//! - `==` between null and a text that is no number is false, where the suites do not say: a field that is not
//!   answered is often compared with a choice.
//! - `===` compares lists and objects by what they hold.
//! - Whole numbers are exact within 64 bits; beyond that, and for fractions, numbers are 64-bit floats.

mod access;
mod control;
mod dates;
mod error;
mod expression;
mod lists;
mod machine;
mod numbers;
mod operation;
mod reads;
mod text;

pub(crate) use control::truthy;
pub use error::{EvaluationError, ExpressionError};
pub use expression::{Expression, MAX_DEPTH, MAX_NODES, MAX_TEXT};
pub use machine::{Budget, MAX_MADE, MAX_STEPS, MAX_VALUE_DEPTH};
