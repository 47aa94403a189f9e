//! The tables of cases in documents such as `docs/security.md`: printed by the tests that try them, and never another
//! than what is written.

use std::path::Path;

/// The document.
const DOCUMENT: &str = "docs/security.md";

/// Set, it has the tables written anew instead of compared.
const WRITE: &str = "WRITE_SECURITY_TABLES";

/// Prints a table of cases and their results, and compares it with the one of that name in `docs/security.md`.
///
/// # Panics
///
/// Where the document says something else.
pub fn compare<const N: usize>(name: &str, head: &[&str; N], rows: &[[String; N]]) {
    compare_in(DOCUMENT, name, head, rows);
}

/// The same, in another document.
///
/// # Panics
///
/// Where the document says something else.
#[expect(clippy::panic, reason = "only tests call this, and a test fails by panicking")]
#[expect(clippy::print_stdout, reason = "the list of cases with results is for whoever runs the tests")]
pub fn compare_in<const N: usize>(document: &str, name: &str, head: &[&str; N], rows: &[[String; N]]) {
    let table = table(head, rows);
    println!("{table}\n{} cases", rows.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(document);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
    let Some((before, (written, after))) = parts else { panic!("{document} has no place for {name}") };
    let expected = format!("\n{table}\n");
    if written == expected {
        return;
    }
    if std::env::var_os(WRITE).is_none() {
        panic!("{document} says something else of {name}; its first section says how it is written anew");
    }
    let new = format!("{before}{begin}{expected}{end}{after}");
    if let Err(error) = std::fs::write(&path, new) {
        panic!("{document} cannot be written: {error}");
    }
}

fn table<const N: usize>(head: &[&str; N], rows: &[[String; N]]) -> String {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let mut table = line(head.to_vec());
    table += &line(vec!["---"; N]);
    for row in rows {
        table += &line(row.iter().map(String::as_str).collect());
    }
    table
}
