//! Each figure in words: what it is called, its value, and how it comes about. The page and the command say the same.

use citizen_api::Text;
use citizen_api::figures::Figures;

/// A figure as it is shown.
pub(crate) struct Shown {
    /// What it is called.
    pub(crate) title: Text,
    /// Its value.
    pub(crate) value: Text,
    /// How it comes about.
    pub(crate) how: Text,
}

fn one(title: (&str, &str), value: Text, how: (&str, &str)) -> Shown {
    Shown { title: Text::new(title.0, title.1), value, how: Text::new(how.0, how.1) }
}

/// The figures in the order in which they are told: first what the documents say, then what the cases say.
pub(crate) fn shown(figures: &Figures) -> [Vec<Shown>; 2] {
    [documents(figures), cases(figures)]
}

fn documents(figures: &Figures) -> Vec<Shown> {
    let proofs = &figures.proofs_cancelled;
    let ways = Text::new(
        format!(
            "{}（直接取消 {}、个人承诺 {}、部门核查 {}、信息共享 {}）",
            proofs.all(),
            proofs.cancelled,
            proofs.declared,
            proofs.checked,
            proofs.shared
        ),
        format!(
            "{} (cancelled {}, declared {}, checked {}, shared {})",
            proofs.all(),
            proofs.cancelled,
            proofs.declared,
            proofs.checked,
            proofs.shared
        ),
    );
    vec![
        one(
            ("网上能办的事项", "Services"),
            number(figures.services),
            ("事项目录里现有的事项。", "What the catalogue offers now."),
        ),
        one(
            ("其中民生事项", "Livelihood services among them"),
            number(figures.livelihood_services),
            ("事项文档里标明的。", "As their documents say."),
        ),
        one(
            ("只凭身份证就能办的民生事项", "Livelihood services for which the ID is enough"),
            percent(figures.one_id_share),
            (
                "登记库里有记录的人，一份材料都不用交的民生事项，占全部民生事项的比例。",
                "Those that take no file from a person whom the registers know, over all of them.",
            ),
        ),
        one(
            ("不用本人再交的证明", "Proofs that nobody need bring"),
            ways,
            (
                "全部事项的要件，按登记库里有记录的人最先用上的办法计。",
                "The requirements of all services, by the first way that such a person takes.",
            ),
        ),
        one(
            ("每个事项平均还要的材料", "Files left per service"),
            average(figures.evidence_declared_per_service),
            (
                "登记库里有记录的人还要交的材料，按全部事项平均。",
                "The files that such a person must provide, averaged over all services.",
            ),
        ),
    ]
}

fn cases(figures: &Figures) -> Vec<Shown> {
    vec![
        one(("办件", "Cases"), number(figures.cases), ("收到的全部申请。", "Everything that was filed.")),
        one(
            ("网上办的", "Filed through the network"),
            percent(figures.online_share),
            ("从网上来的办件，占全部办件的比例。", "The cases that came through the network, over all."),
        ),
        one(
            ("下班时间办的", "Filed while offices were closed"),
            percent(figures.off_hours_share),
            (
                "工作日 9 点到 17 点以外收到的办件，占全部办件的比例。",
                "Those received outside working days from nine to five, over all.",
            ),
        ),
        one(
            ("每件平均要的材料", "Evidence asked per case"),
            average(figures.evidence_asked_per_case),
            (
                "申请时交了材料的要件，加上后来要求补的，按全部办件平均。",
                "The requirements that files were brought for, and those asked for later, averaged over all cases.",
            ),
        ),
        one(
            ("每件平均跑窗口的次数", "Trips to a counter per case"),
            average(figures.trips_per_case),
            (
                "结果要到窗口领取的办件，加上群众说白跑的趟数，按全部办件平均。",
                "The cases whose result is fetched at a counter, and the trips that people say were in vain, averaged over all.",
            ),
        ),
        one(
            ("跑一次没办成", "Could not be done in one trip"),
            number(figures.grievances),
            ("群众反映的全部事情。", "Everything that people complained about."),
        ),
        one(
            ("第一个窗口按时答复的", "Answered in time by the first desk"),
            percent(figures.answered_in_time_share),
            (
                "没有拖到上一级的，占已答复和已超期的比例。",
                "Those that no desk above had to take, over all that were answered or are overdue.",
            ),
        ),
        one(
            ("被拦下的违规索要", "Forbidden requests stopped"),
            number(figures.forbidden_requests),
            (
                "经办人员索要不该要的材料，系统当场拒绝并记录的次数。",
                "How often an officer asked for what may not be asked for, and was refused and recorded.",
            ),
        ),
    ]
}

fn number(count: u64) -> Text {
    Text::new(count.to_string(), count.to_string())
}

fn percent(share: Option<f64>) -> Text {
    share.map_or_else(no_case, |share| {
        let words = format!("{:.1} %", share * 100.0);
        Text::new(words.clone(), words)
    })
}

fn average(value: Option<f64>) -> Text {
    value.map_or_else(no_case, |value| {
        let words = format!("{value:.2}");
        Text::new(words.clone(), words)
    })
}

fn no_case() -> Text {
    Text::new("还没有办件，算不出来", "no case to compute it from yet")
}
