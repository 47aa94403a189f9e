use citizen_api::Text;
use citizen_api::form::{ChoiceOption, Field, FieldKind};
use citizen_api::money::Fen;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{AnswerError, AnswerType, check, read};
use crate::{BankAccountError, IdNumberError, PhoneError};

fn field(kind: FieldKind) -> Field {
    Field { required: true, ..Field::new("field", Text::new("问题", "question"), kind) }
}

fn visit_kind() -> FieldKind {
    let option =
        |value: &str, zh: &str, en: &str| ChoiceOption { value: value.to_owned(), label: Text::new(zh, en) };
    FieldKind::Choice {
        options: vec![option("outpatient", "门诊", "outpatient"), option("inpatient", "住院", "inpatient")],
    }
}

fn kinds() -> Vec<FieldKind> {
    vec![
        FieldKind::Text { max_length: 10 },
        FieldKind::LongText { max_length: 20 },
        FieldKind::Number { min: -5, max: 5 },
        FieldKind::Money { min: 1, max: 100_000 },
        FieldKind::Date,
        visit_kind(),
        FieldKind::YesNo,
        FieldKind::IdNumber,
        FieldKind::Phone,
        FieldKind::BankAccount,
        FieldKind::Unknown,
    ]
}

#[test]
fn good_answers_are_kept_in_their_normal_form() {
    for (kind, value, normal) in [
        (FieldKind::Text { max_length: 3 }, json!(" 㐂䶮𠮷 "), json!("㐂䶮𠮷")),
        (FieldKind::LongText { max_length: 3 }, json!("一\r\n二"), json!("一\n二")),
        (FieldKind::Number { min: 1, max: 3 }, json!(3), json!(3)),
        (FieldKind::Money { min: 0, max: 5 }, json!(0), json!(0)),
        (FieldKind::Date, json!("2024-02-29"), json!("2024-02-29")),
        (visit_kind(), json!("inpatient"), json!("inpatient")),
        (FieldKind::YesNo, json!(false), json!(false)),
        (FieldKind::IdNumber, json!("11010519491231002x"), json!("11010519491231002X")),
        (FieldKind::Phone, json!("138 0013 8000"), json!("13800138000")),
        (FieldKind::BankAccount, json!("4111 1111 1111 1111"), json!("4111111111111111")),
    ] {
        assert_eq!(check(&field(kind), &value), Ok(normal), "{value}");
    }
}

#[test]
fn each_fault_is_named() {
    let wrong = |expected| AnswerError::WrongType { expected };
    for (kind, value, error) in [
        (FieldKind::Text { max_length: 3 }, json!(3), wrong(AnswerType::Text)),
        (FieldKind::Text { max_length: 3 }, json!("  "), AnswerError::Missing),
        (
            FieldKind::Text { max_length: 3 },
            json!("一二三四"),
            AnswerError::TooLong { max_length: 3, found: 4 },
        ),
        (FieldKind::Text { max_length: 9 }, json!("a\nb"), AnswerError::ControlCharacter { position: 2 }),
        (
            FieldKind::LongText { max_length: 9 },
            json!("a\u{0}b"),
            AnswerError::ControlCharacter { position: 2 },
        ),
        (FieldKind::Number { min: 1, max: 3 }, json!("3"), wrong(AnswerType::WholeNumber)),
        (FieldKind::Number { min: 1, max: 3 }, json!(2.5), wrong(AnswerType::WholeNumber)),
        (FieldKind::Number { min: 1, max: 3 }, json!(4), AnswerError::NumberOutOfBounds { min: 1, max: 3 }),
        (
            FieldKind::Number { min: 1, max: 3 },
            json!(u64::MAX),
            AnswerError::NumberOutOfBounds { min: 1, max: 3 },
        ),
        (FieldKind::Money { min: 1, max: 3 }, json!(1.0), wrong(AnswerType::Amount)),
        (
            FieldKind::Money { min: 1, max: 3 },
            json!(0),
            AnswerError::MoneyOutOfBounds { min: Fen(1), max: Fen(3) },
        ),
        (FieldKind::Date, json!(20_260_101), wrong(AnswerType::Day)),
        (FieldKind::Date, json!("2026-02-29"), AnswerError::NotADate),
        (FieldKind::Date, json!("20260101"), AnswerError::NotADate),
        (FieldKind::Date, json!("2026-01-01T00:00"), AnswerError::NotADate),
        (FieldKind::YesNo, json!("yes"), wrong(AnswerType::YesNo)),
        (FieldKind::YesNo, Value::Null, wrong(AnswerType::YesNo)),
        (FieldKind::IdNumber, json!("1"), IdNumberError::Length { found: 1 }.into()),
        (FieldKind::Phone, json!("1"), PhoneError::Length { found: 1 }.into()),
        (FieldKind::BankAccount, json!("1"), BankAccountError::Length { found: 1 }.into()),
        (FieldKind::Unknown, json!("1"), AnswerError::UnknownKind),
    ] {
        assert_eq!(check(&field(kind), &value), Err(error), "{value}");
    }
}

