//! `city residents`: who lives here.

use citizen_api::Text;
use citizen_api::officer::{Resident, ResidentList};

use super::Failure;
use super::client::Desk;

/// List the residents, a hundred a page.
#[derive(clap::Args)]
pub(super) struct Residents {
    /// The page, counted from 0.
    #[arg(long, default_value_t = 0)]
    page: u32,
}

impl Residents {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        let list: ResidentList = desk.get(&format!("/v1/officer/residents?page={}", self.page)).await?;
        desk.show(&list, |list| words(list, self.page))
    }
}

fn words(list: &ResidentList, page: u32) -> Text {
    let lines = |insured: &str, not_insured: &str| {
        let line = |resident: &Resident| {
            let standing = if resident.insured { insured } else { not_insured };
            format!(
                "{}  {}  {standing}  {}  {}",
                resident.id_number, resident.birth_date, resident.name, resident.address
            )
        };
        list.residents.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let mut text = Text::new(lines("已参保", "未参保"), lines("insured", "not insured"));
    if list.residents.is_empty() {
        text = Text::new("这一页没有人。", "There is nobody on this page.");
    } else if list.more {
        text.zh.push_str(&format!("\n后面还有，请加 --page {}。", page + 1));
        text.en.push_str(&format!("\nThere are more: --page {}.", page + 1));
    }
    text
}
