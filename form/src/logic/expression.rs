//! Reading an expression: its shape and its size are checked once, so that evaluation need not.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::error::{EvaluationError, ExpressionError};
use super::machine::{Budget, MAX_MADE, MAX_STEPS, Machine};
use super::operation::{self, Operation};
use super::reads;

/// How many nodes an expression may have.
pub const MAX_NODES: usize = 4_096;
/// How deep an expression may be nested.
pub const MAX_DEPTH: usize = 32;
/// How many bytes the texts of an expression may have together.
pub const MAX_TEXT: usize = 64 * 1_024;
/// How much of an unknown operation's name is repeated.
const NAME_SHOWN: usize = 40;

/// A JSONLogic expression whose shape and size have been checked.
#[derive(Debug, Clone)]
pub struct Expression(Node);

/// One node of an expression.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A value without parts.
    Literal(Value),
    /// A list whose items are evaluated.
    List(Vec<Node>),
    /// An operation.
    Call(Call),
}

/// An operation with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) operation: &'static Operation,
    pub(super) arguments: Vec<Node>,
    /// The argument was written without a list, so a list that it gives holds the arguments.
    pub(super) chained: bool,
}

impl Expression {
    /// Reads an expression, or says why it is none.
    pub fn parse(value: &Value) -> Result<Self, ExpressionError> {
        let mut reader = Reader { nodes: 0, text: 0 };
        reader.node(value, 0).map(Self)
    }

    /// The value for these data. Ends within the bounds of the module for any expression and any data.
    pub fn evaluate(&self, data: &Value) -> Result<Value, EvaluationError> {
        self.evaluate_within(data, &mut Budget { steps: MAX_STEPS, made: MAX_MADE })
    }

    /// The value for these data, paid for from a budget that several evaluations share. None takes more than one
    /// alone may.
    pub fn evaluate_within(&self, data: &Value, budget: &mut Budget) -> Result<Value, EvaluationError> {
        let allowed = Budget { steps: budget.steps.min(MAX_STEPS), made: budget.made.min(MAX_MADE) };
        let mut machine = Machine::new(data, allowed);
        let outcome = machine.value(&self.0);
        budget.spend(allowed, machine.left());
        outcome
    }

    /// The names at the top of the data that it reads.
    pub fn reads(&self) -> Result<BTreeSet<&str>, ExpressionError> {
        reads::of(&self.0)
    }
}

/// What has been read so far.
struct Reader {
    nodes: usize,
    text: usize,
}

impl Reader {
    fn node(&mut self, value: &Value, depth: usize) -> Result<Node, ExpressionError> {
        if depth >= MAX_DEPTH {
            return Err(ExpressionError::Depth);
        }
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(ExpressionError::Nodes);
        }
        match value {
            Value::Array(items) => Ok(Node::List(self.nodes_of(items, depth)?)),
            Value::Object(object) if !object.is_empty() => self.call(object, depth),
            Value::String(text) => {
                self.text += text.len();
                if self.text > MAX_TEXT {
                    Err(ExpressionError::Text)
                } else {
                    Ok(Node::Literal(value.clone()))
                }
            }
            _ => Ok(Node::Literal(value.clone())),
        }
    }

    fn nodes_of(&mut self, items: &[Value], depth: usize) -> Result<Vec<Node>, ExpressionError> {
        items.iter().map(|item| self.node(item, depth + 1)).collect()
    }

    fn call(&mut self, object: &Map<String, Value>, depth: usize) -> Result<Node, ExpressionError> {
        let mut entries = object.iter();
        let (Some((name, written)), None) = (entries.next(), entries.next()) else {
            return Err(ExpressionError::Keys);
        };
        let operation = operation::find(name)
            .ok_or_else(|| ExpressionError::Unknown { operation: name.chars().take(NAME_SHOWN).collect() })?;
        let (arguments, alone) = match written {
            Value::Array(items) => (self.nodes_of(items, depth)?, false),
            other => (vec![self.node(other, depth + 1)?], true),
        };
        let call = Call { operation, arguments, chained: alone && operation.chains() };
        if call.fits(alone) {
            Ok(Node::Call(call))
        } else {
            Err(ExpressionError::Arguments { operation: operation.name })
        }
    }
}

impl Call {
    /// Whether the arguments can fit: how many a chained argument gives is known only when it is evaluated.
    fn fits(&self, alone: bool) -> bool {
        let computed = self.chained && !matches!(self.arguments.first(), Some(Node::Literal(_)));
        let counted = computed || self.operation.takes(self.arguments.len());
        let listed = !alone || self.operation.stands_alone();
        let nulls = self.arguments.iter().take(self.operation.never_null);
        counted && listed && !nulls.into_iter().any(|node| matches!(node, Node::Literal(Value::Null)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Expression, ExpressionError, MAX_DEPTH, MAX_NODES, MAX_TEXT};

    fn fault(value: &Value) -> ExpressionError {
        Expression::parse(value).unwrap_err()
    }

    #[test]
    fn each_bound_is_kept_and_named() {
        let deep = (0..MAX_DEPTH).fold(json!(1), |inner, _| json!({ "!": inner }));
        assert_eq!(fault(&deep), ExpressionError::Depth);
        assert_eq!(fault(&json!(vec![1; MAX_NODES])), ExpressionError::Nodes);
        assert_eq!(fault(&json!("x".repeat(MAX_TEXT + 1))), ExpressionError::Text);
        let just = (1..MAX_DEPTH).fold(json!(1), |inner, _| json!({ "!": inner }));
        assert!(Expression::parse(&just).is_ok());
        assert!(Expression::parse(&json!(vec![1; MAX_NODES - 1])).is_ok());
    }

    #[test]
    fn each_fault_of_shape_is_named() {
        assert_eq!(fault(&json!({ "a": 1, "b": 2 })), ExpressionError::Keys);
        assert_eq!(fault(&json!({ "throw": 1 })), ExpressionError::Unknown { operation: "throw".to_owned() });
        assert_eq!(fault(&json!({ "<": [1] })), ExpressionError::Arguments { operation: "<" });
        assert_eq!(fault(&json!({ "map": [null, 1] })), ExpressionError::Arguments { operation: "map" });
    }
}
