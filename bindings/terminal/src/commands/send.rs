//! Sending what waits, with a bar for whoever watches, and what then became of one filing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use citizen_api::{CaseId, TransactionId};
use citizen_core::outbox::{OutboxItemView, OutboxKind, Progress, SendReport, WaitsFor};
use citizen_core::{Compartment, Error, ErrorKind};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Bars, Page, Report, Status};
use crate::shell::Shell;

/// What a pass over the outbox came to.
#[derive(Default)]
pub(crate) struct Sent {
    /// How many items the city has, how many wait, how many a person must look at.
    pub(crate) report: SendReport,
    /// How many bytes of files went out.
    pub(crate) bytes: u64,
    /// How many items had been tried before.
    pub(crate) repeated: usize,
}

impl Sent {
    /// Whether anything is still to be sent.
    pub(crate) fn is_left(&self) -> bool {
        self.report.waiting + self.report.blocked > 0
    }

    /// This pass and a later one.
    pub(crate) fn and(self, later: Self) -> Self {
        let mut report = later.report;
        report.sent += self.report.sent;
        Self { report, bytes: self.bytes + later.bytes, repeated: self.repeated + later.repeated }
    }
}

impl Sent {
    /// The same together with what was sent for somebody else.
    pub(crate) fn beside(self, other: Self) -> Self {
        let mut report = self.report;
        report.sent += other.report.sent;
        report.waiting += other.report.waiting;
        report.blocked += other.report.blocked;
        Self { report, bytes: self.bytes + other.bytes, repeated: self.repeated + other.repeated }
    }
}

/// Sends what can be sent.
pub(crate) async fn send(shell: &Shell, compartment: &Compartment) -> Result<Sent, Error> {
    let waiting = compartment.outbox().list()?;
    if waiting.is_empty() {
        return Ok(Sent::default());
    }
    let repeated = waiting.iter().filter(|item| item.attempts > 0).count();
    let total: u64 = waiting.iter().map(size).sum();
    let bars = Bars::new(shell.output, shell.language().either("正在发送", "Sending"));
    let reach = Mutex::new(Reach::default());
    let progress = |progress: Progress| {
        let mut reach = reach.lock().unwrap_or_else(PoisonError::into_inner);
        reach.note(progress);
        bars.show(reach.sent(), total);
    };
    let sent = compartment.outbox().send_now(&progress).await;
    bars.finish();
    let bytes = reach.into_inner().unwrap_or_else(PoisonError::into_inner).bytes();
    Ok(Sent { report: sent?, bytes, repeated })
}

fn size(item: &OutboxItemView) -> u64 {
    match item.kind {
        OutboxKind::Upload { size } => size,
        OutboxKind::Submission | OutboxKind::Supplement | OutboxKind::Instruction => 0,
    }
}

/// From where to where each file has come.
#[derive(Default)]
struct Reach {
    files: BTreeMap<TransactionId, (u64, u64)>,
}

impl Reach {
    fn note(&mut self, progress: Progress) {
        let reach = self.files.entry(progress.transaction_id).or_insert((progress.sent, progress.sent));
        reach.1 = progress.sent;
    }

    /// How much of all files the city has.
    fn sent(&self) -> u64 {
        self.files.values().map(|(_, to)| to).sum()
    }

    /// How much went out just now.
    fn bytes(&self) -> u64 {
        self.files.values().map(|(from, to)| to.saturating_sub(*from)).sum()
    }
}

/// What became of one filing.
enum State {
    Sent { case_id: Option<CaseId> },
    Waiting { reason: Reason },
    Blocked { reason: String },
}

/// What something waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Network,
    SignIn,
    Time,
    Person,
    Wifi,
    Paused,
}

impl Reason {
    /// What an item waits for; none where it goes at the next chance, or after its files.
    pub(crate) fn of(item: &OutboxItemView) -> Option<Self> {
        match item.waits_for.as_ref()? {
            WaitsFor::Network { .. } => Some(Self::Network),
            WaitsFor::City { .. } => Some(Self::Time),
            WaitsFor::SignIn => Some(Self::SignIn),
            WaitsFor::Person { .. } => Some(Self::Person),
            WaitsFor::Wifi => Some(Self::Wifi),
            WaitsFor::Paused => Some(Self::Paused),
            WaitsFor::Files => None,
        }
    }

    /// For programs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::SignIn => "sign_in",
            Self::Time => "time",
            Self::Person => "person",
            Self::Wifi => "wifi",
            Self::Paused => "paused",
        }
    }

    /// What happens next, and whether a person must do something.
    pub(crate) fn sentence(self, language: citizen_api::Language) -> &'static str {
        match self {
            Self::Network => language.either(
                "现在连不上城市。已放进发件箱，连上网后运行 citizen sync 就会发出，写好的都在。",
                "The city cannot be reached now. It is in the outbox and goes out with citizen sync once there is a \
                 network. Everything you wrote is kept.",
            ),
            Self::SignIn => language.either(
                "要先登录才能发出。已放进发件箱，登录后运行 citizen sync。",
                "It can be sent after you sign in. It is in the outbox: citizen login, then citizen sync.",
            ),
            Self::Time => language.either(
                "城市现在收不下。已放进发件箱，过一会儿运行 citizen sync。",
                "The city cannot take it at the moment. It is in the outbox; run citizen sync in a while.",
            ),
            Self::Wifi => language.either(
                "您选了只用 Wi-Fi 传材料。已放进发件箱，连上 Wi-Fi 就会发出。",
                "You chose to send papers over Wi-Fi only. It is in the outbox and goes out once there is Wi-Fi.",
            ),
            Self::Paused => language.either(
                "您暂停了它。要接着发，运行 citizen outbox resume。",
                "You have paused it. To go on: citizen outbox resume.",
            ),
            Self::Person => language.either(
                "城市没有接受，需要您看一下。",
                "The city did not take it; please have a look.",
            ),
        }
    }
}

