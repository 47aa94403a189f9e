//! Papers, declarations and files.

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::evidence::{Declaration, Provided};
use citizen_api::register::Source;
use citizen_api::{AttachmentId, DeclarationId, RegisterId, RequirementId, Text};
use citizen_core::attachment::AttachmentView;
use citizen_core::form::{DeclarationView, EvidenceCounts, RequirementView, ResolutionView};
use jiff::Timestamp;

/// A paper, and how it is met.
#[uniffi::remote(Record)]
pub struct RequirementView {
    /// The requirement's name.
    pub requirement_id: RequirementId,
    /// What people call the paper.
    pub title: Text,
    /// What it is needed for, or how to find it.
    pub help: Option<Text>,
    /// How it is met for this person.
    pub resolution: ResolutionView,
    /// Whether nothing more is to be done for it.
    pub met: bool,
}

/// How a paper is met for this person.
#[uniffi::remote(Enum)]
pub enum ResolutionView {
    /// No longer asked of anyone.
    Cancelled {
        /// The legal ground.
        ground: Text,
    },
    /// A register has it.
    Shared {
        /// Which one, and of which day its record is.
        source: Source,
    },
    /// The person signs a declaration instead.
    Declared {
        /// Which one.
        declaration_id: DeclarationId,
    },
    /// The departments ask each other after filing.
    Checked {
        /// The department that is asked.
        department: Text,
    },
    /// A register may have it and has not been asked yet.
    Pending {
        /// The register.
        register: RegisterId,
        /// What may be provided all the same, where anything.
        fallback: Option<Provided>,
        /// The files that are there.
        files: Vec<AttachmentView>,
    },
    /// The register that may have it is down. The city looks it up later; a file makes it faster.
    Deferred {
        /// The register.
        register: RegisterId,
        /// What may be provided instead, where anything.
        fallback: Option<Provided>,
        /// The files that are there.
        files: Vec<AttachmentView>,
    },
    /// The person provides files.
    Provided {
        /// How many, how large and of what kinds.
        provided: Provided,
        /// Those that are there.
        files: Vec<AttachmentView>,
    },
    /// No route is possible for this person: a counter must help.
    NoRoute,
}

/// What may be provided as a file.
#[uniffi::remote(Record)]
pub struct Provided {
    /// The fewest files that meet the requirement.
    pub min_files: u32,
    /// The most files.
    pub max_files: u32,
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// The media types that are accepted.
    pub accept: Vec<String>,
}

/// A file of a draft.
#[uniffi::remote(Record)]
pub struct AttachmentView {
    /// The file's name at the phone, and at the city the name it is uploaded under.
    pub attachment_id: AttachmentId,
    /// What it is shown for.
    pub requirement_id: RequirementId,
    /// What the person's own file was called. Never sent.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// Its size in bytes, as it will be sent.
    pub size: u64,
    /// SHA-256 of what will be sent.
    pub sha256: String,
    /// When it was attached, by the phone's clock.
    pub attached_at: Timestamp,
}

/// A declaration that stands for a paper.
#[uniffi::remote(Record)]
pub struct DeclarationView {
    /// What is declared, and what follows if it is not true.
    pub declaration: Declaration,
    /// Whether the person has agreed to it.
    pub agreed: bool,
}

/// A declaration that stands for a proof.
#[uniffi::remote(Record)]
pub struct Declaration {
    /// The declaration's name.
    pub declaration_id: DeclarationId,
    /// Its heading.
    pub title: Text,
    /// What the citizen declares.
    pub statement: Text,
    /// What follows if it is not true.
    pub consequences: Text,
}

/// How many papers a service takes from this person, and how many it does not.
#[uniffi::remote(Record)]
pub struct EvidenceCounts {
    /// Papers that the person must provide.
    pub asked: u32,
    /// Papers that an office asks for only where a case needs them.
    pub on_request: u32,
    /// Papers that a register provides instead.
    pub prefilled: u32,
    /// Papers that are not needed: cancelled, declared, or checked between departments.
    pub not_needed: u32,
    /// Papers that no route provides for this person.
    pub without_route: u32,
}

/// How a result can reach the citizen.
#[uniffi::remote(Enum)]
pub enum DeliveryChoice {
    /// In the app, at once.
    Phone,
    /// By courier to the door.
    Courier,
    /// Fetched at a counter.
    Counter,
}
