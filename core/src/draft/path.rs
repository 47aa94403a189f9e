//! Where in a form an answer goes: a field, or a field of an entry of a group.

use std::fmt;
use std::str::FromStr;

use citizen_api::FieldId;
use serde::{Serialize, Serializer};

/// Where an answer goes. Written `amount`, or `children/0/name` for the first entry of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The field of the form.
    pub field: FieldId,
    /// Within a group: the entry, counted from 0, and the field of it.
    pub entry: Option<(usize, FieldId)>,
}

impl FieldPath {
    /// A field of the form.
    pub fn of(field: FieldId) -> Self {
        Self { field, entry: None }
    }

    /// A field of an entry of a group.
    pub fn in_entry(group: &FieldId, at: usize, field: &FieldId) -> Self {
        Self { field: group.clone(), entry: Some((at, field.clone())) }
    }

    /// Whether another path, as it is written, is this field or lies within it.
    pub(crate) fn holds(&self, written: &str) -> bool {
        let rest = written.strip_prefix(self.field.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl From<&str> for FieldPath {
    fn from(name: &str) -> Self {
        Self::of(name.into())
    }
}

impl From<&FieldId> for FieldPath {
    fn from(field: &FieldId) -> Self {
        Self::of(field.clone())
    }
}

/// Reads a path; a name with slashes that is none is the name of a field, which no form has.
impl FromStr for FieldPath {
    type Err = std::convert::Infallible;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let mut parts = written.splitn(3, '/');
        let (group, at, field) = (parts.next(), parts.next(), parts.next());
        Ok(match (group, at.and_then(|at| at.parse().ok()), field) {
            (Some(group), Some(at), Some(field)) if !field.contains('/') => {
                Self::in_entry(&group.into(), at, &field.into())
            }
            _ => Self::of(written.into()),
        })
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entry {
            None => self.field.fmt(f),
            Some((at, field)) => write!(f, "{}/{at}/{field}", self.field),
        }
    }
}

impl Serialize for FieldPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldPath;

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for written in ["amount", "children/0/name", "children/12/id_number"] {
            assert_eq!(written.parse::<FieldPath>().unwrap().to_string(), written);
        }
        for odd in ["children/x/name", "children/0", "children/0/a/b", ""] {
            assert_eq!(odd.parse::<FieldPath>().unwrap(), FieldPath::of(odd.into()));
        }
        let group = FieldPath::of("children".into());
        assert!(group.holds("children") && group.holds("children/0/name") && !group.holds("children_old"));
    }
}
