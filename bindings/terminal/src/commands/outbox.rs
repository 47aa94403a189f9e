//! `citizen outbox`: what is still to be sent, what it waits for, and what can be done about it.

use citizen_api::{Language, TransactionId};
use citizen_core::Compartment;
use citizen_core::outbox::{OutboxItemView, OutboxKind, WaitsFor};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::send::{Reason, send};
use super::sync;
use crate::failure::{Failure, Thing};
use crate::output::words::Either;
use crate::output::{Page, Report, age};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

/// 发件箱：等着发出的 ‖ The outbox: what is still to be sent
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// 列出等着发出的 ‖ List what is still to be sent
    List,
    /// 现在就发 ‖ Send now
    Send,
    /// 再试一次没被接受的 ‖ Try again what was not taken
    Retry {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// 暂停：不往外传，已传到的都在 ‖ Pause: nothing more is sent; what has arrived is kept
    Pause {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// 接着传暂停的 ‖ Go on with what was paused
    Resume {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// 先传这一项 ‖ Send this one first
    First {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// 材料是不是只用 Wi-Fi 传：on 或 off；不写就显示 ‖ Whether papers go over Wi-Fi only: on or off; shown without
    Wifi {
        /// on 或 off ‖ on or off
        #[arg(value_name = "on|off", hide_possible_values = true)]
        choice: Option<WifiOnly>,
    },
    /// 撤回还没发出的，草稿重新打开 ‖ Take back what was not sent; its draft opens again
    Withdraw {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "ITEM")]
        item: String,
    },
}

/// Whether files wait for Wi-Fi, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WifiOnly {
    On,
    Off,
}

pub(crate) async fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    match &arguments.command {
        None | Some(Command::List) => list(shell, &compartment),
        Some(Command::Send) => {
            let sent = send(shell, &compartment).await?;
            Ok(sync::sent_report(shell, &sent))
        }
        Some(Command::Retry { item }) => {
            let transaction_id = find(&compartment, item)?;
            compartment.outbox().retry(transaction_id)?;
            let sent = send(shell, &compartment).await?;
            Ok(sync::sent_report(shell, &sent))
        }
        Some(Command::Pause { item }) => {
            compartment.outbox().pause(find(&compartment, item)?)?;
            list(shell, &compartment)
        }
        Some(Command::Resume { item }) => {
            compartment.outbox().resume(find(&compartment, item)?)?;
            let sent = send(shell, &compartment).await?;
            Ok(sync::sent_report(shell, &sent))
        }
        Some(Command::First { item }) => {
            compartment.outbox().send_first(find(&compartment, item)?)?;
            let sent = send(shell, &compartment).await?;
            Ok(sync::sent_report(shell, &sent))
        }
        Some(Command::Wifi { choice }) => wifi(shell, &compartment, *choice),
        Some(Command::Withdraw { item }) => withdraw(shell, &compartment, item).await,
    }
}

pub(super) fn find(compartment: &Compartment, typed: &str) -> Result<TransactionId, Failure> {
    let items = compartment.outbox().list()?;
    prefix::find(Thing::Request, typed, items.iter().map(|item| Named::of(item.transaction_id)))
}

/// Chooses whether files wait for Wi-Fi, or says what was chosen.
fn wifi(shell: &Shell, compartment: &Compartment, choice: Option<WifiOnly>) -> Result<Report, Failure> {
    if let Some(choice) = choice {
        compartment.send_over_wifi_only(choice == WifiOnly::On)?;
    }
    let (wifi_only, language) = (compartment.wifi_only()?, shell.language());
    let mut page = Page::new();
    page.line(if wifi_only {
        language.either("材料只用 Wi-Fi 传。", "Papers go over Wi-Fi only.")
    } else {
        language.either("材料用任何网络传。", "Papers go over any network.")
    });
    Ok(Report::done(json!({ "wifi_only": wifi_only }), page))
}

async fn withdraw(shell: &Shell, compartment: &Compartment, item: &str) -> Result<Report, Failure> {
    let transaction_id = find(compartment, item)?;
    let draft_id = compartment.outbox().withdraw(transaction_id).await?;
    let language = shell.language();
    let mut page = Page::new();
    page.line(match draft_id {
        Some(_) => language.either(
            "已撤回，城市没有收到。草稿重新打开了，内容都在。",
            "Taken back; the city does not have it. The draft is open again with everything in it.",
        ),
        None => language.either("已撤回，城市没有收到。", "Taken back; the city does not have it."),
    });
    if let Some(draft_id) = draft_id {
        page.item(&format!("citizen draft show {}", short(draft_id)));
    }
    Ok(Report::done(json!({ "transaction_id": transaction_id, "draft_id": draft_id }), page))
}

