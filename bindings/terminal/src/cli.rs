//! The command line: what can be typed, in both languages.
//!
//! Every help text is written as `中文 ‖ English`; [`command`] keeps the side that the person reads, so that both
//! stand together in one place.

use std::path::PathBuf;

use citizen_api::Language;
use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use url::Url;

use crate::commands::{
    card, case, completions, consent, counter, device, draft, erase, export, grievance, lock, login, mandate,
    offer, outbox, parcel, person, pin, services, sync, unlock,
};
use crate::output::words::Either;

/// What separates the two languages of a help text.
const SEPARATOR: &str = " ‖ ";

/// 不出门也能办事：查医保余额、报销、看证件，没有网络也能用 ‖ Public business from home: insurance balance, reimbursement, cards; works without a network
#[derive(Parser)]
#[command(
    name = "citizen",
    version,
    after_help = EXAMPLES,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) general: General,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "例子：
  citizen --city https://city.example login           第一次使用：登录并设置解锁码
  citizen balance                                     看医保余额，没有网络时看上次的
  citizen services search 报销                        找事项
  citizen draft new medical-reimbursement             开始填写
  citizen draft set 01a2 amount=1286.40               回答一项（草稿编号写末尾几位就行）
  citizen draft attach 01a2 invoice 发票.jpg          附上材料
  citizen draft submit 01a2                           提交；没有网络就先放进发件箱
  citizen sync --follow                               发出等待的，收新消息，一直等着

退出码：0 办好了 · 2 用法不对 · 3 在等（没有网络、要登录） · 4 被拒绝 · 1 其他 ‖ Examples:
  citizen --city https://city.example login           the first time: sign in and choose a PIN
  citizen balance                                     insurance balance; offline, the last copy
  citizen services search reimbursement               find a service
  citizen draft new medical-reimbursement             begin a form
  citizen draft set 01a2 amount=1286.40               answer one question (the last characters name a draft)
  citizen draft attach 01a2 invoice invoice.jpg       attach a paper
  citizen draft submit 01a2                           file it; offline, it waits in the outbox
  citizen sync --follow                               send what waits, fetch what is new, keep watching

Exit status: 0 done · 2 wrong use · 3 waiting (offline, sign-in needed) · 4 refused · 1 anything else";

/// The heading of what every command takes; [`localise_argument`] writes it in one language.
const GENERAL: &str = "general";

/// What every command takes, before or after its name.
#[derive(Args)]
#[command(next_help_heading = GENERAL)]
pub(crate) struct General {
    /// 存放数据的文件夹 ‖ Folder with everything that is kept
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// 城市的网址，用过一次就会记住 ‖ The city's address; remembered after the first use
    #[arg(long, global = true, value_name = "URL", value_parser = city_address)]
    pub(crate) city: Option<Url>,
    /// 结果写成一个 JSON 文档 ‖ Answer with one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// 用哪种语言 ‖ The language to speak
    #[arg(
        long,
        global = true,
        value_name = "zh|en",
        default_value = "zh",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(crate) lang: Spoken,
    /// 从文件读解锁码（文件只能本人可读） ‖ Read the PIN from a file that only you can read
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) pin_file: Option<PathBuf>,
    /// 用哪个人的资料，默认是上次登录的人 ‖ As which person; by default the one who signed in last
    #[arg(long, global = true, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// 替谁办（对方要先委托您） ‖ For whom, by a mandate of theirs
    #[arg(long = "for", global = true, value_name = "PERSON")]
    pub(crate) represented: Option<String>,
    /// 看说明 ‖ Show help
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 看版本 ‖ Show the version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// A language, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Spoken {
    Zh,
    En,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Zh => Self::Zh,
            Spoken::En => Self::En,
        }
    }
}

/// Reads the address of a city: anything but the web cannot be one.
fn city_address(typed: &str) -> Result<Url, &'static str> {
    let url = Url::parse(typed).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or("not the address of a city")
}

/// The commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    Login(login::Arguments),
    /// 退出登录；写好的都留着 ‖ Sign out; everything you wrote stays
    Logout,
    Unlock(unlock::Arguments),
    Lock(lock::Arguments),
    /// 换解锁码，或忘了解锁码 ‖ Another PIN, or a forgotten one
    #[command(subcommand)]
    Pin(pin::Command),
    /// 几个人共用一台设备：添加、切换、删除 ‖ Several people on one device: add, switch, remove
    #[command(subcommand)]
    Person(person::Command),
    /// 委托家人替您办事，或替家人办事 ‖ Let somebody act for you, or act for them
    #[command(subcommand)]
    Mandate(mandate::Command),
    /// 登录过的设备，停用丢失的 ‖ The devices you are signed in on; end a lost one
    #[command(subcommand)]
    Device(device::Command),
    Export(export::Arguments),
    Erase(erase::Arguments),
    /// 应用把什么发给城市、做什么用：同意和收回 ‖ What is sent to the city and what for: agree, and take it back
    #[command(subcommand)]
    Consent(consent::Command),
    /// 登录、解锁、发件箱和同步的状况 ‖ Session, lock, outbox and sync at a glance
    Status,
    /// 医保余额：当年、历年和明细 ‖ Insurance balance: this year, earlier years, entries
    Balance,
    /// 查找事项 ‖ Find services
    #[command(subcommand)]
    Services(services::Command),
    /// 填写、附材料、提交 ‖ Fill in, attach papers, file
    #[command(subcommand)]
    Draft(draft::Command),
    Outbox(outbox::Arguments),
    Sync(sync::Arguments),
    /// 全部办件 ‖ All cases
    Cases,
    /// 一个办件：进度、回复补正 ‖ One case: progress, answering the office
    #[command(subcommand)]
    Case(case::Command),
    /// 跑一次没办成：从哪里卡住都可以说 ‖ Could not be done in one trip: say what stood in the way
    #[command(subcommand)]
    Grievance(grievance::Command),
    /// 城市主动替您办的：为什么是您、不要、数据有误 ‖ What the city found before you asked: why you, decline, say it is wrong
    #[command(subcommand)]
    Offer(offer::Command),
    /// 快递：到哪里了、改地址 ‖ Parcels: where they are, send one elsewhere
    #[command(subcommand)]
    Parcel(parcel::Command),
    /// 窗口：最近的、空位、预约 ‖ Counters: the nearest, free seats, booking
    #[command(subcommand)]
    Counter(counter::Command),
    /// 谁查过我的资料：查了什么，为什么，依据什么 ‖ Who asked for my data: what, why, by which law
    RegisterLog,
    /// 全部证件 ‖ All cards
    Cards,
    /// 一张证件：查看、出示、验真 ‖ One card: show, present, verify
    #[command(subcommand)]
    Card(card::Command),
    Completions(completions::Arguments),
}

