//! What people type, against the services that the city really offers.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use citizen_api::{Language, Text};
use proptest::prelude::{any, proptest};
use proptest::prop_assert;
use proptest::sample::Index as Choice;

use super::entry::Entry;
use super::packed::{Packed, pack};
use super::search::search;

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The city's own catalogue.
fn packed(entries: Vec<Entry>) -> Packed {
    Packed::open(pack(entries.into_iter().map(Entry::into_source).collect())).unwrap()
}

/// It is packed once: whoever asks a thousand times should wait for the search alone.
fn offered() -> &'static Packed {
    static OFFERED: LazyLock<Packed> = LazyLock::new(read_offered);
    &OFFERED
}

fn read_offered() -> Packed {
    packed(documents().iter().filter_map(|document| Entry::read(document)).collect())
}

fn documents() -> Vec<String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(at("../city/catalogue"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// About two thousand services: the city's own, and each again in every one of some places.
pub(super) fn grown() -> &'static Packed {
    const PLACES: [(&str, &str); 20] = [
        ("稠城", "choucheng"),
        ("江东", "jiangdong"),
        ("北苑", "beiyuan"),
        ("福田", "futian"),
        ("后宅", "houzhai"),
        ("佛堂", "fotang"),
        ("廿三里", "niansanli"),
        ("上溪", "shangxi"),
        ("义亭", "yiting"),
        ("大陈", "dachen"),
        ("苏溪", "suxi"),
        ("赤岸", "chian"),
        ("城西", "chengxi"),
        ("陆港", "lugang"),
        ("双江湖", "two lakes"),
        ("老城", "old town"),
        ("新城", "new town"),
        ("河东", "east bank"),
        ("河西", "west bank"),
        ("山区", "the hills"),
    ];
    static GROWN: LazyLock<Packed> = LazyLock::new(|| {
        let of_place = |document: &String, place: Option<&(&str, &str)>| {
            let mut source = Entry::read(document)?.into_source();
            if let Some((zh, en)) = place {
                source.service_id = format!("{}-{en}", source.service_id).as_str().into();
                source.title =
                    Text::new(format!("{zh}{}", source.title.zh), format!("{} ({en})", source.title.en));
                source.summary.en.push_str(&format!(" This is for {en} alone."));
            }
            Some(source)
        };
        let places = || std::iter::once(None).chain(PLACES.iter().map(Some));
        let documents = documents();
        let sources =
            documents.iter().flat_map(|document| places().map(move |place| of_place(document, place)));
        Packed::open(pack(sources.flatten().collect())).unwrap()
    });
    &GROWN
}

/// The queries that are kept, as they are typed.
pub(super) fn typed() -> Vec<String> {
    let kept = std::fs::read_to_string(at("tests/data/queries.tsv")).unwrap();
    kept.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(typed, _)| typed.to_owned())
        .collect()
}

fn found(packed: &Packed, text: &str, limit: usize) -> Vec<String> {
    let found = search(packed, text, Language::Zh, limit);
    found.into_iter().map(|service| packed.service_id(service).to_string()).collect()
}

/// The queries of a list, and for each that is not answered among the first three, what is found instead.
fn answered(list: &str) -> (usize, Vec<String>) {
    let packed = offered();
    let kept = std::fs::read_to_string(at(list)).unwrap();
    let queries: Vec<(&str, &str)> =
        kept.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect();
    let misses = queries
        .iter()
        .map(|(typed, meant)| (typed, meant, found(packed, typed, 3)))
        .filter(|(_, meant, found)| !meant.split('|').any(|meant| found.iter().any(|found| found == meant)))
        .map(|(typed, meant, found)| format!("{typed}: {meant} is not among {found:?}"))
        .collect();
    (queries.len(), misses)
}

#[test]
fn what_people_mean_is_among_the_first_three() {
    let (queries, misses) = answered("tests/data/queries.tsv");
    assert!(queries >= 260, "only {queries} queries");
    assert!(misses.len() * 20 <= queries, "{} misses:\n{}", misses.len(), misses.join("\n"));
}

/// The misses are not named, so that nobody mends one of them.
#[test]
fn what_people_mean_is_found_where_nobody_tuned_for_it() {
    let (queries, misses) = answered("tests/data/queries_unseen.tsv");
    assert!(queries >= 60, "only {queries} queries");
    assert!(misses.len() * 10 <= queries, "{} misses of {queries}", misses.len());
}

#[test]
fn no_word_lists_everything_with_what_is_used_most_first() {
    let packed = offered();
    for (language, typed) in [(Language::Zh, ""), (Language::En, " 。 ")] {
        let all = search(packed, typed, language, usize::MAX);
        let titles: Vec<String> =
            all.iter().map(|service| packed.summary(*service).title.get(language).to_owned()).collect();
        let first = all.first().map(|service| packed.summary(*service).service_id);
        assert_eq!(first, Some("insurance-balance".into()), "what most people come for");
        // Towards the end stands what no document says a number of: by title.
        assert!(titles.len() > 80 && titles[50..].is_sorted(), "{titles:?}");
        assert_eq!(search(packed, typed, language, 3), all[..3]);
    }
}

#[test]
fn half_a_word_is_enough_and_nonsense_finds_nothing() {
    let packed = offered();
    assert_eq!(found(packed, "手工报", 9), ["medical-reimbursement"]);
    assert_eq!(found(packed, "REIMB", 9)[0], "medical-reimbursement");
    assert_eq!(found(packed, "饕餮", 9), [""; 0]);
    assert_eq!(found(packed, "qqqq", 9), [""; 0]);
}

#[test]
fn a_character_that_was_mistaken_for_one_that_sounds_alike_does_no_harm() {
    let packed = offered();
    for (typed, meant) in [("亿保余额", "insurance-balance"), ("结昏登记", "marriage-booking")] {
        assert!(found(packed, typed, 3).iter().any(|found| found == meant), "{typed}");
    }
}

#[test]
fn spaces_case_width_and_order_make_no_difference() {
    let packed = offered();
    let meant = found(packed, "medical reimbursement", 1);
    assert_eq!(meant, ["medical-reimbursement"]);
    for typed in ["  REIMBURSEMENT   medical ", "ｍｅｄｉｃａｌ　ｒｅｉｍｂ", "报销 医疗", "医疗bx", "bx医疗"]
    {
        assert_eq!(found(packed, typed, 1), meant, "{typed}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_breaks_the_search(typed in any::<String>(), limit in 0_usize..20) {
        prop_assert!(found(offered(), &typed, limit).len() <= limit);
    }

    #[test]
    fn every_piece_of_a_title_finds_its_service(service in any::<Choice>(), from in any::<Choice>(), length in 1_usize..20) {
        let packed = offered();
        let all: Vec<_> = (0..packed.services).map(|service| packed.summary(service)).collect();
        let summary = service.get(&all);
        for title in [&summary.title.zh, &summary.title.en] {
            let from = from.index(title.chars().count());
            let piece: String = title.chars().skip(from).take(length).collect();
            prop_assert!(found(packed, &piece, usize::MAX).contains(&summary.service_id.to_string()), "{}", piece);
        }
    }
}