fn list(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let items = compartment.outbox().list()?;
    let language = shell.language();
    let documents: Vec<Value> = items.iter().map(|item| document(item, language)).collect();
    Ok(Report::done(json!({ "items": documents }), page(&items, language)))
}

fn document(item: &OutboxItemView, language: Language) -> Value {
    let (kind, total) = match item.kind {
        OutboxKind::Upload { size } => ("upload", size),
        OutboxKind::Submission => ("submission", 0),
        OutboxKind::Supplement => ("supplement", 0),
        OutboxKind::Instruction => ("instruction", 0),
    };
    let blocked = match &item.waits_for {
        Some(WaitsFor::Person { problem }) => {
            json!({ "code": problem.kind, "reason": problem.title.get(language) })
        }
        _ => Value::Null,
    };
    json!({
        "transaction_id": item.transaction_id,
        "draft_id": item.draft_id,
        "kind": kind,
        "title": item.title.get(language),
        "total_bytes": total,
        "attempts": item.attempts,
        "waits_for": Reason::of(item).map(Reason::name),
        "blocked": blocked,
        "created_at": item.created_at,
    })
}

/// What goes by itself, and what a person has to look at first.
fn heading(waiting: usize, yours: usize, language: Language) -> String {
    match (language, waiting, yours) {
        (Language::Zh, waiting, 0) => format!("发件箱 · {waiting} 项等着发出"),
        (Language::Zh, 0, yours) => format!("发件箱 · {yours} 项要您看一下"),
        (Language::Zh, waiting, yours) => format!("发件箱 · {waiting} 项等着发出，{yours} 项要您看一下"),
        (Language::En, waiting, 0) => format!("Outbox · {waiting} to be sent"),
        (Language::En, 0, yours) => format!("Outbox · {yours} for you to look at"),
        (Language::En, waiting, yours) => {
            format!("Outbox · {waiting} to be sent, {yours} for you to look at")
        }
    }
}

fn page(items: &[OutboxItemView], language: Language) -> Page {
    let mut page = Page::new();
    if items.is_empty() {
        page.line(
            language.either("发件箱是空的：都发出去了。", "The outbox is empty: everything has been sent."),
        );
        return page;
    }
    let yours = items.iter().filter(|item| Reason::of(item) == Some(Reason::Person)).count();
    page.heading(&heading(items.len() - yours, yours, language));
    for item in items {
        let what = match item.kind {
            OutboxKind::Upload { .. } => language.either("材料", "paper"),
            OutboxKind::Submission => language.either("申请", "filing"),
            OutboxKind::Supplement => language.either("补充材料", "answer"),
            OutboxKind::Instruction => language.either("交办", "instruction"),
        };
        page.line(&format!("{}  {what} · {}", short(item.transaction_id), item.title.get(language)));
        page.item(&state(item, language));
    }
    page
}

fn state(item: &OutboxItemView, language: Language) -> String {
    let since = age(item.created_at, jiff::Timestamp::now()).words(item.created_at, language);
    let state = match &item.waits_for {
        None => language.either("可以发出", "ready to go").to_owned(),
        Some(WaitsFor::Network { .. }) => language.either("等网络", "waits for a network").to_owned(),
        Some(WaitsFor::City { .. }) => language.either("等城市腾出空来", "waits for the city").to_owned(),
        Some(WaitsFor::SignIn) => language.either("等您登录", "waits for you to sign in").to_owned(),
        Some(WaitsFor::Files) => language.either("等材料先传完", "waits for its papers").to_owned(),
        Some(WaitsFor::Wifi) => language.either("等 Wi-Fi", "waits for Wi-Fi").to_owned(),
        Some(WaitsFor::Paused) => language.either("您暂停了", "paused by you").to_owned(),
        Some(WaitsFor::Person { problem }) => match language {
            Language::Zh => format!("没被接受：{}", problem.title.zh),
            Language::En => format!("not taken: {}", problem.title.en),
        },
    };
    let tried = match (item.attempts, language) {
        (0, _) => String::new(),
        (attempts, Language::Zh) => format!(" · 试过 {attempts} 次"),
        (1, Language::En) => " · tried once".to_owned(),
        (attempts, Language::En) => format!(" · tried {attempts} times"),
    };
    match language {
        Language::Zh => format!("{state}{tried} · {since}提交"),
        Language::En => format!("{state}{tried} · filed {since}"),
    }
}
