//! Names, words, days and amounts: what all other types are made of.

use std::time::{Duration, SystemTime};

use citizen_api::{
    ActId, AttachmentId, BookingId, CaseId, CounterId, CredentialId, DeclarationId, DeliveryId, DeviceId,
    EvidenceRequestId, Fen, FieldId, Language, LifeEventId, MandateId, OfferId, RegisterId, RequirementId,
    RuleId, ServiceId, Text, TransactionId,
};
use citizen_core::PersonId;
use citizen_core::draft::{DraftId, FieldPath};
use jiff::Timestamp;
use jiff::civil::{Date as Day, Time};

/// A moment as the platforms have it, to the millisecond; one before 1970 as 1970, since nothing here is so old.
fn system_time(time: Timestamp) -> SystemTime {
    let millis = u64::try_from(time.as_millisecond()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

/// Names that are UUIDs, as text.
macro_rules! uuid_names {
    ($($name:ident),* $(,)?) => {
        $(uniffi::custom_type!($name, String, {
            remote,
            try_lift: |text| Ok(text.parse()?),
            lower: |name| name.to_string(),
        });)*
    };
}

/// Names that are words, as text.
macro_rules! word_names {
    ($($name:ident),* $(,)?) => {
        $(uniffi::custom_type!($name, String, {
            remote,
            try_lift: |text| Ok($name(text)),
            lower: |name| name.0,
        });)*
    };
}

uuid_names!(
    PersonId,
    DraftId,
    TransactionId,
    AttachmentId,
    CaseId,
    EvidenceRequestId,
    CredentialId,
    DeliveryId,
    OfferId,
    BookingId,
    MandateId,
    ActId,
    FieldPath,
);
word_names!(
    LifeEventId,
    ServiceId,
    FieldId,
    RequirementId,
    DeclarationId,
    RegisterId,
    DeviceId,
    RuleId,
    CounterId
);

uniffi::custom_type!(Timestamp, SystemTime, {
    remote,
    try_lift: |time| Ok(Timestamp::try_from(time)?),
    lower: |time| system_time(time),
});
// Called a day, because a date in Swift is a moment.
uniffi::custom_type!(Day, String, {
    remote,
    try_lift: |text| Ok(text.parse()?),
    lower: |day| day.to_string(),
});
// A time of day, such as 09:30:00.
uniffi::custom_type!(Time, String, {
    remote,
    try_lift: |text| Ok(text.parse()?),
    lower: |time| time.to_string(),
});
// Amounts are whole fen on both sides; `words_of_amount` says one as people read it.
uniffi::custom_type!(Fen, i64, { remote, try_lift: |fen| Ok(Fen(fen)), lower: |fen| fen.0 });

/// A language a person can read the product in.
#[uniffi::remote(Enum)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// A text in every language of the product. Both are always there.
#[uniffi::remote(Record)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}
