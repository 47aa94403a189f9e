//! The table of operations: name, number of arguments, and what computes them.

use serde_json::Value;

use super::error::EvaluationError;
use super::expression::Node;
use super::machine::Machine;
use super::{access, control, dates, lists, numbers, text};

/// What an evaluation gives.
pub(super) type Outcome = Result<Value, EvaluationError>;

/// An operation of the language.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: &'static str,
    least: usize,
    most: usize,
    /// How many of the first arguments must not be written as null.
    pub(super) never_null: usize,
    pub(super) work: Work,
}

/// How an operation takes its arguments.
#[derive(Debug)]
pub(super) enum Work {
    /// It evaluates what it needs, in the order it needs it; its arguments are always written as a list.
    Lazy(fn(&mut Machine<'_>, &[Node]) -> Outcome),
    /// It takes values; a single argument that gives a list gives all of them.
    Values(fn(&mut Machine<'_>, Vec<Value>) -> Outcome),
    /// It takes one value as it is.
    One(fn(&Value) -> Value),
}

impl Operation {
    /// Whether it takes this many arguments.
    pub(super) fn takes(&self, count: usize) -> bool {
        (self.least..=self.most).contains(&count)
    }

    /// Whether a list that its single argument gives holds the arguments.
    pub(super) fn chains(&self) -> bool {
        matches!(self.work, Work::Values(_))
    }

    /// Whether its argument may be written without a list.
    pub(super) fn stands_alone(&self) -> bool {
        !matches!(self.work, Work::Lazy(_))
    }
}

/// The operation of this name.
pub(super) fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

const ANY: usize = usize::MAX;

const fn lazy(
    name: &'static str,
    least: usize,
    most: usize,
    never_null: usize,
    work: fn(&mut Machine<'_>, &[Node]) -> Outcome,
) -> Operation {
    Operation { name, least, most, never_null, work: Work::Lazy(work) }
}

const fn values(
    name: &'static str,
    least: usize,
    most: usize,
    work: fn(&mut Machine<'_>, Vec<Value>) -> Outcome,
) -> Operation {
    Operation { name, least, most, never_null: 0, work: Work::Values(work) }
}

const fn one(name: &'static str, work: fn(&Value) -> Value) -> Operation {
    Operation { name, least: 0, most: ANY, never_null: 0, work: Work::One(work) }
}

static OPERATIONS: &[Operation] = &[
    values("var", 0, 2, access::var),
    values("val", 0, ANY, access::val),
    values("exists", 0, ANY, access::exists),
    values("missing", 0, ANY, access::missing),
    values("missing_some", 2, 2, access::missing_some),
    lazy("if", 0, ANY, 0, control::choose),
    lazy("?:", 0, ANY, 0, control::choose),
    lazy("and", 0, ANY, 0, control::and),
    lazy("or", 0, ANY, 0, control::or),
    one("!", |value| Value::Bool(!control::truthy(value))),
    one("!!", |value| Value::Bool(control::truthy(value))),
    lazy("==", 2, ANY, 0, control::equal),
    lazy("!=", 2, ANY, 0, control::unequal),
    lazy("===", 2, ANY, 0, control::same),
    lazy("!==", 2, ANY, 0, control::different),
    lazy("<", 2, ANY, 0, control::less),
    lazy("<=", 2, ANY, 0, control::at_most),
    lazy(">", 2, ANY, 0, control::greater),
    lazy(">=", 2, ANY, 0, control::at_least),
    values("+", 0, ANY, numbers::add),
    values("-", 1, ANY, numbers::subtract),
    values("*", 0, ANY, numbers::multiply),
    values("/", 1, ANY, numbers::divide),
    values("%", 2, ANY, numbers::remainder),
    values("min", 1, ANY, numbers::min),
    values("max", 1, ANY, numbers::max),
    values("cat", 0, ANY, text::cat),
    values("substr", 2, 3, text::substr),
    values("in", 2, 2, text::contains),
    values("merge", 0, ANY, lists::merge),
    lazy("map", 2, 2, 2, lists::map),
    lazy("filter", 2, 2, 2, lists::filter),
    lazy("reduce", 2, 3, 2, lists::reduce),
    lazy("all", 2, 2, 1, lists::all),
    lazy("some", 2, 2, 1, lists::some),
    lazy("none", 2, 2, 1, lists::none),
    values("sum", 2, 2, lists::sum),
    values("date_diff_days", 2, 2, dates::diff_days),
    values("date_add", 3, 3, dates::add),
    values("age_on", 2, 2, dates::age_on),
];
