//! A page of text for people: headings, facts, lists and tables, aligned by the width that a character has on a
//! screen, where a Chinese one is twice as wide.

use unicode_width::UnicodeWidthStr;

/// How far facts and lists stand in from the left.
const INDENT: &str = "  ";
/// The space between two columns.
const GAP: usize = 2;

/// A page that is being written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    text: String,
}

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Amounts.
    Right,
}

impl Page {
    /// An empty page.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// What is written so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// A line from the left.
    pub(crate) fn line(&mut self, line: &str) -> &mut Self {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
        self
    }

    /// A line in which every space counts.
    pub(crate) fn verbatim(&mut self, line: &str) -> &mut Self {
        self.text.push_str(line);
        self.text.push('\n');
        self
    }

    /// A line that stands in a little.
    pub(crate) fn item(&mut self, line: &str) -> &mut Self {
        self.line(&format!("{INDENT}{line}"))
    }

    /// A heading with an empty line before it.
    pub(crate) fn heading(&mut self, heading: &str) -> &mut Self {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(heading)
    }

    /// Labels and what they stand for, one a line, in two columns. What stands for several lines stays in its column.
    pub(crate) fn facts<L: AsRef<str>, V: AsRef<str>>(&mut self, facts: &[(L, V)]) -> &mut Self {
        let width = facts.iter().map(|(label, _)| label.as_ref().width()).max().unwrap_or(0);
        for (label, value) in facts {
            for (number, line) in value.as_ref().lines().enumerate() {
                let label = if number == 0 { label.as_ref() } else { "" };
                self.item(&format!("{}{}{line}", padded(label, width, Side::Left), " ".repeat(GAP)));
            }
        }
        self
    }

    /// Rows in columns that are as wide as their widest cell.
    pub(crate) fn table(&mut self, sides: &[Side], rows: &[Vec<String>]) -> &mut Self {
        let widths: Vec<usize> = (0..sides.len())
            .map(|column| {
                rows.iter()
                    .filter_map(|row| row.get(column))
                    .flat_map(|cell| cell.lines().map(UnicodeWidthStr::width))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        for row in rows.iter().flat_map(|row| split_lines(row)) {
            let cells: Vec<String> = row
                .iter()
                .zip(widths.iter().zip(sides))
                .map(|(cell, (width, side))| padded(cell, *width, *side))
                .collect();
            self.item(&cells.join(&" ".repeat(GAP)));
        }
        self
    }
}

/// A row as lines of the page: a cell of several lines stays in its column.
fn split_lines(row: &[String]) -> Vec<Vec<String>> {
    let height = row.iter().map(|cell| cell.lines().count()).max().unwrap_or(0);
    let line =
        |number| row.iter().map(|cell| cell.lines().nth(number).unwrap_or_default().to_owned()).collect();
    (0..height).map(line).collect()
}

fn padded(text: &str, width: usize, side: Side) -> String {
    let space = " ".repeat(width.saturating_sub(text.width()));
    match side {
        Side::Left => format!("{text}{space}"),
        Side::Right => format!("{space}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Side};

    #[test]
    fn columns_stand_below_each_other_whatever_the_script() {
        let mut page = Page::new();
        page.heading("医保").facts(&[("当年账户", "¥1.00"), ("A", "¥20.00\n第二行")]);
        page.table(
            &[Side::Left, Side::Right],
            &[vec!["药店".into(), "-¥8.50".into()], vec!["ab\nc".into(), "¥100.00".into()]],
        );
        assert_eq!(
            page.as_str(),
            "医保\n  当年账户  ¥1.00\n  A         ¥20.00\n            第二行\n  药店   -¥8.50\n  ab    ¥100.00\n  c\n"
        );
    }

    #[test]
    fn a_heading_stands_apart_but_not_at_the_top() {
        let mut page = Page::new();
        page.heading("a").heading("b");
        assert_eq!(page.as_str(), "a\n\nb\n");
    }
}
