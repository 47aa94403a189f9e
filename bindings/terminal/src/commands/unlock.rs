//! `citizen unlock`: checks the PIN, and may remember the unlock for a while in the kernel's memory.

use citizen_api::Language;
use clap::Args;
use serde_json::json;

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;
use crate::{duration, keyring};

/// 核对解锁码，可以让系统记住一会儿 ‖ Check the PIN; may keep the data unlocked for a while
#[derive(Args)]
pub(crate) struct Arguments {
    /// 记住多久，例如 15m、8h ‖ For how long to stay unlocked, such as 15m or 8h
    #[arg(long, value_name = "TIME")]
    remember: Option<String>,
}

pub(crate) fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let seconds = arguments.remember.as_deref().map(duration::seconds).transpose()?;
    let person = shell.person()?;
    let pin = shell.known_pin()?;
    let key = shell.app.data_key(person, &pin)?;
    shell.app.unlock_with_key(person, &key)?;
    let remembered =
        seconds.filter(|seconds| keyring::remember(&shell.folder, person, &key, *seconds).is_ok());
    let language = shell.language();
    let mut page = Page::new();
    page.line(language.either("解锁码正确。", "The PIN is right."));
    match (seconds, remembered) {
        (_, Some(seconds)) => {
            let time = duration::words(seconds, language);
            page.line(&match language {
                Language::Zh => format!("{time}内不用再输。想提前锁上：citizen lock"),
                Language::En => format!("It will not be asked for within {time}. To lock sooner: citizen lock"),
            })
        }
        (Some(_), None) => page.line(language.either(
            "这台机器的内核不让程序保管密钥，所以没有记住；密钥也没有写到别处。每条命令仍会要解锁码。",
            "This machine's kernel keeps no keys for programs, so nothing was remembered, and the key was not \
             written anywhere else. Each command goes on asking for the PIN.",
        )),
        (None, None) => page.line(language.either(
            "命令结束后就锁上了。想少输几次：citizen unlock --remember 15m",
            "It is locked again as soon as a command ends. To type it less often: citizen unlock --remember 15m",
        )),
    };
    Ok(Report::done(json!({ "person_id": person, "remembered_for_seconds": remembered }), page))
}
