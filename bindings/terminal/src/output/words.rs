//! Statuses as words, in both languages.

use citizen_api::Language;
use citizen_api::case::{CaseEventKind, CaseStatus};
use citizen_api::catalogue::{CounterLevel, DeliveryChoice};
use citizen_api::counter::BookingStatus;
use citizen_api::credential::CredentialKind;
use citizen_api::delivery::DeliveryStatus;
use citizen_api::insurance::EntryKind;
use citizen_api::offer::OfferStatus;
use citizen_api::settlement::FeeClass;

/// Chooses the words of one language.
pub(crate) trait Either {
    /// The words of the language that the person reads.
    fn either<'a>(self, zh: &'a str, en: &'a str) -> &'a str;
}

impl Either for Language {
    fn either<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Where a case stands.
pub(crate) fn case_status(status: CaseStatus, language: Language) -> &'static str {
    match status {
        CaseStatus::Received => language.either("已收件", "received"),
        CaseStatus::Accepted => language.either("已受理", "accepted"),
        CaseStatus::EvidenceRequested => language.either("等您补材料", "waiting for you"),
        CaseStatus::Reviewed => language.either("已审核", "reviewed"),
        CaseStatus::Settled => language.either("已结算", "settled"),
        CaseStatus::Paid => language.either("已到账", "paid"),
        CaseStatus::Granted => language.either("已办结", "granted"),
        CaseStatus::Refused => language.either("未通过", "refused"),
        CaseStatus::Answered => language.either("已答复", "answered"),
        CaseStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    }
}

/// What happens next to a case, and who has the ball.
pub(crate) fn case_next(status: CaseStatus, language: Language) -> &'static str {
    match status {
        CaseStatus::Received => language
            .either("等办事机构受理，您不用做什么。", "The office takes it on next. Nothing for you to do."),
        CaseStatus::Accepted => {
            language.either("正在审核，您不用做什么。", "The office is reviewing it. Nothing for you to do.")
        }
        CaseStatus::EvidenceRequested => language.either(
            "办事机构在等您补材料，补上后接着办。",
            "The office waits for your answer and goes on as soon as it has it.",
        ),
        CaseStatus::Reviewed => {
            language.either("审核完了，正在作出决定。", "Reviewed; the decision is being made.")
        }
        CaseStatus::Settled => {
            language.either("金额已核定，正在打款。", "The amount is fixed; the money is on its way.")
        }
        CaseStatus::Paid => {
            language.either("钱已打到您的银行账户，办完了。", "The money is on your account. Done.")
        }
        CaseStatus::Granted => language.either("办完了。", "Done."),
        CaseStatus::Refused => {
            language.either("没有通过，原因写在下面。", "It was refused; the reason stands below.")
        }
        CaseStatus::Answered => language.either("答复写在下面。", "The answer stands below."),
        CaseStatus::Unknown => {
            language.either("请更新应用后查看最新进度。", "Update the app to see how it stands.")
        }
    }
}

/// What happened to a case.
pub(crate) fn case_event(kind: CaseEventKind, language: Language) -> &'static str {
    match kind {
        CaseEventKind::Received => language.either("收到申请", "received"),
        CaseEventKind::Accepted => language.either("受理", "accepted"),
        CaseEventKind::EvidenceRequested => language.either("请您补材料", "asked for evidence"),
        CaseEventKind::EvidenceProvided => language.either("收到补充材料", "evidence received"),
        CaseEventKind::Reviewed => language.either("审核完成", "reviewed"),
        CaseEventKind::Settled => language.either("结算完成", "settled"),
        CaseEventKind::Paid => language.either("打款到账", "paid"),
        CaseEventKind::Granted => language.either("准予办理", "granted"),
        CaseEventKind::Refused => language.either("不予办理", "refused"),
        CaseEventKind::Climbed => {
            language.either("没有按时答复，交给上一级", "not answered in time; went up")
        }
        CaseEventKind::Answered => language.either("答复", "answered"),
        CaseEventKind::Unknown => {
            language.either("有新进展，请更新应用后查看", "something new; update the app to see")
        }
    }
}

