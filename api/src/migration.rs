//! How a draft is moved to a newer version of its form.
//!
//! What no step names moves by itself: a field that keeps its name keeps its answer where the new form takes it, is
//! asked again where it does not, and is no longer asked where the new form has no such field. Steps say what names
//! alone cannot. Nothing that a person wrote is dropped by any of them.

use serde::{Deserialize, Serialize};

use crate::form::Rule;
use crate::{FieldId, RequirementId};

/// How a draft is moved by one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Migration {
    /// The version that it moves from; it moves to the next.
    pub from: u32,
    /// What it does, in order.
    pub steps: Vec<MigrationStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum MigrationStep {
    /// A field has another name.
    Renamed {
        /// The name it had.
        from: FieldId,
        /// The name it has.
        to: FieldId,
    },
    /// A field is answered from earlier answers, such as whole yuan written as fen.
    Converted {
        /// The fields that the rule reads; they move with it and are not shown as no longer asked.
        from: Vec<FieldId>,
        /// The field that is answered.
        to: FieldId,
        /// Its answer, from the earlier answers.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        rule: Rule,
    },
    /// A field keeps its name and means something else: its earlier answer is shown beside it and asked again.
    AskAgain {
        /// Which field.
        field: FieldId,
    },
    /// A requirement has another name.
    RequirementRenamed {
        /// The name it had.
        from: RequirementId,
        /// The name it has.
        to: RequirementId,
    },
    /// A step that this version does not know. A draft waits for the app that does.
    #[serde(other)]
    Unknown,
}
