//! Which bank an account number begins with, for the cards that most people carry.
//!
//! The first six digits name the issuer (ISO/IEC 7812). Issuers add beginnings all the time, so a number that is not
//! listed is as good as any other: the bank is a help to see a slip at a glance, never a judgement.

use citizen_api::Text;

/// A bank, and beginnings of its debit cards.
struct Bank {
    zh: &'static str,
    en: &'static str,
    beginnings: &'static [&'static str],
}

const fn bank(zh: &'static str, en: &'static str, beginnings: &'static [&'static str]) -> Bank {
    Bank { zh, en, beginnings }
}

const BANKS: &[Bank] = &[
    bank(
        "中国工商银行",
        "Industrial and Commercial Bank of China",
        &["620200", "621225", "621226", "622200", "622202", "622203", "622208"],
    ),
    bank(
        "中国农业银行",
        "Agricultural Bank of China",
        &["621282", "621336", "622845", "622846", "622848", "623052"],
    ),
    bank(
        "中国银行",
        "Bank of China",
        &["456351", "601382", "621660", "621661", "621663", "621756", "621785", "621790"],
    ),
    bank(
        "中国建设银行",
        "China Construction Bank",
        &["436742", "621081", "621284", "621467", "621700", "622280", "622700"],
    ),
    bank("交通银行", "Bank of Communications", &["621436", "622258", "622260", "622261", "622262"]),
    bank("招商银行", "China Merchants Bank", &["621286", "621483", "621485", "622580", "622588", "622609"]),
    bank(
        "中国邮政储蓄银行",
        "Postal Savings Bank of China",
        &["621095", "621096", "621098", "621799", "622150", "622151", "622188"],
    ),
    bank("中信银行", "China CITIC Bank", &["433670", "622690", "622691", "622692", "622696"]),
    bank("中国光大银行", "China Everbright Bank", &["622660", "622662", "622663", "622664"]),
    bank("中国民生银行", "China Minsheng Bank", &["622615", "622617", "622622"]),
    bank("兴业银行", "Industrial Bank", &["438588", "622908", "622909"]),
    bank("上海浦东发展银行", "Shanghai Pudong Development Bank", &["622518", "622521", "622522"]),
    bank("华夏银行", "Hua Xia Bank", &["622630", "622631", "622632"]),
    bank("浙江农村商业联合银行", "Zhejiang Rural Commercial United Bank", &["621058", "622858"]),
];

/// The bank that a number begins with; none where it is not listed.
pub(super) fn of(number: &str) -> Option<Text> {
    let beginning = number.get(..6)?;
    let bank = BANKS.iter().find(|bank| bank.beginnings.contains(&beginning))?;
    Some(Text::new(bank.zh, bank.en))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BANKS, of};

    #[test]
    fn a_beginning_names_one_bank() {
        let all: Vec<&str> = BANKS.iter().flat_map(|bank| bank.beginnings).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(
            all.iter().all(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit()))
        );
    }

    #[test]
    fn a_number_that_is_not_listed_names_none() {
        assert_eq!(of("6217004762173912291").unwrap().zh, "中国建设银行");
        assert_eq!(of("4111111111111111"), None);
        assert_eq!(of("62170"), None);
    }
}
