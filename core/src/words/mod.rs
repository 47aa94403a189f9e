//! What each error says to a person, in both languages: what is wrong, and what to do about it. One file a subject.

mod attaching;
mod finding;
mod hardware;
mod keeping;
mod objecting;
mod offering;
mod people;
mod sending;
mod unlocking;
mod visiting;
mod writing;

use citizen_api::Text;

use crate::Error;

/// The words of one error.
pub(crate) struct Words {
    /// The stable name for programs.
    pub(crate) code: &'static str,
    /// What is wrong.
    pub(crate) reason: Text,
    /// What to do; empty where the reason says it.
    pub(crate) action: Text,
}

fn say(code: &'static str, zh: [&str; 2], en: [&str; 2]) -> Words {
    let ([zh_reason, zh_action], [en_reason, en_action]) = (zh, en);
    Words { code, reason: Text::new(zh_reason, en_reason), action: Text::new(zh_action, en_action) }
}

/// The words of an error.
pub(crate) fn words(error: &Error) -> Words {
    unlocking::words(error)
        .or_else(|| hardware::words(error))
        .or_else(|| people::words(error))
        .or_else(|| sending::words(error))
        .or_else(|| writing::words(error))
        .or_else(|| attaching::words(error))
        .or_else(|| finding::words(error))
        .or_else(|| keeping::words(error))
        .or_else(|| objecting::words(error))
        .or_else(|| offering::words(error))
        .or_else(|| visiting::words(error))
        .unwrap_or_else(internal)
}

