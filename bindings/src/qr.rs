//! The code that a card is shown by, ready to be drawn.

use qrcode::{Color, EcLevel, QrCode};

use crate::CitizenError;

/// A square of dark and light points.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Code {
    /// How many points a side has.
    pub side: u32,
    /// Row by row: 1 is dark, 0 is light.
    pub points: Vec<u8>,
}

/// The QR code of a text.
#[uniffi::export]
pub fn code_of(text: String) -> Result<Code, CitizenError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).map_err(|_| CitizenError::no_code())?;
    let side = u32::try_from(code.width()).unwrap_or_default();
    let points = code.into_colors().into_iter().map(|color| u8::from(color == Color::Dark)).collect();
    Ok(Code { side, points })
}