/// Sends a filing at once and reports what became of it. It is in the outbox already: whatever happens here, it is
/// not lost.
pub(crate) async fn file(
    shell: &Shell,
    compartment: &Compartment,
    transaction_id: TransactionId,
) -> Result<Report, Failure> {
    let state = sent_or_not(shell, compartment, transaction_id).await?;
    Ok(report(shell, transaction_id, &state))
}

/// Sends an instruction at once and reports what became of it, with `done` where the city has carried it out. It is in
/// the outbox already: whatever happens here, it is not lost.
pub(crate) async fn told(
    shell: &Shell,
    compartment: &Compartment,
    transaction_id: TransactionId,
    done: &str,
) -> Result<Report, Failure> {
    match sent_or_not(shell, compartment, transaction_id).await? {
        State::Sent { .. } => {
            let mut page = Page::new();
            page.line(done);
            Ok(Report::done(json!({ "transaction_id": transaction_id, "state": "sent" }), page))
        }
        state => Ok(report(shell, transaction_id, &state)),
    }
}

async fn sent_or_not(
    shell: &Shell,
    compartment: &Compartment,
    transaction_id: TransactionId,
) -> Result<State, Failure> {
    let sign_in = match send(shell, compartment).await {
        Ok(_) => false,
        Err(error) if error.kind() == ErrorKind::Waiting => {
            matches!(error, Error::NotSignedIn | Error::SignInRequired | Error::SignInAgain(_))
        }
        Err(error) => return Err(error.into()),
    };
    let items = compartment.outbox().list()?;
    let state = match items.iter().any(|item| item.transaction_id == transaction_id) {
        false => State::Sent { case_id: compartment.submissions().case_of(transaction_id)? },
        true => still_here(&items, transaction_id, sign_in, shell.language()),
    };
    Ok(state)
}

/// A filing that is still in the outbox waits for what it, or the first of its files, waits for.
fn still_here(
    items: &[OutboxItemView],
    transaction_id: TransactionId,
    sign_in: bool,
    language: citizen_api::Language,
) -> State {
    let draft_id =
        items.iter().find(|item| item.transaction_id == transaction_id).and_then(|item| item.draft_id);
    let own = || {
        items.iter().filter(move |item| {
            item.transaction_id == transaction_id || draft_id.is_some() && item.draft_id == draft_id
        })
    };
    let blocked = own().find_map(|item| match &item.waits_for {
        Some(WaitsFor::Person { problem }) => Some(problem.title.get(language).to_owned()),
        _ => None,
    });
    if let Some(reason) = blocked {
        return State::Blocked { reason };
    }
    let reason = match sign_in {
        true => Reason::SignIn,
        false => own().find_map(Reason::of).unwrap_or(Reason::Network),
    };
    State::Waiting { reason }
}

fn report(shell: &Shell, transaction_id: TransactionId, state: &State) -> Report {
    let language = shell.language();
    let mut page = Page::new();
    let document = |state: &str, case_id: Option<CaseId>, waits_for: Option<Reason>| -> Value {
        json!({
            "transaction_id": transaction_id,
            "state": state,
            "case_id": case_id,
            "waits_for": waits_for.map(Reason::name),
        })
    };
    match state {
        State::Sent { case_id } => {
            page.line(language.either(
                "已提交，城市已收到并给了签名回执。",
                "Filed. The city has it and signed a receipt.",
            ));
            if let Some(case_id) = case_id {
                page.item(&format!(
                    "{} citizen case show {case_id}",
                    language.either("看进度：", "Progress:")
                ));
            }
            Report::done(document("sent", *case_id, None), page)
        }
        State::Waiting { reason } => {
            page.line(reason.sentence(language));
            page.item(&format!("{} citizen outbox", language.either("看发件箱：", "The outbox:")));
            Report::done(document("waiting", None, Some(*reason)), page).with_status(Status::Waiting)
        }
        State::Blocked { reason } => {
            page.line(Reason::Person.sentence(language));
            page.item(reason);
            page.item(&format!(
                "{} citizen outbox retry {transaction_id}",
                language.either("再试：", "Try again:")
            ));
            page.item(&format!(
                "{} citizen outbox withdraw {transaction_id}",
                language.either("撤回修改：", "Take back and edit:")
            ));
            Report::done(document("blocked", None, Some(Reason::Person)), page).with_status(Status::Refused)
        }
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::TransactionId;
    use citizen_core::outbox::Progress;

    use super::Reach;

    #[test]
    fn only_what_went_out_now_is_counted_as_sent_now() {
        let mut reach = Reach::default();
        let (one, other) = (TransactionId::generate(), TransactionId::generate());
        for (transaction_id, sent) in [(one, 400), (one, 700), (other, 0), (one, 1_000), (other, 50)] {
            reach.note(Progress {
                transaction_id,
                sent,
                total: 1_000,
                bytes_per_second: 0,
                seconds_left: None,
            });
        }
        assert_eq!(reach.sent(), 1_050);
        assert_eq!(reach.bytes(), 650);
    }
}
