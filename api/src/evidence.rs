//! What a service requires, and the ways it can be met without asking the citizen.

use serde::{Deserialize, Serialize};

use crate::{DeclarationId, RegisterId, RequirementId, Text};

/// Something that must be shown (要件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Requirement {
    /// The requirement's name.
    pub requirement_id: RequirementId,
    /// What people call the paper.
    pub title: Text,
    /// What it is needed for, or how to find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The ways to meet it, in order of preference: the first that is possible for this person is taken.
    pub routes: Vec<EvidenceRoute>,
}

impl Requirement {
    /// What may be provided as a file, where that is one of the routes.
    pub fn provided(&self) -> Option<&Provided> {
        self.routes.iter().find_map(|route| match route {
            EvidenceRoute::Provided(provided) => Some(provided),
            _ => None,
        })
    }

    /// The registers that may have it, in order of preference.
    pub fn shared(&self) -> impl Iterator<Item = &RegisterId> {
        self.routes.iter().filter_map(|route| match route {
            EvidenceRoute::Shared { register } => Some(register),
            _ => None,
        })
    }

    /// The ground on which the law or the catalogue has cancelled it, where it has.
    pub fn cancelled(&self) -> Option<&Text> {
        self.routes.iter().find_map(|route| match route {
            EvidenceRoute::Cancelled { ground } => Some(ground),
            _ => None,
        })
    }
}

/// A way to meet a requirement: the four ways of the proof-free city, and, last, the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "route", rename_all = "snake_case")]
pub enum EvidenceRoute {
    /// No longer asked of anyone (直接取消).
    Cancelled {
        /// The legal ground.
        ground: Text,
    },
    /// The citizen signs a declaration instead (个人承诺).
    Declared {
        /// Which one.
        declaration: DeclarationId,
    },
    /// The departments ask each other after filing (部门核查).
    Checked {
        /// The department that is asked.
        department: Text,
    },
    /// A register has it (信息共享).
    Shared {
        /// Which one.
        register: RegisterId,
    },
    /// The citizen provides files.
    Provided(Provided),
}

/// What may be provided as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provided {
    /// The fewest files that meet the requirement; 0 where it is asked only when there is one.
    pub min_files: u32,
    /// The most files.
    pub max_files: u32,
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// The media types that are accepted, such as `image/jpeg`.
    pub accept: Vec<String>,
}

/// A declaration that stands for a proof (承诺书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Declaration {
    /// The declaration's name.
    pub declaration_id: DeclarationId,
    /// Its heading.
    pub title: Text,
    /// What the citizen declares.
    pub statement: Text,
    /// What follows if it is not true.
    pub consequences: Text,
}
