//! The one error that leaves the core: few variants, each with its data, told apart by type and never by text.
//!
//! What went wrong inside a library stays inside: it is logged at debug level, without personal data, where it is
//! turned into one of these. The sentences stand in `words.rs`.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use citizen_api::problem::Problem;
use citizen_api::{FieldId, Language, RequirementId, Text};

use crate::credential::CardError;
use crate::form::Needed;
use crate::http::StepUp;
use crate::jws::JwsError;
use crate::session::SignInFault;
use crate::words::{Words, words};

/// What kept the core from doing what it was asked. Where nothing else is said, nothing was changed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[error("{}", self.sentence(Language::En))]
pub enum Error {
    /// The person's data is locked.
    Locked,
    /// The PIN is not the one. The next try is taken after `wait`.
    WrongPin {
        /// How long the next try has to wait.
        wait: Duration,
        /// How many tries there still are before the key is destroyed.
        tries_left: usize,
    },
    /// A wrong PIN was given so often that none is tried for a while.
    PinPaused {
        /// How long still.
        wait: Duration,
    },
    /// The PIN was wrong ten times and the key to the data is destroyed. What the city has can be had again by signing
    /// in; the sealed files stay as they are.
    PinUsedUp,
    /// A PIN that is too easily guessed.
    PinTooWeak,
    /// Nobody of that name has data on this phone.
    NoSuchPerson,
    /// The key that opens the data is not in this phone's vault, as after a backup was restored.
    KeyMissing,
    /// The phone's key vault does not answer.
    VaultUnavailable,
    /// The device was started and not unlocked since: until then its hardware opens nothing.
    DeviceNotYetUnlocked,
    /// The hardware has made a key void, as after another finger was enrolled.
    KeyInvalidated,
    /// A login came to nothing.
    SignInFailed {
        /// Why.
        why: SignInFault,
    },
    /// Nobody has agreed to talking with the city, or not this person.
    ConsentNeeded,
    /// Another person signed in than the one whose turn it was.
    SomebodyElseSignedIn,
    /// Nobody has signed in here yet.
    NotSignedIn,
    /// The session has ended. Reading and writing go on; sending waits.
    SignInRequired,
    /// The city wants the person to sign in anew before it takes this. The session goes on for all else.
    SignInAgain(Box<StepUp>),
    /// There is no network.
    Offline,
    /// The city does not answer.
    CityUnreachable,
    /// The city cannot take it now.
    CityBusy {
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// Something answered that cannot be the city: a Wi-Fi's sign-in page, a broken relay.
    CityAnsweredNonsense,
    /// The city refuses, and says why.
    Refused(Box<Problem>),
    /// No service of that name is in the catalogue on this phone.
    UnknownService,
    /// The service asks for something that this version does not know.
    NeedsNewerApp,
    /// The service is one that nothing is filed for.
    NothingToFile,
    /// The form has no such field.
    UnknownField {
        /// The name that was given.
        field: FieldId,
    },
    /// The answer is not one that the field takes.
    InvalidAnswer {
        /// The field.
        field: FieldId,
        /// What is wrong and how to mend it.
        reason: Text,
    },
    /// No register answered that question, so there is nothing to dispute.
    NothingToDispute,
    /// The service asks for no such paper.
    UnknownRequirement {
        /// The name that was given.
        requirement: RequirementId,
    },
    /// The paper need not be handed in.
    PaperNotNeeded {
        /// The paper.
        title: Text,
    },
    /// The service asks for no such declaration.
    UnknownDeclaration,
    /// The service's result does not travel that way.
    UnknownDelivery,
    /// No draft of that name is here any longer.
    DraftGone,
    /// The draft was filed and can no longer be changed.
    AlreadySubmitted,
    /// The draft cannot be filed yet.
    FormIncomplete {
        /// What is still needed, in the order it is asked.
        needed: Vec<Needed>,
    },
    /// The file has no content.
    FileEmpty,
    /// The file is larger than is accepted.
    FileTooLarge {
        /// The most that is accepted, in bytes.
        limit: u64,
        /// What it has, in bytes.
        size: u64,
    },
    /// The file is not of a kind that is accepted, or not what its name says.
    FileNotAccepted {
        /// What its name says it is.
        claimed: String,
        /// What its content is.
        found: String,
    },
    /// The file cannot be read.
    FileUnreadable,
    /// The picture has more points than anybody can open.
    PictureTooLarge,
    /// The file opens with a password only.
    FileEncrypted,
    /// Unpacked the file would be larger than anybody can open.
    FileUnpacksTooLarge,
    /// The file is of another kind as well.
    FileTwoInOne,
    /// The person gave it up before it was done.
    Cancelled,
    /// The same file is there already.
    FileAlreadyAttached,
    /// The requirement takes no more files.
    TooManyFiles {
        /// How many it takes.
        limit: u32,
    },
    /// No file of that name is attached.
    AttachmentGone,
    /// There is no mandate for it: it was never accepted, has ended, was revoked, or does not cover it.
    NoMandate,
    /// Nothing of that name waits in the outbox.
    NotInOutbox,
    /// The city has not refused it.
    NotRefused,
    /// The city's list of who read this person's records does not continue the one that was kept here.
    RegisterLogAltered,
    /// No reading of that number is on this phone.
    UnknownReading,
    /// The draft is about nothing that a desk could be let read.
    NothingToShare,
    /// No case of that name is on this phone.
    UnknownCase,
    /// The office has not asked for anything in this case.
    NothingAsked,
    /// Nothing that the city has found goes by that name on this phone.
    UnknownOffer,
    /// The city makes this for everyone, so it cannot be declined.
    CannotDecline,
    /// It was declined, or an office is looking into it.
    OfferClosed,
    /// The person has said nothing of what is wrong.
    NothingSaid,
    /// No parcel of that name is on this phone.
    UnknownParcel,
    /// The courier has the parcel, so it cannot go elsewhere.
    ParcelOnItsWay,
    /// The address lacks a name, a mobile number or a place.
    AddressIncomplete,
    /// No counter of that name is in the list on this phone.
    UnknownCounter,
    /// No list of counters was fetched yet.
    NoCounters,
    /// The counter does not do that service.
    NotDoneThere,
    /// No place of that name is booked on this phone.
    UnknownBooking,
    /// The booking has been given back, or the person was served.
    BookingOver,
    /// No card of that name is on this phone, or it was not fetched yet.
    UnknownCard,
    /// A card, or the code it is shown by, is not believed.
    Card(CardError),
    /// The data on disk was written by a newer version. It was not touched.
    StoreNewer,
    /// The data on disk cannot be read.
    StoreUnreadable {
        /// Where the unreadable file was put, once it was.
        set_aside: Option<PathBuf>,
    },
    /// One sealed record or file is not as it was written, and is not used.
    RecordAltered,
    /// The disk is full. What was there before is still there.
    StoreFull,
    /// The data folder cannot be written to.
    StoreReadOnly,
    /// The disk failed.
    StoreFailed,
    /// Another process holds the data for too long.
    StoreBusy,
    /// A defect of this program.
    Internal {
        /// What was not as it must be, for whoever mends it. Never anything personal.
        reason: &'static str,
    },
}

/// Of what kind an error is: what a person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was asked for cannot be: the person corrects it.
    WrongUse,
    /// It cannot be done now: it waits for a network, the city, time or a sign-in.
    Waiting,
    /// The city refuses.
    Refused,
    /// This phone failed.
    Failed,
}