/// What a mistake in this program says. A person can do nothing about which one it was.
fn internal() -> Words {
    say(
        "internal",
        ["应用内部出了问题，您的内容没有变化。", "请再试一次；一直这样，请更新应用。"],
        [
            "Something went wrong inside the app; nothing of yours has changed.",
            "Please try again; if it goes on, update the app.",
        ],
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use citizen_api::problem::{Problem, ProblemType};
    use citizen_api::{Language, Text};

    use super::{Words, words};
    use crate::credential::CardError;
    use crate::session::SignInFault;
    use crate::{Error, ErrorKind};

    #[test]
    fn a_wait_is_rounded_up_so_that_nobody_comes_too_early() {
        for (milliseconds, zh, en) in [
            (200, " 1 秒", "1 second"),
            (29_001, " 30 秒", "30 seconds"),
            (30_000, " 30 秒", "30 seconds"),
            (60_000, " 1 分钟", "1 minute"),
            (60_001, " 2 分钟", "2 minutes"),
            (3_600_000, " 60 分钟", "60 minutes"),
        ] {
            let error = Error::PinPaused { wait: Duration::from_millis(milliseconds) };
            assert_eq!(error.action(Language::Zh), format!("请等{zh}再试。"));
            assert_eq!(error.action(Language::En), format!("Please try again in {en}."));
        }
    }

    #[test]
    fn a_sentence_says_what_is_wrong_and_what_to_do() {
        let sentence = |language| Error::StoreNewer.sentence(language);
        assert_eq!(
            sentence(Language::Zh),
            "这份资料是更新的版本写的，现在的版本读不了，没有改动任何内容。请更新应用。"
        );
        assert_eq!(
            sentence(Language::En),
            "This data was written by a newer version; nothing of it was changed. Please update the app."
        );
    }

    /// Those about who a person is.
    fn who_it_is(wait: Duration) -> Vec<Error> {
        vec![
            Error::Locked,
            Error::WrongPin { wait, tries_left: 3 },
            Error::PinUsedUp,
            Error::PinPaused { wait },
            Error::PinTooWeak,
            Error::NoSuchPerson,
            Error::KeyMissing,
            Error::VaultUnavailable,
            Error::DeviceNotYetUnlocked,
            Error::KeyInvalidated,
            Error::SignInFailed { why: SignInFault::Clock },
            Error::ConsentNeeded,
            Error::SomebodyElseSignedIn,
            Error::NotSignedIn,
            Error::SignInRequired,
            Error::SignInAgain(Box::default()),
        ]
    }

    /// Those about what the city finds, parcels and counters.
    fn in_town() -> Vec<Error> {
        vec![
            Error::UnknownOffer,
            Error::CannotDecline,
            Error::OfferClosed,
            Error::NothingSaid,
            Error::UnknownParcel,
            Error::ParcelOnItsWay,
            Error::AddressIncomplete,
            Error::UnknownCounter,
            Error::NoCounters,
            Error::NotDoneThere,
            Error::UnknownBooking,
            Error::BookingOver,
        ]
    }

    /// One error of each kind but a mistake in this program.
    fn every_error() -> Vec<Error> {
        let wait = Duration::from_secs(30);
        let text = || Text::new("一。", "One.");
        let problem = Problem { kind: ProblemType::NotFound, status: 404, title: text(), pointer: None };
        let errors = [
            who_it_is(wait),
            in_town(),
            vec![
                Error::Offline,
                Error::CityUnreachable,
                Error::CityBusy { retry_after: Some(wait) },
                Error::CityAnsweredNonsense,
                Error::Refused(Box::new(problem)),
                Error::UnknownService,
                Error::NeedsNewerApp,
                Error::NothingToFile,
                Error::UnknownField { field: "x".into() },
                Error::InvalidAnswer { field: "x".into(), reason: text() },
                Error::UnknownRequirement { requirement: "x".into() },
                Error::PaperNotNeeded { title: text() },
                Error::UnknownDeclaration,
                Error::UnknownDelivery,
                Error::DraftGone,
                Error::AlreadySubmitted,
                Error::FormIncomplete { needed: Vec::new() },
                Error::FileEmpty,
                Error::FileTooLarge { limit: 1, size: 2 },
                Error::FileNotAccepted { claimed: "image/png".into(), found: "image/gif".into() },
                Error::FileUnreadable,
                Error::PictureTooLarge,
                Error::FileEncrypted,
                Error::FileUnpacksTooLarge,
                Error::FileTwoInOne,
                Error::Cancelled,
                Error::FileAlreadyAttached,
                Error::TooManyFiles { limit: 1 },
                Error::AttachmentGone,
                Error::NoMandate,
                Error::NotInOutbox,
                Error::NotRefused,
                Error::NothingToShare,
                Error::RegisterLogAltered,
                Error::UnknownReading,
                Error::UnknownCase,
                Error::NothingAsked,
                Error::UnknownCard,
                Error::Card(CardError::Revoked),
                Error::StoreNewer,
                Error::StoreUnreadable { set_aside: None },
                Error::RecordAltered,
                Error::StoreFull,
                Error::StoreReadOnly,
                Error::StoreFailed,
                Error::StoreBusy,
            ],
        ]
        .concat();
        assert_eq!(errors.len(), errors.iter().map(std::mem::discriminant).collect::<HashSet<_>>().len());
        errors
    }

    /// The same with each of those that say more than one thing.
    fn everything_said() -> Vec<Error> {
        let cards = [
            CardError::Malformed,
            CardError::Altered,
            CardError::UnknownIssuer,
            CardError::NotShownByHolder,
            CardError::CodeTooOld,
            CardError::Expired,
            CardError::StatusUnknown,
            CardError::Incomplete,
        ];
        let sign_ins = SignInFault::ALL.into_iter().filter(|why| *why != SignInFault::Clock);
        let set_aside = Error::StoreUnreadable { set_aside: Some("store.db-1".into()) };
        let more = [set_aside, Error::internal("a defect")].into_iter();
        let cards = cards.into_iter().map(Error::Card);
        let sign_ins = sign_ins.map(|why| Error::SignInFailed { why });
        every_error().into_iter().chain(cards).chain(sign_ins).chain(more).collect()
    }

    /// A row of the list that shells are tested with.
    fn row(error: &Error) -> String {
        let kind = match error.kind() {
            ErrorKind::WrongUse => "wrong use",
            ErrorKind::Waiting => "waiting",
            ErrorKind::Refused => "refused",
            ErrorKind::Failed => "failed",
        };
        let Words { code, reason, action } = words(error);
        format!("| `{code}` | {kind} | {} | {} | {} | {} |", reason.zh, action.zh, reason.en, action.en)
    }

    #[test]
    fn the_list_of_errors_is_what_the_core_says() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md");
        let kept = std::fs::read_to_string(file).unwrap();
        let (head, _) = kept.split_once("| --- |").expect("a table");
        let rows: Vec<String> = everything_said().iter().map(row).collect();
        let said = format!("{head}| --- | --- | --- | --- | --- | --- |\n{}\n", rows.join("\n"));
        if std::env::var_os("WRITE_ERRORS").is_some() {
            std::fs::write(file, &said).unwrap();
        } else {
            assert!(kept == said, "docs/errors.md is not what the core says: write it with WRITE_ERRORS=1");
        }
    }

    #[test]
    fn every_error_has_words_of_its_own_in_both_languages() {
        let mut codes = HashSet::new();
        for error in every_error() {
            let words = words(&error);
            assert!(
                words.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{}",
                words.code
            );
            assert!(codes.insert(words.code), "{} stands for two errors, or for none", words.code);
            assert_ne!(words.code, "internal");
            assert!(!words.reason.zh.is_empty() && !words.reason.en.is_empty(), "{}", words.code);
            for text in [words.reason, words.action] {
                assert_eq!(text.zh.is_empty(), text.en.is_empty(), "{}", words.code);
                assert!(
                    text.zh.is_empty() || text.zh.ends_with('。') && text.en.ends_with('.'),
                    "{}",
                    words.code
                );
            }
        }
    }
}
