//! `citizen pin`: another PIN, and a forgotten one.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use crate::failure::Failure;
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// What is to be done about the PIN.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// 换一个解锁码（要知道现在的） ‖ Choose another PIN; the present one is asked for
    Change {
        /// 从文件读新的解锁码（文件只能本人可读） ‖ Read the new PIN from a file that only you can read
        #[arg(long, value_name = "FILE")]
        new_pin_file: Option<PathBuf>,
    },
    /// 忘了解锁码：把原来的资料放到一边，重新登录时设新的 ‖ Forgot the PIN: the data are set aside, and the next sign-in chooses a new one
    Forgot {
        /// 不再询问 ‖ Do not ask again
        #[arg(long)]
        yes: bool,
    },
}

pub(crate) fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let (person, language) = (shell.person()?, shell.language());
    let mut page = Page::new();
    match command {
        Command::Change { new_pin_file } => {
            let old = shell.known_pin()?;
            let new = shell.chosen_pin(new_pin_file.as_deref())?;
            shell.app.change_pin(person, &old, &new)?;
            page.line(language.either(
                "解锁码已换好。以前的不能再用。",
                "The PIN is changed. The old one no longer opens anything.",
            ));
        }
        Command::Forgot { yes } => {
            let asked = language.either(
                "把现在的资料放到一边？草稿和没发出的内容会加密保留，但只有想起解锁码才能打开。(y/n) ",
                "Set the data aside? Drafts and what was not sent stay sealed, and open only to the PIN. (y/n) ",
            );
            if !yes && !shell.output.asks(asked)? {
                return Err(Failure::NotConfirmed);
            }
            keyring::forget(&shell.folder, person);
            shell.app.forget_pin(person)?;
            page.line(language.either(
                "原来的资料放到一边了，没有删除。请重新登录并设新的解锁码：citizen person add",
                "The data are set aside and not deleted. Please sign in and choose a new PIN: citizen person add",
            ));
        }
    }
    Ok(Report::done(json!({ "person_id": person }), page))
}
