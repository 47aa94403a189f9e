//! `citizen lock`: forgets a remembered unlock.

use serde_json::json;

use crate::failure::Failure;
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

pub(crate) fn run(shell: &Shell) -> Result<Report, Failure> {
    let person = shell.person()?;
    keyring::forget(&shell.folder, person);
    shell.app.lock(person);
    let mut page = Page::new();
    page.line(shell.language().either(
        "已锁上。写好的都在；下一条命令会要解锁码。",
        "Locked. Everything you wrote is there; the next command asks for the PIN.",
    ));
    Ok(Report::done(json!({ "person_id": person }), page))
}