/// What a posting of the insurance account was.
pub(crate) fn entry(kind: EntryKind, language: Language) -> &'static str {
    match kind {
        EntryKind::Contribution => language.either("划入", "contribution"),
        EntryKind::Clinic => language.either("门诊", "clinic"),
        EntryKind::Pharmacy => language.either("药店", "pharmacy"),
        EntryKind::Hospital => language.either("医院", "hospital"),
        EntryKind::Reimbursement => language.either("报销", "reimbursement"),
        EntryKind::Interest => language.either("利息", "interest"),
        EntryKind::CarriedOver => language.either("结转", "carried over"),
        EntryKind::Unknown => language.either("其他", "other"),
    }
}

/// The class of a fee.
pub(crate) fn fee_class(class: FeeClass, language: Language) -> &'static str {
    match class {
        FeeClass::A => language.either("甲类", "class A"),
        FeeClass::B => language.either("乙类", "class B"),
        FeeClass::C => language.either("丙类", "class C"),
    }
}

/// Where a parcel stands.
pub(crate) fn delivery(status: DeliveryStatus, language: Language) -> &'static str {
    match status {
        DeliveryStatus::Prepared => language.either("正在准备", "being made ready"),
        DeliveryStatus::Held => language.either("先不寄，正在核实", "kept back while it is looked into"),
        DeliveryStatus::HandedOver => language.either("已交快递", "with the courier"),
        DeliveryStatus::OnTheWay => language.either("派送中", "on its way"),
        DeliveryStatus::Failed => language.either("没送到，会再送", "nobody was there; comes again"),
        DeliveryStatus::Returning => language.either("送往就近窗口", "on its way to a counter"),
        DeliveryStatus::AtCounter => language.either("在窗口等您取", "waits for you at a counter"),
        DeliveryStatus::Delivered => language.either("已送到", "delivered"),
        DeliveryStatus::Cancelled => language.either("不寄了", "not sent"),
        DeliveryStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    }
}

/// Where something stands that the city has found.
pub(crate) fn offer(status: OfferStatus, language: Language) -> &'static str {
    match status {
        OfferStatus::Standing => language.either("已替您办", "done for you"),
        OfferStatus::Declined => language.either("您不要了", "you declined it"),
        OfferStatus::Disputed => language.either("正在核实您反映的情况", "what you say is being looked into"),
        OfferStatus::Upheld => language.either("核实过了，照办", "looked into; it stands"),
        OfferStatus::TakenBack => language.either("您说得对，已撤回", "you were right; taken back"),
        OfferStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    }
}

/// Where a booking stands.
pub(crate) fn booking(status: BookingStatus, language: Language) -> &'static str {
    match status {
        BookingStatus::Booked => language.either("约好了", "booked"),
        BookingStatus::Cancelled => language.either("已取消", "given back"),
        BookingStatus::Served => language.either("办过了", "served"),
        BookingStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    }
}

/// The level of a counter.
pub(crate) fn counter_level(level: CounterLevel, language: Language) -> &'static str {
    match level {
        CounterLevel::City => language.either("市", "city"),
        CounterLevel::Town => language.either("镇街", "town"),
        CounterLevel::WorkArea => language.either("工作片", "work area"),
        CounterLevel::Village => language.either("村居", "village"),
        CounterLevel::Unknown => "",
    }
}

/// How a result can reach a person: in words, and as it is typed.
pub(crate) fn delivery_choice(choice: DeliveryChoice, language: Language) -> (&'static str, &'static str) {
    match choice {
        DeliveryChoice::Phone => (language.either("手机上收", "on this phone"), "phone"),
        DeliveryChoice::Courier => (language.either("快递送到家", "by courier to the door"), "courier"),
        DeliveryChoice::Counter => (language.either("到窗口取", "fetched at a counter"), "counter"),
    }
}

/// What kind of card.
pub(crate) fn card(kind: CredentialKind, language: Language) -> &'static str {
    match kind {
        CredentialKind::SeniorCard60 => language.either("老年人优待证(60周岁)", "Senior card (60)"),
        CredentialKind::SeniorCard70 => language.either("老年人优待证(70周岁)", "Senior card (70)"),
        CredentialKind::Unknown => language.either("证件", "Card"),
    }
}
