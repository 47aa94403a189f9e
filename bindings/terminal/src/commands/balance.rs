//! `citizen balance`: the medical-insurance account, with its age.

use citizen_api::Language;
use citizen_api::insurance::{InsuranceAccount, InsuranceEntry};
use citizen_core::ErrorKind;
use citizen_core::insurance::InsuranceView;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::words::{self, Either};
use crate::output::{Page, Report, Side, age, date, time};
use crate::shell::Shell;

pub(crate) async fn run(shell: &Shell) -> Result<Report, Failure> {
    let insurance = shell.unlocked()?.insurance();
    let (view, missed) = match insurance.refresh().await {
        Ok(view) => (view, None),
        // What waits has a copy to show instead; what is refused has not.
        Err(error) if error.kind() == ErrorKind::Waiting => match insurance.show()? {
            Some(view) => (view, Some(error)),
            None => return Err(error.into()),
        },
        Err(error) => return Err(error.into()),
    };
    let notice = missed.as_ref().map(|error| error.reason(shell.language()));
    let page = page(&view, notice.as_deref(), Timestamp::now(), shell.language());
    Ok(Report::done(document(&view, missed.is_none(), shell.language()), page))
}

fn document(view: &InsuranceView, fresh: bool, language: Language) -> Value {
    let InsuranceView { account, fetched_at } = view;
    let entries: Vec<Value> = account.entries.iter().map(|entry| entry_document(entry, language)).collect();
    json!({
        "year": account.year,
        "current_year_fen": account.current_year,
        "earlier_years_fen": account.earlier_years,
        "reimbursed_this_year_fen": account.reimbursed_this_year,
        "scheme": account.scheme.get(language),
        "as_of": account.as_of,
        "fetched_at": fetched_at,
        "fresh": fresh,
        "entries": entries,
    })
}

fn entry_document(entry: &InsuranceEntry, language: Language) -> Value {
    json!({
        "entry_id": entry.entry_id,
        "date": entry.date,
        "kind": entry.kind,
        "amount_fen": entry.amount,
        "place": entry.place.get(language),
    })
}

fn page(view: &InsuranceView, notice: Option<&str>, now: Timestamp, language: Language) -> Page {
    let InsuranceView { account, fetched_at } = view;
    let mut page = Page::new();
    page.heading(&match language {
        Language::Zh => format!("医保账户 · {}", account.scheme.zh),
        Language::En => format!("Insurance account · {}", account.scheme.en),
    });
    page.facts(&facts(account, language));
    let fetched = age(*fetched_at, now).words(*fetched_at, language);
    let posted = time(account.as_of, language);
    page.item(&match language {
        Language::Zh => format!("截至 {posted} · {fetched}取得"),
        Language::En => format!("As of {posted} · fetched {fetched}"),
    });
    if let Some(notice) = notice {
        page.item(&match language {
            Language::Zh => format!("{notice}这是上次取得的余额。"),
            Language::En => format!("{notice} This is the balance as it was fetched last."),
        });
    }
    if !account.entries.is_empty() {
        page.heading(language.either("明细", "Entries"));
        let rows: Vec<Vec<String>> = account.entries.iter().map(|entry| row(entry, language)).collect();
        page.table(&[Side::Left, Side::Left, Side::Right, Side::Left], &rows);
    }
    page
}

fn facts(account: &InsuranceAccount, language: Language) -> Vec<(String, String)> {
    let year = account.year;
    let labels = match language {
        Language::Zh => [format!("当年账户（{year}）"), "历年账户".to_owned(), "本年已报销".to_owned()],
        Language::En => {
            [format!("This year ({year})"), "Earlier years".to_owned(), "Reimbursed this year".to_owned()]
        }
    };
    let amounts = [account.current_year, account.earlier_years, account.reimbursed_this_year]
        .map(|fen| fen.to_string());
    let widest = amounts.iter().map(|amount| amount.chars().count()).max().unwrap_or(0);
    labels.into_iter().zip(amounts.map(|amount| format!("{amount:>widest$}"))).collect()
}

fn row(entry: &InsuranceEntry, language: Language) -> Vec<String> {
    vec![
        date(entry.date, language),
        words::entry(entry.kind, language).to_owned(),
        entry.amount.to_string(),
        entry.place.get(language).to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use citizen_api::insurance::{EntryKind, InsuranceAccount, InsuranceEntry};
    use citizen_api::{Fen, Language, Text};
    use citizen_core::insurance::InsuranceView;

    use super::{document, page};

    fn view() -> InsuranceView {
        let entry = |entry_id: &str, kind, amount, zh: &str, en: &str| InsuranceEntry {
            entry_id: entry_id.into(),
            date: "2026-11-02".parse().unwrap(),
            kind,
            amount: Fen(amount),
            place: Text::new(zh, en),
        };
        InsuranceView {
            account: InsuranceAccount {
                year: 2026,
                current_year: Fen(128_050),
                earlier_years: Fen(1_034_000),
                reimbursed_this_year: Fen(0),
                scheme: Text::new("职工医保", "Employees"),
                as_of: "2026-11-23T00:00:00Z".parse().unwrap(),
                entries: vec![
                    entry("1", EntryKind::Pharmacy, -3_850, "城中药店", "City pharmacy"),
                    entry("2", EntryKind::Contribution, 42_000, "医保局", "Office"),
                ],
            },
            fetched_at: "2026-11-23T11:57:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_balance_says_how_old_it_is() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        assert_eq!(
            page(&view(), None, now, Language::Zh).as_str(),
            "医保账户 · 职工医保\n  当年账户（2026）   ¥1,280.50\n  历年账户          ¥10,340.00\n  本年已报销             ¥0.00\n  \
             截至 2026年11月23日 08:00 · 3 分钟前取得\n\n明细\n  2026年11月2日  药店  -¥38.50  城中药店\n  \
             2026年11月2日  划入  ¥420.00  医保局\n"
        );
        let offline = page(&view(), Some("没有网络。"), now, Language::Zh);
        assert!(offline.as_str().contains("没有网络。这是上次取得的余额。"));
        assert!(page(&view(), None, now, Language::En).as_str().contains("fetched 3 minutes ago"));
    }

    #[test]
    fn programs_read_whole_fen() {
        let document = document(&view(), false, Language::Zh);
        assert_eq!(document["current_year_fen"], 128_050);
        assert_eq!(document["entries"][0]["amount_fen"], -3_850);
        assert_eq!(document["entries"][0]["kind"], "pharmacy");
        assert_eq!(document["fresh"], false);
    }
}
