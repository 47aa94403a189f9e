//! What stands for papers in a case, as a person reads it: nobody has to wonder why no paper was asked for.

use citizen_api::Language;
use citizen_api::case::{Case, CaseDispute, CheckStatus, DisputeStatus, EvidenceCheck};

use crate::output::Page;
use crate::output::words::Either;

/// Declarations, checks between departments, look-ups that wait, and what was said to be wrong in a register.
pub(super) fn page(page: &mut Page, case: &Case, language: Language) {
    let lines: Vec<String> = case
        .declarations
        .iter()
        .map(|signed| match language {
            Language::Zh => format!("已签“{}”", signed.title.zh),
            Language::En => format!("Signed: {}", signed.title.en),
        })
        .chain(case.checks.iter().map(|check| checked(check, language)))
        .chain(case.deferred.iter().map(|waiting| match language {
            Language::Zh => format!("“{}”等{}恢复后由部门去查", waiting.title.zh, waiting.register.zh),
            Language::En => {
                format!("{} is looked up once the {} is back", waiting.title.en, waiting.register.en)
            }
        }))
        .chain(case.disputes.iter().map(|dispute| disputed(dispute, language)))
        .collect();
    if lines.is_empty() {
        return;
    }
    page.heading(language.either("代替材料的", "In place of papers"));
    for line in lines {
        page.item(&line);
    }
}

fn checked(check: &EvidenceCheck, language: Language) -> String {
    let answer = match check.status {
        CheckStatus::Waiting => language.either("正在核查", "is being asked"),
        CheckStatus::Confirmed => language.either("核查属实", "confirmed it"),
        CheckStatus::Contradicted => language.either("核查结果不一致", "says otherwise"),
        CheckStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    };
    let mut line = match language {
        Language::Zh => format!("“{}”由{}核查：{answer}", check.title.zh, check.department.zh),
        Language::En => format!("{}: {} {answer}", check.title.en, check.department.en),
    };
    if let Some(reason) = &check.reason {
        line.push_str(&format!("\n{}", reason.get(language)));
    }
    line
}

fn disputed(dispute: &CaseDispute, language: Language) -> String {
    let stands = match dispute.status {
        DisputeStatus::Received => language.either("已收到，正在核对", "received, being looked at"),
        DisputeStatus::Corrected => language.either("已按您说的更正", "corrected as you said"),
        DisputeStatus::Kept => language.either("核对后保留原记录", "kept as it was"),
        DisputeStatus::Unknown => language.either("请更新应用后查看", "update the app to see"),
    };
    let mut line = match language {
        Language::Zh => format!("{}里的“{}”有误：{stands}", dispute.register.zh, dispute.label.zh),
        Language::En => format!("{} in the {}: {stands}", dispute.label.en, dispute.register.en),
    };
    if let Some(reason) = &dispute.reason {
        line.push_str(&format!("\n{}", reason.get(language)));
    }
    line
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use citizen_api::case::Case;
    use serde_json::json;

    use crate::output::Page;

    #[test]
    fn what_stands_for_papers_is_told_in_both_languages() {
        let text = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
        let name = "0199aaaa-0000-7000-8000-0000deadbeef";
        let case: Case = serde_json::from_value(json!({
            "case_id": name, "transaction_id": name, "service_id": "s", "service_version": 1,
            "title": text("事项", "Service"), "status": "accepted", "revision": 1,
            "received_at": "2026-09-09T01:00:00Z", "promised_by": "2026-09-16", "events": [],
            "declarations": [{ "declaration_id": "d", "title": text("承诺书", "Declaration") }],
            "checks": [{ "requirement_id": "r", "title": text("户籍", "Household"),
                         "department": text("公安局", "Police"), "status": "contradicted",
                         "reason": text("户口不在本市。", "Not registered here.") }],
            "deferred": [{ "requirement_id": "q", "title": text("身份证", "ID card"),
                           "register": text("人口信息库", "Population register") }],
            "disputes": [{ "field_id": "phone", "label": text("手机号", "Phone"),
                           "register": text("人口信息库", "Population register"), "status": "corrected" }],
        }))
        .unwrap();
        let shown = |language| {
            let mut page = Page::new();
            super::page(&mut page, &case, language);
            page.as_str().to_owned()
        };
        let zh = shown(Language::Zh);
        for line in [
            "已签“承诺书”",
            "公安局核查：核查结果不一致",
            "户口不在本市。",
            "等人口信息库恢复",
            "已按您说的更正",
        ] {
            assert!(zh.contains(line), "{line} is not in\n{zh}");
        }
        assert!(shown(Language::En).contains("Phone in the Population register: corrected as you said"));
    }
}
