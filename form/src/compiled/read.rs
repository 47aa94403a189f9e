//! Reading a service's document: what is too large is refused before anything of it is looked at.

use citizen_api::Text;
use citizen_api::catalogue::PublicService;

/// How many bytes a service's document may have. The largest that was written by hand has 23 KiB; whoever reads one
/// holds several copies of it for a moment.
pub const MAX_DOCUMENT: usize = 256 * 1_024;

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is larger than [`MAX_DOCUMENT`].
    #[error("the document has more than {MAX_DOCUMENT} bytes")]
    TooLarge,
    /// It is no document that this version understands: damaged, or written for a newer one.
    #[error("the document is none that this version understands")]
    NotUnderstood,
}

/// Reads a service's document. That its form can be shown is said by [`super::CompiledForm::compile`] alone.
pub fn read_service(text: &str) -> Result<PublicService, DocumentError> {
    if text.len() > MAX_DOCUMENT {
        return Err(DocumentError::TooLarge);
    }
    serde_json::from_str(text).map_err(|_| DocumentError::NotUnderstood)
}

impl DocumentError {
    /// What is wrong and what to do.
    pub fn reason(&self) -> Text {
        Text::new(
            "这个事项要用新版应用才能办理。请更新应用；急用的话可以到窗口办理。",
            "This service needs a newer version of the app. Please update it; if it is urgent, go to a counter.",
        )
    }
}
