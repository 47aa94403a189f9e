//! What people call the registers.

use citizen_api::{RegisterId, Text};

/// The name of a register. One that was added without a name here is called by its own.
pub(crate) fn title(register: &RegisterId) -> Text {
    match register.as_str() {
        "population" => Text::new("人口信息库", "Population register"),
        "social_insurance" => Text::new("社会保险信息库", "Social-insurance register"),
        "medical_insurance" => Text::new("医疗保险信息库", "Medical-insurance register"),
        "medical_bills" => Text::new("医疗票据信息库", "Register of medical bills"),
        other => Text::new(other, other),
    }
}
