//! What a draft still needs before it can be filed, in words.

use citizen_api::Text;

use super::papers::{DeclarationView, RequirementView, ResolutionView};
use super::view::{DraftKind, Needed};

/// What is still needed, in the order a person meets it: answers, papers, declarations.
pub(super) fn needed(
    kind: &DraftKind,
    answers: Vec<Needed>,
    requirements: &[RequirementView],
    declarations: &[DeclarationView],
    note: &str,
) -> Vec<Needed> {
    if let DraftKind::Supplement { .. } = kind {
        return supplement(requirements, note);
    }
    let papers = requirements.iter().filter_map(paper);
    let words =
        declarations.iter().filter(|declaration| !declaration.agreed).map(|view| Needed::Declaration {
            declaration_id: view.declaration.declaration_id.clone(),
            title: view.declaration.title.clone(),
        });
    answers.into_iter().chain(papers).chain(words).collect()
}

/// An office's request is answered with at least one file, or in words.
fn supplement(requirements: &[RequirementView], note: &str) -> Vec<Needed> {
    let has_file = requirements.iter().any(|requirement| !requirement.resolution.files().is_empty());
    match has_file || !note.trim().is_empty() {
        true => Vec::new(),
        false => vec![Needed::Reply],
    }
}

fn paper(requirement: &RequirementView) -> Option<Needed> {
    let (requirement_id, title) = (requirement.requirement_id.clone(), requirement.title.clone());
    match &requirement.resolution {
        ResolutionView::NoRoute => Some(Needed::Counter { requirement_id, title }),
        ResolutionView::Provided { provided, files } => {
            let have = u32::try_from(files.len()).unwrap_or(u32::MAX);
            let missing = provided.min_files.saturating_sub(have);
            (missing > 0).then_some(Needed::Files { requirement_id, title, missing })
        }
        _ => None,
    }
}

impl Needed {
    /// What is needed, as a sentence for the person.
    pub fn sentence(&self) -> Text {
        match self {
            Self::Answer { label, reason, .. } => {
                Text::new(format!("“{}”：{}", label.zh, reason.zh), format!("{}: {}", label.en, reason.en))
            }
            Self::Files { title, missing, .. } => Text::new(
                format!("“{}”还差 {missing} 份，请拍照或选择文件。", title.zh),
                format!("{}: {missing} more to add. Please photograph it or choose a file.", title.en),
            ),
            Self::Declaration { title, .. } => Text::new(
                format!("请阅读“{}”，同意后再提交。", title.zh),
                format!("Please read “{}” and agree to it before filing.", title.en),
            ),
            Self::Counter { title, .. } => Text::new(
                format!("“{}”在手机上办不了，请到就近的服务窗口，工作人员会帮您办理。", title.zh),
                format!(
                    "{} cannot be met on the phone. Please go to the nearest counter, where staff will help.",
                    title.en
                ),
            ),
            Self::Reply => Text::new(
                "请附上材料，或写几句说明，再提交。",
                "Please attach a file or write a few words before sending.",
            ),
        }
    }
}
