//! What a service leaves for a person to do, told before it is opened.

use citizen_api::Text;
use citizen_api::evidence::Requirement;

use super::resolve::{Registers, Resolution, resolve};

/// How many papers a service takes from this person, and how many it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceSummary {
    /// Papers that the citizen must provide.
    pub asked: u32,
    /// Papers that an office asks for only where a case needs them.
    pub on_request: u32,
    /// Papers that a register provides instead, or will.
    pub prefilled: u32,
    /// Papers that are not needed: cancelled, declared, or checked between departments.
    pub not_needed: u32,
    /// Papers that no route provides for this person.
    pub without_route: u32,
}

/// Counts the requirements of a service for this person.
pub fn summarise(requirements: &[Requirement], registers: &Registers) -> EvidenceSummary {
    let mut summary = EvidenceSummary::default();
    for requirement in requirements {
        let count = match resolve(requirement, registers) {
            Resolution::Provided(provided) if provided.min_files == 0 => &mut summary.on_request,
            Resolution::Provided(_) => &mut summary.asked,
            Resolution::Shared { .. } | Resolution::Pending { .. } | Resolution::Deferred { .. } => {
                &mut summary.prefilled
            }
            Resolution::Cancelled { .. } | Resolution::Declared { .. } | Resolution::Checked { .. } => {
                &mut summary.not_needed
            }
            Resolution::NoRoute => &mut summary.without_route,
        };
        *count = count.saturating_add(1);
    }
    summary
}

/// What a service leaves for a person to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook<'a> {
    /// The papers to have at hand.
    pub files: Vec<&'a Requirement>,
    /// The papers that a declaration stands for.
    pub declared: Vec<&'a Requirement>,
    /// The papers for which a counter must help.
    pub at_counter: Vec<&'a Requirement>,
}

/// What a service leaves for this person to do. Registers that were not asked are counted on, so that before any
/// login it says what holds for a person whom they know.
pub fn outlook<'a>(requirements: &'a [Requirement], registers: &Registers) -> Outlook<'a> {
    let mut outlook = Outlook::default();
    for requirement in requirements {
        match resolve(requirement, registers) {
            Resolution::Provided(provided) if provided.min_files > 0 => outlook.files.push(requirement),
            Resolution::Declared { .. } => outlook.declared.push(requirement),
            Resolution::NoRoute => outlook.at_counter.push(requirement),
            _ => {}
        }
    }
    outlook
}

impl Outlook<'_> {
    /// Whether the ID is enough (一证通办): nothing to bring, nothing to photograph. A declaration is signed on the
    /// phone and asks for no paper.
    pub fn only_the_id(&self) -> bool {
        self.files.is_empty() && self.at_counter.is_empty()
    }

    /// What is needed, as a sentence for the person.
    pub fn sentence(&self) -> Text {
        let mut zh = match self.only_the_id() {
            true => "只要身份证，不用交材料".to_owned(),
            false => format!(
                "要准备：{}",
                named(self.files.iter().chain(&self.at_counter), "、", |title| &title.zh)
            ),
        };
        let mut en = match self.only_the_id() {
            true => "Nothing needed but your ID".to_owned(),
            false => {
                format!(
                    "To have at hand: {}",
                    named(self.files.iter().chain(&self.at_counter), ", ", |title| &title.en)
                )
            }
        };
        if !self.declared.is_empty() {
            zh.push_str(&format!("；签承诺书代替{}", named(self.declared.iter(), "、", |title| &title.zh)));
            en.push_str(&format!(
                "; a declaration stands for: {}",
                named(self.declared.iter(), ", ", |title| &title.en)
            ));
        }
        Text::new(format!("{zh}。"), format!("{en}."))
    }
}

fn named<'r>(
    requirements: impl Iterator<Item = &'r &'r Requirement>,
    between: &str,
    side: fn(&Text) -> &String,
) -> String {
    requirements.map(|requirement| side(&requirement.title).as_str()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::evidence::EvidenceRoute;

    use super::{EvidenceSummary, outlook, summarise};
    use crate::evidence::Registers;
    use crate::evidence::testing::{cancelled, provided, record, requirement, said, shared_route};

    #[test]
    fn the_summary_counts_each_paper_once() {
        let requirements = [
            requirement("invoice", vec![provided(1)]),
            requirement("prescription", vec![provided(0)]),
            requirement("id-card", vec![shared_route(), provided(1)]),
            requirement("residence-proof", vec![cancelled()]),
            requirement("check", vec![EvidenceRoute::Checked { department: Text::default() }]),
            requirement("other", vec![shared_route()]),
        ];
        let registers = said(vec![record("id-card", "population")]);
        assert_eq!(
            summarise(&requirements, &registers),
            EvidenceSummary { asked: 1, on_request: 1, prefilled: 1, not_needed: 2, without_route: 1 }
        );
    }

    #[test]
    fn what_is_needed_is_said_before_anybody_is_asked() {
        let requirements = [
            requirement("身份证", vec![shared_route(), provided(1)]),
            requirement("处方", vec![provided(0)]),
            requirement("说明", vec![EvidenceRoute::Declared { declaration: "statement".into() }]),
        ];
        let before = outlook(&requirements, &Registers::not_asked());
        assert!(before.only_the_id());
        assert_eq!(before.sentence().zh, "只要身份证，不用交材料；签承诺书代替说明。");
        let registers = said(Vec::new());
        let after = outlook(&requirements, &registers);
        assert!(!after.only_the_id());
        assert_eq!(after.sentence().zh, "要准备：身份证；签承诺书代替说明。");
        assert_eq!(after.sentence().en, "To have at hand: 身份证; a declaration stands for: 说明.");
    }
}
