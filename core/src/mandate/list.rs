//! Mandates and acts as the city told of them last. Needs no network.

use citizen_api::mandate::{ActKind, Mandate, MandateAct, MandateActs, MandateExtent, MandateStatus};
use citizen_api::{Subject, Text};
use citizen_form::day::civil_day;
use jiff::Timestamp;
use rusqlite::Transaction;

use super::Mandates;
use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// On which side of a mandate the person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MandateSide {
    /// They gave it: the other acts for them.
    Given,
    /// They were given it: they act for the other.
    Received,
}

/// How it stands with a mandate, on this day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MandateStanding {
    /// It waits for the other side's word, or for this person's.
    Offered,
    /// It holds.
    Holds,
    /// Its last day is over.
    Over,
    /// The other side, or this person, said no.
    Declined,
    /// One of the two ended it.
    Revoked,
}

/// A mandate, as it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct MandateView {
    /// The mandate.
    pub mandate: Mandate,
    /// On which side the person stands.
    pub side: MandateSide,
    /// How it stands, by this device's day.
    pub standing: MandateStanding,
    /// What it says, in a sentence.
    pub sentence: Text,
}

/// Something that was done under a mandate, as it is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct ActView {
    /// The act.
    pub act: MandateAct,
    /// Who did what for whom, in a sentence.
    pub sentence: Text,
}

impl Mandates {
    /// Every mandate, given and received, the newest first.
    pub fn list(&self) -> Result<Vec<MandateView>, Error> {
        let own = self.compartment.subject()?;
        let kept = self.compartment.read(|tx, sealer| mirror::all::<Mandate>(tx, sealer, Kind::Mandate))?;
        Ok(kept.into_iter().map(|kept| view(kept.document, &own)).collect())
    }

    /// What was done under them, by this person or for them, the newest first.
    pub fn acts(&self) -> Result<Vec<ActView>, Error> {
        let kept =
            self.compartment.read(|tx, sealer| mirror::all::<MandateAct>(tx, sealer, Kind::MandateAct))?;
        Ok(kept.into_iter().map(|kept| in_words(kept.document)).collect())
    }
}

/// Keeps a mandate unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, mandate: &Mandate) -> Result<bool, Error> {
    let name = mandate.mandate_id.to_string();
    let kept = mirror::get::<Mandate>(tx, sealer, Kind::Mandate, &name)?;
    let is_new = kept.is_none_or(|kept| kept.document.revision < mandate.revision);
    if is_new {
        mirror::put(tx, sealer, Kind::Mandate, &name, mandate)?;
    }
    Ok(is_new)
}

/// Keeps what was done. Says whether it is new.
pub(crate) fn store_act(tx: &Transaction<'_>, sealer: &Sealer, act: &MandateAct) -> Result<bool, Error> {
    let name = act.act_id.to_string();
    let is_new = mirror::get::<MandateAct>(tx, sealer, Kind::MandateAct, &name)?.is_none();
    if is_new {
        mirror::put(tx, sealer, Kind::MandateAct, &name, act)?;
    }
    Ok(is_new)
}

pub(super) fn view(mandate: Mandate, own: &Subject) -> MandateView {
    let side = if mandate.from.subject == *own { MandateSide::Given } else { MandateSide::Received };
    let standing = standing(&mandate);
    let sentence = sentence(&mandate, standing);
    MandateView { side, standing, sentence, mandate }
}

/// How it stands on this day. A clock that is wrong shows it wrong; the city goes by its own.
pub(super) fn standing(mandate: &Mandate) -> MandateStanding {
    match mandate.status {
        MandateStatus::Offered | MandateStatus::Accepted if civil_day(Timestamp::now()) > mandate.until => {
            MandateStanding::Over
        }
        MandateStatus::Offered => MandateStanding::Offered,
        MandateStatus::Accepted => MandateStanding::Holds,
        MandateStatus::Declined => MandateStanding::Declined,
        MandateStatus::Revoked => MandateStanding::Revoked,
    }
}

fn sentence(mandate: &Mandate, standing: MandateStanding) -> Text {
    let Mandate { from, to, scope, until, .. } = mandate;
    let (what_zh, what_en) = match scope.acts {
        MandateActs::Read => ("查看", "look at"),
        MandateActs::File => ("办理和查看", "file and look at"),
    };
    let (where_zh, where_en) = match &scope.extent {
        MandateExtent::Services { services } if services.is_empty() => {
            ("全部事项".to_owned(), "everything".to_owned())
        }
        MandateExtent::Services { services } => (
            format!("{} 个事项", services.len()),
            format!("applications of {} kinds of service", services.len()),
        ),
        MandateExtent::OneCase { .. } => ("一个办件".to_owned(), "one case".to_owned()),
    };
    let (how_zh, how_en) = match standing {
        MandateStanding::Offered => ("等对方接受。", "It waits to be accepted."),
        MandateStanding::Holds => ("有效。", "It holds."),
        MandateStanding::Over => ("已到期。", "It is over."),
        MandateStanding::Declined => ("没有被接受。", "It was declined."),
        MandateStanding::Revoked => ("已收回。", "It was ended."),
    };
    Text::new(
        format!("{}委托{}{what_zh}{where_zh}，到 {until} 为止。{how_zh}", from.name, to.name),
        format!("{} lets {} {what_en} {where_en} until {until}. {how_en}", from.name, to.name),
    )
}

fn in_words(act: MandateAct) -> ActView {
    let MandateAct { by, on_behalf_of, title, .. } = &act;
    let (zh, en) = match act.kind {
        ActKind::AskedRegisters => ("查了登记信息，用于填写", "asked the registers for"),
        ActKind::Read => ("查看了", "looked at"),
        ActKind::Filed => ("提交了", "filed"),
        ActKind::Answered => ("补交了材料：", "answered the office about"),
    };
    let sentence = Text::new(
        format!("{}替{}{zh}「{}」。", by.name, on_behalf_of.name, title.zh),
        format!("{} {en} “{}” for {}.", by.name, title.en, on_behalf_of.name),
    );
    ActView { act, sentence }
}
