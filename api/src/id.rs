//! Identifiers. Each is a type of its own, so that a case can never be looked up by a draft's name.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new one, never given before (UUID version 7: sorted by the time it was made).
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

uuid_id!(
    /// Names one thing a phone asks the city to do, made before the network is touched. It is the
    /// `Idempotency-Key` of the request and is bound to its effect at the city for ever.
    TransactionId
);
uuid_id!(
    /// A file that a citizen attached, named by the phone that holds it.
    AttachmentId
);
uuid_id!(
    /// A case at an office.
    CaseId
);
uuid_id!(
    /// One request for evidence within a case.
    EvidenceRequestId
);
uuid_id!(
    /// An upload resource at the city.
    UploadId
);
uuid_id!(
    /// A credential issued, or offered, to a citizen.
    CredentialId
);
uuid_id!(
    /// A mandate, by which one person acts for another.
    MandateId
);
uuid_id!(
    /// Something that was done under a mandate.
    ActId
);
uuid_id!(
    /// A parcel on its way to a citizen.
    DeliveryId
);

uuid_id!(
    /// A place booked at a counter.
    BookingId
);
uuid_id!(
    /// Something that the city has found for a citizen before they asked.
    OfferId
);

name_id!(
    /// A rule by which the city begins by itself, such as `senior-card-60`.
    RuleId
);
name_id!(
    /// Names an event of a life, such as `retirement`.
    LifeEventId
);
name_id!(
    /// A counter where people are served, such as `hall-3`.
    CounterId
);
name_id!(
    /// A public service, such as `medical-reimbursement`. Lower-case words joined by hyphens.
    ServiceId
);
name_id!(
    /// A field of a form, such as `invoice_number`.
    FieldId
);
name_id!(
    /// A requirement of a public service, such as `invoice`.
    RequirementId
);
name_id!(
    /// A declaration that a public service can ask a citizen to sign.
    DeclarationId
);
name_id!(
    /// A register of the city, such as `population`.
    RegisterId
);
name_id!(
    /// A device, named by the thumbprint of its public key (RFC 7638, SHA-256, base64url without padding).
    DeviceId
);
name_id!(
    /// A citizen as the identity provider names them to this application: the `sub` of the ID token.
    /// Says nothing about the person.
    Subject
);
name_id!(
    /// A place in the city's order of changes. Opaque to the phone.
    SyncCursor
);
