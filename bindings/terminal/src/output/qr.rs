//! A QR code in characters: two modules to a character, one above the other.

use qrcode::{Color, EcLevel, QrCode};

/// The white border that a scanner needs, in modules.
const QUIET: i64 = 4;

/// A code that can be drawn.
pub(crate) struct Drawn {
    /// The lines, dark modules as they are on paper.
    pub(crate) lines: Vec<String>,
    /// The QR version: 1 (21 modules a side) to 40 (177).
    pub(crate) version: i16,
}

/// Draws a text as a QR code; none where it is too long for one.
pub(crate) fn draw(text: &str) -> Option<Drawn> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let version = match code.version() {
        qrcode::Version::Normal(version) | qrcode::Version::Micro(version) => version,
    };
    let side = i64::try_from(code.width()).ok()?;
    let modules = code.to_colors();
    let dark = |x: i64, y: i64| {
        let inside = (0..side).contains(&x) && (0..side).contains(&y);
        let index = usize::try_from(y * side + x).ok().filter(|_| inside);
        index.and_then(|index| modules.get(index)) == Some(&Color::Dark)
    };
    let rows = (-QUIET..side + QUIET).step_by(2);
    let lines = rows
        .map(|y| (-QUIET..side + QUIET).map(|x| character(dark(x, y), dark(x, y + 1))).collect())
        .collect();
    Some(Drawn { lines, version })
}

fn character(upper: bool, lower: bool) -> char {
    match (upper, lower) {
        (false, false) => ' ',
        (true, false) => '▀',
        (false, true) => '▄',
        (true, true) => '█',
    }
}

/// A line as black on white whatever the colours of the terminal, so that a scanner sees dark modules as dark.
pub(crate) fn on_white(line: &str) -> String {
    format!("\u{1b}[38;5;16;48;5;231m{line}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_code_has_a_border_and_its_three_eyes() {
        let drawn = draw("HELLO").unwrap();
        assert_eq!(drawn.version, 1);
        // 21 modules and four of border on each side are 29; two rows share a line.
        assert_eq!(drawn.lines.len(), 15);
        assert!(drawn.lines.iter().all(|line| line.chars().count() == 29));
        assert!(drawn.lines[0].chars().all(|c| c == ' ') && drawn.lines[1].chars().all(|c| c == ' '));
        assert!(drawn.lines[2].starts_with("    █▀▀▀▀▀█"), "{:?}", drawn.lines[2]);
        assert!(drawn.lines[2].ends_with("█▀▀▀▀▀█    "), "{:?}", drawn.lines[2]);
    }

    #[test]
    fn what_no_code_can_hold_is_not_drawn() {
        assert!(draw(&"x".repeat(3_000)).is_none());
    }
}
