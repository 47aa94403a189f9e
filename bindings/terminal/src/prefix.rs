//! Naming things by the first characters of their name, as people do with long ones.

use std::fmt::Display;

use crate::failure::{Failure, Thing};

/// Something with a name.
pub(crate) struct Named<T> {
    thing: T,
    name: String,
}

impl<T: Display> Named<T> {
    /// A thing whose name is how it is written.
    pub(crate) fn of(thing: T) -> Self {
        Self { name: thing.to_string(), thing }
    }
}

/// The one thing whose name is, begins with or ends with what was typed. Names made at one time begin alike, so the
/// end may tell them apart sooner.
pub(crate) fn find<T>(
    what: Thing,
    typed: &str,
    things: impl Iterator<Item = Named<T>>,
) -> Result<T, Failure> {
    let wanted = typed.trim().trim_start_matches('…').to_ascii_lowercase();
    let matches = |name: &str| !wanted.is_empty() && (name.starts_with(&wanted) || name.ends_with(&wanted));
    let mut found = things.filter(|named| matches(&named.name));
    let first = found.next().ok_or_else(|| Failure::NoMatch { what, typed: typed.to_owned() })?;
    match found.next() {
        None => Ok(first.thing),
        Some(_) => Err(Failure::SeveralMatch { what, typed: typed.to_owned() }),
    }
}

/// How a list shows a long name: its end, which is random, rather than its beginning, which is the time.
pub(crate) fn short(name: impl Display) -> String {
    let name = name.to_string();
    let skipped = name.chars().count().saturating_sub(8);
    format!("…{}", name.chars().skip(skipped).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Named, find, short};
    use crate::failure::{Failure, Thing};

    fn named(typed: &str) -> Result<&'static str, Failure> {
        let things = ["0199-aaaa-1234", "0199-aaaa-5678", "0200-bbbb-1235"];
        find(Thing::Draft, typed, things.into_iter().map(Named::of))
    }

    #[test]
    fn the_beginning_or_the_end_names_a_thing() {
        assert_eq!(named("0200").unwrap(), "0200-bbbb-1235");
        assert_eq!(named("5678").unwrap(), "0199-aaaa-5678");
        assert_eq!(named("…1234").unwrap(), "0199-aaaa-1234");
        assert_eq!(named("0200-BBBB-1235").unwrap(), "0200-bbbb-1235");
    }

    #[test]
    fn what_names_nothing_or_too_much_is_refused() {
        assert!(matches!(named("0199"), Err(Failure::SeveralMatch { .. })));
        assert!(matches!(named("9"), Err(Failure::NoMatch { .. })));
        assert!(matches!(named(""), Err(Failure::NoMatch { .. })));
    }

    #[test]
    fn a_short_name_is_the_end_of_the_long_one() {
        assert_eq!(short("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000"), "…ffff0000");
    }
}
