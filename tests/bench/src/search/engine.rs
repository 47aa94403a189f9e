//! What all engines do.

use crate::Outcome;

/// Something that finds services.
pub trait Engine {
    /// The names of the services that it finds, best first, each read together with its title and summary as a
    /// list of them shows it.
    fn find(&self, typed: &str, limit: usize) -> Outcome<Vec<String>>;
}

/// The words of what was typed, in small letters, as every peer takes them.
pub fn words(typed: &str) -> Vec<String> {
    let plain = typed.chars().map(|character| match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
        _ => character,
    });
    let folded: String = plain.flat_map(char::to_lowercase).collect();
    folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
