//! Numbers as people type them: with spaces in between, or with the full-width digits of a Chinese keyboard.

/// The characters that count: spaces are left out, full-width forms become their ASCII twins.
pub(crate) fn normalise(typed: &str) -> String {
    typed.chars().filter(|character| !character.is_whitespace()).map(narrow).collect()
}

/// The ASCII twin of a full-width form (U+FF01 to U+FF5E), or the character itself.
pub(crate) fn narrow(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// Where the first character stands that is not a digit, counted from 1.
pub(crate) fn first_other(text: &str) -> Option<usize> {
    text.chars().position(|character| !character.is_ascii_digit()).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::{first_other, normalise};

    #[test]
    fn spaces_go_and_full_width_forms_become_narrow() {
        assert_eq!(normalise(" 12 3\u{3000}４５Ｘｘ\u{a0}+"), "12345Xx+");
    }

    #[test]
    fn the_first_other_character_is_counted_from_one() {
        assert_eq!(first_other("12a4"), Some(3));
        assert_eq!(first_other("1234"), None);
    }
}
