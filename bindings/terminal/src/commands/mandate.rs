//! `citizen mandate`: letting somebody act for oneself, and acting for somebody.

use citizen_api::mandate::{MandateActs, MandateExtent, MandateOffer, MandateScope};
use citizen_api::{Language, MandateId, ServiceId};
use citizen_core::mandate::{ActView, MandateSide, MandateStanding, MandateView, Mandates};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::failure::{Failure, Thing};
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

/// What is to be done about mandates.
#[derive(Subcommand)]
pub(crate) enum Command {
    Give(Offer),
    /// 全部委托，给出的和收到的，以及办过的事 ‖ Every mandate, given and received, and what was done under them
    List,
    /// 接受别人给您的委托 ‖ Accept a mandate that you were given
    Accept {
        /// 编号的开头或末尾 ‖ How its number begins or ends
        #[arg(value_name = "MANDATE")]
        mandate: String,
    },
    /// 不接受别人给您的委托 ‖ Decline a mandate that you were given
    Decline {
        /// 编号的开头或末尾 ‖ How its number begins or ends
        #[arg(value_name = "MANDATE")]
        mandate: String,
    },
    /// 收回给出的委托，或退回收到的 ‖ End a mandate that you gave or were given
    Revoke {
        /// 编号的开头或末尾 ‖ How its number begins or ends
        #[arg(value_name = "MANDATE")]
        mandate: String,
    },
    /// 从这台设备删除替一个人写的全部内容 ‖ Delete what you wrote for somebody from this device
    Forget {
        /// 姓名，或编号的开头或末尾 ‖ Their name, or how their number begins or ends
        #[arg(value_name = "PERSON")]
        whom: String,
        /// 不再询问 ‖ Do not ask again
        #[arg(long)]
        yes: bool,
    },
}

/// 委托一个人替您办事，对方接受后生效 ‖ Let somebody act for you; it holds once they accept
#[derive(Args)]
pub(crate) struct Offer {
    /// 对方的身份证号 ‖ Their ID number
    #[arg(long, value_name = "ID")]
    id: String,
    /// 对方的姓名 ‖ Their name
    #[arg(long, value_name = "NAME")]
    name: String,
    /// 最后一天，例如 2027-06-30 ‖ The last day, such as 2027-06-30
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// 可以做什么：只查看，或也能办理 ‖ What they may do: only look, or file too
    #[arg(
        long,
        value_name = "read|file",
        default_value = "file",
        hide_possible_values = true,
        hide_default_value = true
    )]
    acts: Acts,
    /// 只限这些事项，用逗号分开；不写就是全部 ‖ Only for these services, separated by commas; for all where none is named
    #[arg(long, value_name = "SERVICES", value_delimiter = ',')]
    services: Vec<String>,
    /// 只限这个事项的一个办件，例如给窗口的代办人员 ‖ Only for one case of this service, as for an agent at a counter
    #[arg(long, value_name = "SERVICE", conflicts_with = "services")]
    one_case: Option<String>,
}

/// What may be done, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Acts {
    Read,
    File,
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let mandates = shell.own()?.mandates();
    let language = shell.language();
    match command {
        Command::Give(offer) => Ok(one(&mandates.give(&offer.read()).await?, language)),
        Command::List => list(&mandates, language).await,
        Command::Accept { mandate } => {
            Ok(one(&mandates.accept(find(&mandates, mandate).await?).await?, language))
        }
        Command::Decline { mandate } => {
            Ok(one(&mandates.decline(find(&mandates, mandate).await?).await?, language))
        }
        Command::Revoke { mandate } => {
            Ok(one(&mandates.revoke(find(&mandates, mandate).await?).await?, language))
        }
        Command::Forget { whom, yes } => forget(shell, &mandates, whom, *yes),
    }
}

