//! One evaluation: the data in sight and what is left of the budget.

use serde_json::{Value, json};

use super::error::EvaluationError;
use super::expression::{Call, Node};
use super::operation::{Outcome, Work};

/// How many steps one evaluation may take.
pub const MAX_STEPS: usize = 20_000;
/// How many bytes one evaluation may make, copies counted.
pub const MAX_MADE: usize = 256 * 1_024;
/// How deep a value may be nested that is copied.
pub const MAX_VALUE_DEPTH: usize = 64;
/// What a value costs besides its text, about as much as it takes in memory.
const VALUE_BYTES: usize = 32;

/// What evaluations may still take.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Steps.
    pub steps: usize,
    /// Bytes made.
    pub made: usize,
}

impl Budget {
    /// Takes what an evaluation used of what it was allowed.
    pub(super) fn spend(&mut self, allowed: Self, left: Self) {
        self.steps = self.steps.saturating_sub(allowed.steps.saturating_sub(left.steps));
        self.made = self.made.saturating_sub(allowed.made.saturating_sub(left.made));
    }
}

/// One evaluation.
pub(super) struct Machine<'a> {
    data: &'a Value,
    frames: Vec<Frame>,
    budget: Budget,
}

/// What an operation over a list puts in sight of its inner expression.
pub(super) struct Frame {
    pub(super) value: Value,
    pub(super) index: usize,
}

impl<'a> Machine<'a> {
    /// Evaluates over these data within the budget.
    pub(super) fn new(data: &'a Value, budget: Budget) -> Self {
        Self { data, frames: Vec::new(), budget }
    }

    /// What is left of the budget.
    pub(super) fn left(&self) -> Budget {
        self.budget
    }

    /// Evaluates a node.
    pub(super) fn value(&mut self, node: &Node) -> Outcome {
        self.step(1)?;
        match node {
            Node::Literal(value) => self.copy(value),
            Node::List(items) => self.values(items).map(Value::Array),
            Node::Call(call) => self.call(call),
        }
    }

    fn values(&mut self, nodes: &[Node]) -> Result<Vec<Value>, EvaluationError> {
        self.make(nodes.len().saturating_mul(VALUE_BYTES))?;
        nodes.iter().map(|node| self.value(node)).collect()
    }

    fn call(&mut self, call: &Call) -> Outcome {
        match call.operation.work {
            Work::Lazy(work) => work(self, &call.arguments),
            Work::One(work) => match call.arguments.first() {
                Some(node) => self.value(node).map(|value| work(&value)),
                None => Ok(work(&Value::Null)),
            },
            Work::Values(work) => {
                let arguments = match self.values(&call.arguments)? {
                    mut single if call.chained => match single.pop() {
                        Some(Value::Array(items)) => items,
                        other => other.into_iter().collect(),
                    },
                    several => several,
                };
                if !call.operation.takes(arguments.len()) {
                    return Err(EvaluationError::Arguments { operation: call.operation.name });
                }
                self.step(arguments.len())?;
                work(self, arguments)
            }
        }
    }

    /// Evaluates a node with this frame in sight, and gives the frame back.
    pub(super) fn within(&mut self, frame: Frame, node: &Node) -> Result<(Frame, Value), EvaluationError> {
        self.frames.push(frame);
        let outcome = self.value(node);
        let frame = self.frames.pop().unwrap_or(Frame { value: Value::Null, index: 0 });
        outcome.map(|value| (frame, value))
    }

    /// Copies what `find` picks from the data in sight.
    pub(super) fn look<F>(&mut self, find: F) -> Result<Option<Value>, EvaluationError>
    where
        F: FnOnce(&Value) -> Option<&Value>,
    {
        let seen = self.frames.last().map_or(self.data, |frame| &frame.value);
        let Some(found) = find(seen) else { return Ok(None) };
        copied(found, &mut self.budget).map(Some)
    }

    /// Whether `find` holds for the data in sight.
    pub(super) fn test<F: FnOnce(&Value) -> bool>(&self, find: F) -> bool {
        find(self.frames.last().map_or(self.data, |frame| &frame.value))
    }

    /// What is in sight `level` levels up: every list adds two, its place in the list and what encloses it.
    pub(super) fn above(&mut self, level: usize) -> Result<Option<Value>, EvaluationError> {
        let Some(up) = self.frames.len().checked_sub(level / 2) else { return Ok(None) };
        let frame = up.checked_sub(1).and_then(|place| self.frames.get(place));
        let value = match (frame, level % 2) {
            (Some(frame), 1) => return Ok(Some(json!({ "index": frame.index }))),
            (None, 1) => return Ok(None),
            (Some(frame), _) => &frame.value,
            (None, _) => self.data,
        };
        copied(value, &mut self.budget).map(Some)
    }

    /// Copies a value, at its price.
    pub(super) fn copy(&mut self, value: &Value) -> Outcome {
        copied(value, &mut self.budget)
    }

    /// Takes steps from the budget.
    pub(super) fn step(&mut self, steps: usize) -> Result<(), EvaluationError> {
        self.budget.steps = self.budget.steps.checked_sub(steps).ok_or(EvaluationError::Steps)?;
        Ok(())
    }

    /// Takes bytes from the budget.
    pub(super) fn make(&mut self, bytes: usize) -> Result<(), EvaluationError> {
        self.budget.made = self.budget.made.checked_sub(bytes).ok_or(EvaluationError::Made)?;
        Ok(())
    }
}

/// A copy of a value, paid for before it is made. Looking at one that cannot be paid for is work too, and takes all
/// that is left: else the rules of a form could look at it again and again for nothing.
fn copied(value: &Value, budget: &mut Budget) -> Outcome {
    match size(value, budget.made, MAX_VALUE_DEPTH) {
        Ok(cost) => {
            budget.made = budget.made.saturating_sub(cost);
            Ok(value.clone())
        }
        Err(error) => {
            budget.made = 0;
            Err(error)
        }
    }
}

/// What a value costs to copy; gives up as soon as that is more than is left.
fn size(value: &Value, left: usize, depth: usize) -> Result<usize, EvaluationError> {
    let depth = depth.checked_sub(1).ok_or(EvaluationError::Depth)?;
    let add = |sum: usize, (name, inner): (usize, &Value)| {
        let sum = sum + name;
        Ok(sum + size(inner, left.saturating_sub(sum), depth)?)
    };
    let cost = match value {
        Value::String(text) => VALUE_BYTES + text.len(),
        Value::Array(items) => items.iter().map(|item| (0, item)).try_fold(VALUE_BYTES, add)?,
        Value::Object(object) => {
            object.iter().map(|(name, item)| (VALUE_BYTES + name.len(), item)).try_fold(VALUE_BYTES, add)?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => VALUE_BYTES,
    };
    if cost > left { Err(EvaluationError::Made) } else { Ok(cost) }
}