impl Error {
    /// A defect of this program, in words for whoever mends it.
    pub(crate) const fn internal(reason: &'static str) -> Self {
        Self::Internal { reason }
    }

    /// Of what kind it is.
    pub fn kind(&self) -> ErrorKind {
        use ErrorKind::{Failed, Refused, Waiting, WrongUse};
        match self {
            Self::Offline
            | Self::CityUnreachable
            | Self::CityBusy { .. }
            | Self::CityAnsweredNonsense
            | Self::NotSignedIn
            | Self::SignInRequired
            | Self::SignInAgain(_)
            | Self::PinPaused { .. }
            | Self::ConsentNeeded
            | Self::DeviceNotYetUnlocked
            | Self::StoreBusy => Waiting,
            Self::Refused(_) => Refused,
            Self::KeyMissing
            | Self::PinUsedUp
            | Self::KeyInvalidated
            | Self::VaultUnavailable
            | Self::SignInFailed { .. }
            | Self::Card(_)
            | Self::RecordAltered
            | Self::RegisterLogAltered
            | Self::StoreNewer
            | Self::StoreUnreadable { .. }
            | Self::StoreFull
            | Self::StoreReadOnly
            | Self::StoreFailed
            | Self::Internal { .. } => Failed,
            _ => WrongUse,
        }
    }

    /// Whether waiting alone can mend it: the network or the city was not there, or something else answered for it.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::CityUnreachable | Self::CityBusy { .. } | Self::CityAnsweredNonsense
        )
    }

    /// A stable name for programs: lower-case words joined by hyphens.
    pub fn code(&self) -> &'static str {
        words(self).code
    }

    /// What is wrong, in a sentence.
    pub fn reason(&self, language: Language) -> String {
        words(self).reason.get(language).to_owned()
    }

    /// What to do about it, in a sentence; empty where the reason says it.
    pub fn action(&self, language: Language) -> String {
        words(self).action.get(language).to_owned()
    }

    /// What is wrong and what to do.
    pub fn sentence(&self, language: Language) -> String {
        let Words { reason, action, .. } = words(self);
        let gap = match language {
            Language::En if !action.en.is_empty() => " ",
            _ => "",
        };
        format!("{}{gap}{}", reason.get(language), action.get(language))
    }
}

/// What SQLite says, by its code alone: its text can quote what was stored.
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let Some(failure) = error.sqlite_error() else {
            tracing::debug!("a row of the store is not of the form it was written in");
            return Self::internal("a row of the store has another form");
        };
        tracing::debug!(code = failure.extended_code, "the store refused");
        if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE {
            // The index beside the write-ahead log found no room.
            return Self::StoreFull;
        }
        match failure.code {
            ErrorCode::DiskFull => Self::StoreFull,
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::StoreReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::StoreUnreadable { set_aside: None },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::StoreBusy,
            ErrorCode::SystemIoFailure => Self::StoreFailed,
            _ => Self::internal("a statement of the store failed"),
        }
    }
}

/// What the file system says of the data folder.
pub(crate) fn disk(error: io::Error) -> Error {
    tracing::debug!(kind = ?error.kind(), "the data folder refused");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::StoreFull,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Error::StoreReadOnly,
        _ => Error::StoreFailed,
    }
}

impl From<CardError> for Error {
    fn from(error: CardError) -> Self {
        Self::Card(error)
    }
}

impl From<JwsError> for Error {
    fn from(error: JwsError) -> Self {
        tracing::debug!(%error, "a signed document is not believed");
        Self::CityAnsweredNonsense
    }
}
