//! What people call the registers.

use citizen_api::{RegisterId, Text};

/// The name of a register. One that was added without a name here is called by its own.
pub(crate) fn title(register: &RegisterId) -> Text {
    match register.as_str() {
        "population" => Text::new("人口信息库", "Population register"),
        "household" => Text::new("户籍信息库", "Household register"),
        "marriage" => Text::new("婚姻登记库", "Marriage register"),
        "death" => Text::new("死亡登记库", "Register of deaths"),
        "property" => Text::new("不动产登记库", "Property register"),
        "business" => Text::new("市场主体登记库", "Business register"),
        "social_insurance" => Text::new("社会保险信息库", "Social-insurance register"),
        "medical_insurance" => Text::new("医疗保险信息库", "Medical-insurance register"),
        "medical_bills" => Text::new("医疗票据信息库", "Register of medical bills"),
        "vehicle" => Text::new("机动车登记库", "Vehicle register"),
        "disability" => Text::new("残疾人信息库", "Disability register"),
        "education" => Text::new("学籍学历信息库", "Education register"),
        "credit" => Text::new("信用信息库", "Credit register"),
        other => Text::new(other, other),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::RegisterId;

    use super::title;
    use crate::catalogue::Documents;
    use crate::registers::prefill::registers_of;

    #[test]
    fn every_register_that_a_document_names_has_a_name_for_people() {
        for service in Documents::BuiltIn.read().unwrap() {
            for register in registers_of(&service) {
                let RegisterId(name) = &register;
                assert_ne!(title(&register).zh, *name, "{}", service.service_id);
            }
        }
    }
}
