//! `citizen completions`: what a shell needs to complete commands with the tab key.

use citizen_api::Language;
use clap::Args;
use clap_complete::Shell;
use serde_json::json;

use crate::cli;
use crate::failure::Failure;
use crate::output::{Output, Page, Report};

/// 生成命令补全脚本 ‖ Print a script for tab completion
#[derive(Args)]
pub(crate) struct Arguments {
    /// 哪种命令行 ‖ For which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Report, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(output.language), "citizen", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let mut page = Page::new();
    page.line(&script);
    Ok(Report::done(json!({ "script": script }), page))
}

fn command(language: Language) -> clap::Command {
    cli::command(language)
}