impl Offer {
    fn read(&self) -> MandateOffer {
        let extent = match &self.one_case {
            Some(service) => MandateExtent::OneCase { service_id: service.as_str().into(), case_id: None },
            None => MandateExtent::Services {
                services: self.services.iter().map(|service| ServiceId::from(service.as_str())).collect(),
            },
        };
        let acts = match self.acts {
            Acts::Read => MandateActs::Read,
            Acts::File => MandateActs::File,
        };
        MandateOffer {
            to_id_number: self.id.clone(),
            to_name: self.name.clone(),
            scope: MandateScope { acts, extent },
            until: self.until,
        }
    }
}

/// The mandate that is named so; asked for where this device has not heard of it yet.
async fn find(mandates: &Mandates, typed: &str) -> Result<MandateId, Failure> {
    let known = mandates.refresh().await?;
    let names = known.iter().map(|view| Named::of(view.mandate.mandate_id));
    prefix::find(Thing::Mandate, typed, names)
}

async fn list(mandates: &Mandates, language: Language) -> Result<Report, Failure> {
    // Without a network, what was told last is shown.
    let known = match mandates.refresh().await {
        Ok(known) => known,
        Err(error) if error.kind() == citizen_core::ErrorKind::Waiting => mandates.list()?,
        Err(error) => return Err(error.into()),
    };
    let acts = mandates.acts()?;
    let mut page = Page::new();
    if known.is_empty() {
        page.line(language.either(
            "没有委托。给出委托：citizen mandate give --help",
            "No mandates. To give one: citizen mandate give --help",
        ));
    }
    for view in &known {
        page.line(&format!("{}  {}", short(view.mandate.mandate_id), view.sentence.get(language)));
    }
    for view in &acts {
        page.item(view.sentence.get(language));
    }
    let document = json!({
        "mandates": known.iter().map(document).collect::<Vec<_>>(),
        "acts": acts.iter().map(act).collect::<Vec<_>>(),
    });
    Ok(Report::done(document, page))
}

fn one(view: &MandateView, language: Language) -> Report {
    let mut page = Page::new();
    page.line(view.sentence.get(language));
    if view.side == MandateSide::Received && view.standing == MandateStanding::Holds {
        page.item(&match language {
            Language::Zh => format!("替{0}办：citizen draft new SERVICE --for {0}", view.mandate.from.name),
            Language::En => {
                format!("To act for them: citizen draft new SERVICE --for {}", view.mandate.from.name)
            }
        });
    }
    Report::done(document(view), page)
}

fn document(view: &MandateView) -> Value {
    let standing = match view.standing {
        MandateStanding::Offered => "offered",
        MandateStanding::Holds => "holds",
        MandateStanding::Over => "over",
        MandateStanding::Declined => "declined",
        MandateStanding::Revoked => "revoked",
    };
    json!({
        "mandate_id": view.mandate.mandate_id,
        "side": match view.side { MandateSide::Given => "given", MandateSide::Received => "received" },
        "from": view.mandate.from.name,
        "to": view.mandate.to.name,
        "scope": view.mandate.scope,
        "until": view.mandate.until,
        "standing": standing,
    })
}

fn act(view: &ActView) -> Value {
    json!({
        "act_id": view.act.act_id,
        "mandate_id": view.act.mandate_id,
        "kind": view.act.kind,
        "by": view.act.by.name,
        "on_behalf_of": view.act.on_behalf_of.name,
        "title": view.act.title,
        "case_id": view.act.case_id,
        "at": view.act.at,
    })
}

fn forget(shell: &Shell, mandates: &Mandates, typed: &str, yes: bool) -> Result<Report, Failure> {
    let (person, language) = (shell.represented(mandates, typed)?, shell.language());
    let asked = language.either(
        "删除替这个人写的全部内容，包括没发出的？删了就找不回来。(y/n) ",
        "Delete everything you wrote for this person, what was not sent included? It cannot be undone. (y/n) ",
    );
    if !yes && !shell.output.asks(asked)? {
        return Err(Failure::NotConfirmed);
    }
    mandates.remove_represented(person)?;
    let mut page = Page::new();
    page.line(language.either("已从这台设备删除。", "Deleted from this device."));
    Ok(Report::done(json!({ "person_id": person, "removed": true }), page))
}
