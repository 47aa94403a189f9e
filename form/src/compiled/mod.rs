//! A form that is ready to be evaluated: its rules read, its order found, its size bounded.
//!
//! A [`CompiledForm`] is made once for a document and evaluated as often as a person types. The evaluation is pure:
//! the same answers on the same day give the same [`FormState`], on the phone and at the city.
//!
//! What a form says is followed in the order of what depends on what. A rule sees the answers of questions that are
//! asked, never those of hidden ones, so that nothing is decided by something that nobody can see.
//!
//! # Bounds
//!
//! A document comes from outside. One that asks for more than these is refused when it is read or compiled, before
//! anything of it is shown. There are no patterns (regular expressions) in the language, and so none that never end.
//!
//! | What | Bound |
//! | --- | --- |
//! | bytes of the document | [`MAX_DOCUMENT`] |
//! | pages | [`MAX_PAGES`] |
//! | fields, those of groups counted | [`MAX_FIELDS`] |
//! | options of one field | [`MAX_OPTIONS`] |
//! | entries of one group | [`MAX_ENTRIES`] |
//! | bytes of a group's fields, times its entries | [`MAX_SHOWN`] |
//! | places of the files of one requirement, or of a declaration | one |
//! | checks | [`MAX_CHECKS`] |
//! | steps and bytes of one evaluation of the whole form | [`FORM_BUDGET`] |

mod compile;
mod error;
mod evaluate;
mod order;
mod read;
mod state;
#[cfg(test)]
mod tests;

use citizen_api::form::{Field, FormDefinition};

pub use compile::{MAX_CHECKS, MAX_ENTRIES, MAX_FIELDS, MAX_OPTIONS, MAX_PAGES, MAX_SHOWN};
pub use error::FormError;
pub use evaluate::FORM_BUDGET;
pub use read::{DocumentError, MAX_DOCUMENT, read_service};
pub use state::{FieldState, Finding, FormState};

use crate::logic::Expression;

/// A form that is ready to be evaluated.
#[derive(Debug)]
pub struct CompiledForm<'a> {
    definition: &'a FormDefinition,
    /// When each page is asked.
    pages: Vec<Option<Expression>>,
    /// The questions, in the order of the form.
    questions: Vec<Question<'a>>,
    /// The places of the questions in the order of what depends on what.
    order: Vec<usize>,
    checks: Vec<Expression>,
}

/// A question with its rules.
#[derive(Debug)]
struct Question<'a> {
    field: &'a Field,
    page: usize,
    rules: Rules,
    /// The questions of a group's entry, and their order.
    entry: Vec<Question<'a>>,
    order: Vec<usize>,
}

/// The rules of a question.
#[derive(Debug, Default)]
struct Rules {
    visible_when: Option<Expression>,
    required_when: Option<Expression>,
    compute: Option<Expression>,
    /// The names that it is computed from.
    computed_from: Vec<String>,
}
