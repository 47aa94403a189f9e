//! Numbers: exact whole numbers of 64 bits where possible, floats otherwise.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::EvaluationError;
use super::machine::Machine;
use super::operation::Outcome;

/// Up to here every whole number has its own float (2^53).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A finite number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    /// An exact whole number.
    Whole(i64),
    /// Any other number, never infinite.
    Fraction(f64),
}

impl Number {
    /// The number that a value stands for. Null, false and the empty text are 0, true is 1.
    pub(super) fn of(value: &Value) -> Result<Self, EvaluationError> {
        match value {
            Value::Null => Ok(Self::Whole(0)),
            Value::Bool(truth) => Ok(Self::Whole(i64::from(*truth))),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Ok(Self::Whole(whole)),
                None => Self::fraction(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => Self::of_text(text.trim()),
            Value::Array(_) | Value::Object(_) => Err(EvaluationError::Number),
        }
    }

    fn of_text(text: &str) -> Result<Self, EvaluationError> {
        if text.is_empty() {
            return Ok(Self::Whole(0));
        }
        match text.parse::<i64>() {
            Ok(whole) => Ok(Self::Whole(whole)),
            Err(_) => Self::fraction(text.parse().map_err(|_| EvaluationError::Number)?),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range has been checked: the float holds it exactly"
    )]
    fn fraction(number: f64) -> Result<Self, EvaluationError> {
        if !number.is_finite() {
            Err(EvaluationError::Number)
        } else if number.fract() == 0.0 && number.abs() < EXACT {
            Ok(Self::Whole(number as i64))
        } else {
            Ok(Self::Fraction(number))
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "only where exact arithmetic has given up")]
    fn float(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Fraction(number) => number,
        }
    }

    /// How two numbers stand to each other.
    pub(super) fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => left.cmp(&right),
            _ => self.float().total_cmp(&other.float()),
        }
    }

    /// Computes exactly if both are whole and the result is, and with floats otherwise.
    fn with(
        self,
        other: Self,
        exact: fn(i64, i64) -> Option<i64>,
        float: fn(f64, f64) -> f64,
    ) -> Result<Self, EvaluationError> {
        if let (Self::Whole(left), Self::Whole(right)) = (self, other)
            && let Some(whole) = exact(left, right)
        {
            return Ok(Self::Whole(whole));
        }
        Self::fraction(float(self.float(), other.float()))
    }

    /// Adds; two whole numbers whose sum is too large are refused, because money must not be rounded.
    pub(super) fn add_exactly(self, other: Self) -> Result<Self, EvaluationError> {
        match (self, other) {
            (Self::Whole(left), Self::Whole(right)) => {
                left.checked_add(right).map(Self::Whole).ok_or(EvaluationError::Number)
            }
            _ => self.plus(other),
        }
    }

    fn plus(self, other: Self) -> Result<Self, EvaluationError> {
        self.with(other, i64::checked_add, |left, right| left + right)
    }

    fn minus(self, other: Self) -> Result<Self, EvaluationError> {
        self.with(other, i64::checked_sub, |left, right| left - right)
    }

    fn times(self, other: Self) -> Result<Self, EvaluationError> {
        self.with(other, i64::checked_mul, |left, right| left * right)
    }

    fn over(self, other: Self) -> Result<Self, EvaluationError> {
        let exact =
            |left: i64, right| (left.checked_rem(right)? == 0).then(|| left.checked_div(right)).flatten();
        self.with(other, exact, |left, right| left / right)
    }

    fn modulo(self, other: Self) -> Result<Self, EvaluationError> {
        self.with(other, i64::checked_rem, |left, right| left % right)
    }

    /// The JSON value.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Whole(whole) => Value::from(whole),
            Self::Fraction(number) => Value::from(number),
        }
    }
}

type Step = fn(Number, Number) -> Result<Number, EvaluationError>;

fn fold(first: Number, rest: &[Value], step: Step) -> Outcome {
    rest.iter().try_fold(first, |sum, value| step(sum, Number::of(value)?)).map(Number::value)
}

/// A single argument stands to the right of `unit`; more stand to the right of the first.
fn leading(arguments: &[Value], unit: i64, step: Step) -> Outcome {
    match arguments {
        [first, rest @ ..] if !rest.is_empty() => fold(Number::of(first)?, rest, step),
        single => fold(Number::Whole(unit), single, step),
    }
}

pub(super) fn add(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    fold(Number::Whole(0), &arguments, Number::plus)
}

pub(super) fn subtract(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    leading(&arguments, 0, Number::minus)
}

pub(super) fn multiply(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    fold(Number::Whole(1), &arguments, Number::times)
}

pub(super) fn divide(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    leading(&arguments, 1, Number::over)
}

pub(super) fn remainder(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    leading(&arguments, 0, Number::modulo)
}

pub(super) fn min(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    extreme(&arguments, Ordering::Less)
}

pub(super) fn max(_: &mut Machine<'_>, arguments: Vec<Value>) -> Outcome {
    extreme(&arguments, Ordering::Greater)
}

fn extreme(arguments: &[Value], wanted: Ordering) -> Outcome {
    let mut best: Option<Number> = None;
    for value in arguments {
        let number = Number::of(value)?;
        if best.is_none_or(|best| number.order(best) == wanted) {
            best = Some(number);
        }
    }
    best.map(Number::value).ok_or(EvaluationError::Number)
}
