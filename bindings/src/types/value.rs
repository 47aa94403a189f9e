//! Answers. ADR 0022 says why they cross as a small enum.

use serde_json::{Map, Value};

/// An answer as a form keeps it. A shell passes it on and compares it; what it means is said by the question's kind.
#[derive(Clone, PartialEq, uniffi::Enum)]
pub enum Answer {
    /// No answer.
    Nothing,
    /// Yes or no.
    YesNo {
        /// Which.
        yes: bool,
    },
    /// A whole number; of an amount, its fen.
    Whole {
        /// The number.
        number: i64,
    },
    /// Words, a day, the name of an option.
    Words {
        /// The text.
        text: String,
    },
    /// Several answers.
    Several {
        /// Each of them.
        items: Vec<Answer>,
    },
    /// Answers with parts, such as an address.
    Parts {
        /// Each of them.
        parts: Vec<AnswerPart>,
    },
}

/// A part of an answer.
#[derive(Clone, PartialEq, uniffi::Record)]
pub struct AnswerPart {
    /// The part's name.
    pub name: String,
    /// What it says.
    pub answer: Answer,
}

/// What was answered is nobody's but the person's.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer")
    }
}

impl std::fmt::Debug for AnswerPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AnswerPart").finish_non_exhaustive()
    }
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(yes) => Self::YesNo { yes },
            // No answer of any form is a fraction.
            Value::Number(number) => Self::Whole { number: number.as_i64().unwrap_or_default() },
            Value::String(text) => Self::Words { text },
            Value::Array(items) => Self::Several { items: items.into_iter().map(Self::from).collect() },
            Value::Object(parts) => {
                let part = |(name, value): (String, Value)| AnswerPart { name, answer: value.into() };
                Self::Parts { parts: parts.into_iter().map(part).collect() }
            }
        }
    }
}

impl From<Answer> for Value {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Nothing => Self::Null,
            Answer::YesNo { yes } => Self::Bool(yes),
            Answer::Whole { number } => Self::from(number),
            Answer::Words { text } => Self::String(text),
            Answer::Several { items } => Self::Array(items.into_iter().map(Self::from).collect()),
            Answer::Parts { parts } => {
                let part = |part: AnswerPart| (part.name, Self::from(part.answer));
                Self::Object(parts.into_iter().map(part).collect::<Map<_, _>>())
            }
        }
    }
}

uniffi::custom_type!(Value, Answer, {
    remote,
    try_lift: |answer| Ok(Value::from(answer)),
    lower: |value| Answer::from(value),
});

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Answer;

    #[test]
    fn every_answer_comes_back_as_it_went() {
        let all = json!({
            "amount": 1250, "agreed": true, "name": "王", "none": null,
            "children": [{ "name": "a", "days": { "from": "2026-01-01", "to": "2026-01-02" } }, []],
        });
        assert_eq!(Value::from(Answer::from(all.clone())), all);
    }
}
