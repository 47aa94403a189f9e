//! `citizen export`: everything about the person on this device, in one file that any browser shows.

use std::path::PathBuf;

use citizen_api::Language;
use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// 把这里关于您的全部资料写成一个文件，浏览器就能看 ‖ Write everything about you that is here into one file for any browser
#[derive(Args)]
pub(crate) struct Arguments {
    /// 写到哪个文件（不能是已有的） ‖ Where to; not a file that is there already
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let (person, language) = (shell.own()?, shell.language());
    if arguments.file.exists() {
        return Err(Failure::FileThere { file: arguments.file.clone() });
    }
    shell.app.export(&person, language, &arguments.file)?;
    let file = arguments.file.display().to_string();
    let mut page = Page::new();
    page.line(&match language {
        Language::Zh => format!("已写到 {file}。里面是您的全部资料，没有加密，请收好，看完可以删掉。"),
        Language::En => format!("Written to {file}. It holds everything of yours and is not sealed: keep it safe, and delete it when you are done."),
    });
    Ok(Report::done(json!({ "file": file }), page))
}