#[test]
fn a_wrong_choice_is_told_what_can_be_chosen() {
    let error = check(&field(visit_kind()), &json!("dental")).unwrap_err();
    assert_eq!(error.reason().zh, "请从这些当中选一项：门诊、住院。");
}

#[test]
fn an_optional_text_may_be_empty() {
    let mut field = field(FieldKind::Text { max_length: 3 });
    field.required = false;
    assert_eq!(check(&field, &json!(" ")), Ok(json!("")));
}

#[test]
fn typed_text_is_read_as_the_field_asks() {
    let money = || FieldKind::Money { min: 0, max: i64::MAX };
    for (kind, typed, value) in [
        (money(), "1,280.5", json!(128_050)),
        (money(), "¥ 1２8０.05元", json!(128_005)),
        (money(), "3", json!(300)),
        (FieldKind::Number { min: -9, max: 9 }, " ３ ", json!(3)),
        (FieldKind::Date, "2026年1月3日", json!("2026-01-03")),
        (FieldKind::Date, "2026/11/23", json!("2026-11-23")),
        (visit_kind(), "门诊", json!("outpatient")),
        (visit_kind(), " Inpatient ", json!("inpatient")),
        (visit_kind(), "outpatient", json!("outpatient")),
        (FieldKind::YesNo, "是", json!(true)),
        (FieldKind::YesNo, "No", json!(false)),
        (FieldKind::Text { max_length: 9 }, " 一 ", json!("一")),
    ] {
        assert_eq!(read(&field(kind), typed), Ok(value), "{typed}");
    }
}

#[test]
fn typed_text_that_cannot_be_read_is_refused() {
    let money = || FieldKind::Money { min: 0, max: i64::MAX };
    for (kind, typed) in [
        (money(), ""),
        (money(), ".5"),
        (money(), "1.005"),
        (money(), "-1"),
        (money(), "1e3"),
        (money(), "99999999999999999999"),
        (FieldKind::Number { min: 0, max: 9 }, "1.0"),
        (FieldKind::Date, "2026-13-01"),
        (FieldKind::Date, "昨天"),
        (visit_kind(), "看病"),
        (FieldKind::YesNo, "也许"),
    ] {
        assert!(read(&field(kind), typed).is_err(), "{typed}");
    }
}

proptest! {
    #[test]
    fn the_normal_form_is_its_own_normal_form(text in any::<String>(), number in any::<i64>()) {
        for kind in kinds() {
            let field = field(kind);
            for value in [json!(text), json!(number)] {
                if let Ok(normal) = check(&field, &value) {
                    prop_assert_eq!(check(&field, &normal), Ok(normal));
                }
            }
        }
    }

    #[test]
    fn every_refusal_has_words_in_both_languages(text in any::<String>()) {
        for kind in kinds() {
            if let Err(error) = read(&field(kind), &text) {
                let reason = error.reason();
                prop_assert!(reason.zh.ends_with('。') && reason.en.ends_with('.'));
            }
        }
    }
}
