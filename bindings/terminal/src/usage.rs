//! A command line that cannot be understood: one sentence in the person's language, and what clap can say of where.

use std::io::Write;
use std::process::ExitCode;

use citizen_api::Language;
use clap::error::{ContextKind, ErrorKind};

use crate::output::Status;
use crate::output::words::Either;

/// Prints help where help was asked for, and otherwise what is wrong.
pub(crate) fn explain(error: &clap::Error, language: Language, json: bool) -> ExitCode {
    let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let status = if asked { Status::Done } else { Status::WrongUse };
    // Where the answer cannot be printed, the exit status still says what is to be said.
    let _ = match (asked || is_help(error.kind()), json) {
        (true, _) => error.print(),
        (false, true) => print_document(error, language),
        (false, false) => print_sentence(error, language),
    };
    ExitCode::from(status.code())
}

/// No command at all is wrong use, but the help says best what to do.
fn is_help(kind: ErrorKind) -> bool {
    kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

fn print_sentence(error: &clap::Error, language: Language) -> std::io::Result<()> {
    let rendered = error.render().to_string();
    let hint = language.either("看说明：在命令后面加 --help", "For help, add --help");
    let (reason, usage) = (reason(error, language), usage(&rendered));
    let mut lines = format!("{reason}\n");
    if let Some(usage) = usage {
        lines.push_str(&format!("  {}{usage}\n", language.either("用法：", "Usage: ")));
    }
    lines.push_str(&format!("  {hint}\n"));
    std::io::stderr().write_all(lines.as_bytes())
}

fn print_document(error: &clap::Error, language: Language) -> std::io::Result<()> {
    let error = serde_json::json!({
        "code": "wrong-use",
        "reason": reason(error, language),
        "action": "",
        "command": "citizen --help",
        "field": null,
        "details": [],
    });
    writeln!(std::io::stdout(), "{:#}", serde_json::json!({ "error": error }))
}

/// The usage line of clap's own text.
fn usage(rendered: &str) -> Option<&str> {
    rendered.lines().find_map(|line| line.trim_start().strip_prefix("Usage: "))
}

fn reason(error: &clap::Error, language: Language) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    match (error.kind(), language) {
        (ErrorKind::UnknownArgument, Language::Zh) => format!("没有“{argument}”这个选项。"),
        (ErrorKind::UnknownArgument, Language::En) => format!("There is no option “{argument}”."),
        (ErrorKind::InvalidSubcommand, _) => {
            unknown_command(&context(ContextKind::InvalidSubcommand), error, language)
        }
        (ErrorKind::MissingRequiredArgument, Language::Zh) => format!("还差：{argument}。"),
        (ErrorKind::MissingRequiredArgument, Language::En) => format!("Something is missing: {argument}."),
        (ErrorKind::MissingSubcommand, _) => {
            language.either("还差一个子命令。", "A subcommand is missing.").to_owned()
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Language::Zh) => {
            format!("“{argument}”不能是“{}”。", context(ContextKind::InvalidValue))
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Language::En) => {
            format!("“{argument}” cannot be “{}”.", context(ContextKind::InvalidValue))
        }
        (_, Language::Zh) => "命令写得不对。".to_owned(),
        (_, Language::En) => "The command cannot be understood.".to_owned(),
    }
}

fn unknown_command(typed: &str, error: &clap::Error, language: Language) -> String {
    let meant = error.get(ContextKind::SuggestedSubcommand).map(ToString::to_string);
    match (meant, language) {
        (Some(meant), Language::Zh) => format!("没有“{typed}”这个命令。您是不是要用 {meant}?"),
        (Some(meant), Language::En) => format!("There is no command “{typed}”. Did you mean {meant}?"),
        (None, Language::Zh) => format!("没有“{typed}”这个命令。"),
        (None, Language::En) => format!("There is no command “{typed}”."),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use super::{reason, usage};

    fn refused(line: &str, language: Language) -> (String, Option<String>) {
        let error = crate::cli::command(language).try_get_matches_from(line.split(' ')).unwrap_err();
        let rendered = error.render().to_string();
        (reason(&error, language), usage(&rendered).map(str::to_owned))
    }

    #[test]
    fn wrong_use_is_said_in_the_person_s_language() {
        assert_eq!(refused("citizen balanc", Language::Zh).0, "没有“balanc”这个命令。您是不是要用 balance?");
        assert_eq!(refused("citizen balance --fast", Language::Zh).0, "没有“--fast”这个选项。");
        assert_eq!(refused("citizen draft new", Language::En).0, "Something is missing: <SERVICE>.");
        assert_eq!(refused("citizen balance --lang fr", Language::Zh).0, "“--lang <zh|en>”不能是“fr”。");
    }

    #[test]
    fn the_usage_of_the_command_is_beside_it() {
        let (_, usage) = refused("citizen draft new", Language::Zh);
        assert!(usage.unwrap().starts_with("citizen draft new"));
    }
}
