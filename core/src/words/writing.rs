//! Filling in a form.

use citizen_api::Text;

use super::{Words, say};
use crate::Error;
use crate::form::Needed;

/// The words of an error of this subject.
pub(super) fn words(error: &Error) -> Option<Words> {
    Some(match error {
        Error::UnknownService => say(
            "unknown-service",
            ["没有这个事项。", "请查一下事项名称，或联网更新目录。"],
            ["There is no such service.", "Please look up its name, or update the catalogue with a network."],
        ),
        Error::NeedsNewerApp => say(
            "needs-newer-app",
            ["这个事项用到了本版本还没有的功能。", "请更新应用后再办。"],
            [
                "This service needs something that this version does not have yet.",
                "Please update the app and try again.",
            ],
        ),
        Error::NothingToFile => say(
            "nothing-to-file",
            ["这个事项不用申请。", "请直接查看。"],
            ["Nothing is filed for this service.", "Please just look it up."],
        ),
        Error::UnknownField { field } => say(
            "unknown-field",
            [&format!("表单里没有“{field}”这一项。"), "请查看表单里有哪些项目。"],
            [&format!("The form has no field “{field}”."), "Please look at which fields it has."],
        ),
        Error::InvalidAnswer { reason, .. } => {
            Words { code: "invalid-answer", reason: reason.clone(), action: Text::default() }
        }
        Error::UnknownRequirement { requirement } => say(
            "unknown-requirement",
            [&format!("这个事项没有“{requirement}”这份材料。"), "请查看需要哪些材料。"],
            [
                &format!("This service asks for no paper “{requirement}”."),
                "Please look at which papers it asks for.",
            ],
        ),
        Error::PaperNotNeeded { title } => say(
            "paper-not-needed",
            [&format!("“{}”不用您交。", title.zh), "请继续下一步。"],
            [&format!("“{}” need not be handed in.", title.en), "Please go on with the next step."],
        ),
        Error::UnknownDeclaration => say(
            "unknown-declaration",
            ["这个事项没有这份承诺书。", "请查看需要哪些承诺。"],
            ["This service asks for no such declaration.", "Please look at which ones it asks for."],
        ),
        Error::UnknownDelivery => say(
            "unknown-delivery",
            ["这个事项的结果不能这样送达。", "请在列出的方式里选一种。"],
            [
                "The result of this service does not reach you that way.",
                "Please choose one of the ways it lists.",
            ],
        ),
        Error::FormIncomplete { needed } => form_incomplete(needed),
        _ => return None,
    })
}

/// Everything that is still needed, each in its own sentence: a person mends all of it in one go.
fn form_incomplete(needed: &[Needed]) -> Words {
    let sentences: Vec<Text> = needed.iter().map(Needed::sentence).collect();
    let zh: Vec<&str> = sentences.iter().map(|sentence| sentence.zh.as_str()).collect();
    let en: Vec<&str> = sentences.iter().map(|sentence| sentence.en.as_str()).collect();
    say(
        "form-incomplete",
        ["还差几样才能提交。", &zh.join("")],
        ["Something is still needed before this can be filed.", &en.join(" ")],
    )
}