/// The command line in one language.
pub(crate) fn command(language: Language) -> clap::Command {
    let usage = language.either("用法：", "Usage:");
    let template = format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}");
    localise(Arguments::command(), language, &template)
}

fn localise(command: clap::Command, language: Language, template: &str) -> clap::Command {
    let (about, long_about, after) = (
        command.get_about().map(ToString::to_string),
        command.get_long_about().map(ToString::to_string),
        command.get_after_help().map(ToString::to_string),
    );
    let commands = language.either("命令", "Commands");
    let mut command = command.help_template(template.to_owned()).subcommand_help_heading(commands);
    if let Some(about) = about {
        command = command.about(side(&about, language));
    }
    if let Some(about) = long_about {
        command = command.long_about(side(&about, language));
    }
    if let Some(after) = after {
        command = command.after_help(side(&after, language));
    }
    command
        .mut_args({
            // Under a heading of its own, an argument would stand where the alphabet puts it.
            let mut place = 0;
            move |argument| {
                place += 1;
                localise_argument(argument, language).display_order(place)
            }
        })
        .mut_subcommands(|subcommand| localise(subcommand, language, template))
}

fn localise_argument(argument: clap::Arg, language: Language) -> clap::Arg {
    let heading = match argument.get_help_heading() {
        Some(_) => language.either("通用选项", "General options"),
        None if argument.is_positional() => language.either("参数", "Arguments"),
        None => language.either("选项", "Options"),
    };
    let help = argument.get_help().map(|help| side(&help.to_string(), language));
    let argument = argument.help_heading(heading);
    match help {
        Some(help) => argument.help(help),
        None => argument,
    }
}

/// The side of a text that a person reads.
fn side(text: &str, language: Language) -> String {
    let (zh, en) = text.split_once(SEPARATOR).unwrap_or((text, text));
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
    .trim()
    .to_owned()
}

/// The language that a command line asks for, even where the rest of it cannot be understood.
pub(crate) fn language_of(words: &[String]) -> Language {
    let after = words.iter().zip(words.iter().skip(1)).find(|(word, _)| *word == "--lang");
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    match joined.or(after.map(|(_, value)| value.as_str())) {
        Some("en") => Language::En,
        _ => Language::Zh,
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use super::{SEPARATOR, command, language_of};

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_command_line_is_consistent_in_both_languages() {
        command(Language::Zh).debug_assert();
        command(Language::En).debug_assert();
    }

    #[test]
    fn every_help_text_stands_in_both_languages() {
        fn check(command: &clap::Command, path: &str) {
            let about = command.get_about().map(ToString::to_string);
            assert!(
                about.is_some_and(|about| about.contains(SEPARATOR)),
                "{path} has no help in both languages"
            );
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(
                    help.contains(SEPARATOR),
                    "{path} {} has no help in both languages",
                    argument.get_id()
                );
            }
            for subcommand in command.get_subcommands() {
                check(subcommand, &format!("{path} {}", subcommand.get_name()));
            }
        }
        check(&<super::Arguments as clap::CommandFactory>::command(), "citizen");
    }

    #[test]
    fn no_command_takes_an_argument_by_the_name_of_a_general_one() {
        fn check(command: &clap::Command, general: &[String]) {
            for argument in command.get_arguments().filter(|argument| !argument.is_global_set()) {
                let id = argument.get_id().to_string();
                assert!(!general.contains(&id), "{} {id}", command.get_name());
            }
            command.get_subcommands().for_each(|subcommand| check(subcommand, general));
        }
        let whole = <super::Arguments as clap::CommandFactory>::command();
        let general = whole.get_arguments().filter(|argument| argument.is_global_set());
        check(&whole, &general.map(|argument| argument.get_id().to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn help_speaks_one_language() {
        let zh = command(Language::Zh).render_help().to_string();
        let en = command(Language::En).render_help().to_string();
        assert!(zh.contains("用法：") && zh.contains("通用选项") && !zh.contains(SEPARATOR), "{zh}");
        assert!(en.contains("Usage:") && !en.contains("用法") && !en.contains(SEPARATOR), "{en}");
    }

    #[test]
    fn the_language_is_known_even_from_a_wrong_command_line() {
        assert_eq!(language_of(&words("citizen --lang en nonsense")), Language::En);
        assert_eq!(language_of(&words("citizen nonsense --lang=en")), Language::En);
        assert_eq!(language_of(&words("citizen nonsense --lang")), Language::Zh);
        assert_eq!(language_of(&words("citizen balance")), Language::Zh);
    }
}
