//! The search against one that reads everything: what is left unread must never change an answer.

use citizen_api::{Language, Text};
use proptest::prelude::{Strategy, any, prop, proptest};

use super::fold::{fold, telling, words};
use super::packed::{Packed, Phrase, Position, Source, pack, read_bytes};
use super::pinyin::{self, Typed};
use super::scan;
use super::search::search;
use super::search_tests::{grown, typed};
use super::word::Word;

/// A word, with what each phrase is worth for it: every phrase is read.
struct Read {
    names: Vec<u16>,
    sentences: Vec<u16>,
}

impl Read {
    fn new(packed: &Packed, text: &str) -> Self {
        let word = Word::new(packed, text.to_owned());
        let begins_a_word = (0..packed.names).any(|name| {
            let name = String::from_utf8(packed.phrase(name).to_vec()).unwrap();
            let before =
                |at: usize| name.as_bytes().get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_alphanumeric);
            name.match_indices(text).any(|(at, _)| !before(at))
        });
        let typed = Typed::new(text).filter(|_| !begins_a_word || pinyin::syllables(text).is_some());
        let spelled = |name| typed.as_ref().map_or(0, |typed| scan::spelled_in(packed, typed, name));
        let named = |name: Phrase| scan::written_in(packed, &word, name).max(spelled(name));
        Self {
            names: (0..packed.names).map(named).collect(),
            sentences: (packed.names..packed.phrases).map(|at| scan::sentence(packed, &word, at)).collect(),
        }
    }

    /// What a service is worth for the word, and whether its names hold it; none where nothing does.
    fn worth(&self, packed: &Packed, service: Position) -> Option<(bool, u32)> {
        let names: Vec<u16> = packed.names_of(service).map(|name| self.names[name as usize]).collect();
        let further = names.iter().filter(|worth| **worth > 0).count().min(7);
        let sentences = packed.told_of(service).map(|at| self.sentences[(at - packed.names) as usize]);
        match (names.into_iter().max().unwrap_or_default(), sentences.max().unwrap_or_default()) {
            (0, 0) => None,
            (0, told) => Some((false, u32::from(told))),
            (named, _) => Some((true, u32::from(named) + 2 * u32::try_from(further).unwrap())),
        }
    }
}

/// All services that hold every word, in order.
fn plainly(packed: &Packed, text: &str, language: Language) -> Vec<Position> {
    let mut typed = telling(words(&fold(text)));
    typed.sort();
    typed.dedup();
    let read: Vec<Read> = typed.iter().map(|word| Read::new(packed, word)).collect();
    let mut found = Vec::new();
    for service in 0..packed.services {
        let worth: Option<Vec<_>> = read.iter().map(|read| read.worth(packed, service)).collect();
        let Some(worth) = worth else { continue };
        let is_named = worth.iter().all(|(is_named, _)| *is_named);
        let sum: u32 = worth.iter().map(|(_, worth)| worth).sum();
        let order = if language == Language::En { packed.english_order(service) } else { service };
        found.push((!is_named, u32::MAX - sum, order, service));
    }
    found.sort_unstable();
    found.into_iter().map(|(.., service)| service).collect()
}

/// What is typed, where something holds every word of it.
fn check(packed: &Packed, text: &str, language: Language) {
    let all = plainly(packed, text, language);
    for limit in [1, 3, 10, usize::MAX] {
        let found = search(packed, text, language, limit);
        if all.is_empty() {
            continue;
        }
        assert_eq!(found, all[..all.len().min(limit)], "{text} {language:?} {limit}");
    }
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    let text =
        || prop::string::string_regex("([abc1]{1,3}[ -]?|[医保行重会报销证老长乐率。Ａ]{1,3}){0,5}").unwrap();
    let texts = move || (text(), text()).prop_map(|(zh, en)| Text::new(zh, en));
    let service = (texts(), texts(), prop::collection::vec(text(), 0..4));
    let named = |(at, (title, summary, keywords)): (usize, _)| Source {
        service_id: format!("s{at}").as_str().into(),
        flags: 0,
        uses: 0,
        title,
        summary,
        department: Text::new("医保局", "cab 1"),
        keywords,
    };
    prop::collection::vec(service, 1..40)
        .prop_map(move |services| services.into_iter().enumerate().map(named).collect())
}

proptest! {
    #[test]
    fn whatever_is_typed_is_answered_as_if_all_were_read(
        sources in sources(),
        words in prop::collection::vec("[abc1]{1,3}|[医保行重会报销证老长乐率]{1,3}|yibao|yi|bao|xing|lao|zh?|ch|the", 1..4),
        is_english in any::<bool>(),
    ) {
        let packed = Packed::open(pack(sources)).unwrap();
        let language = if is_english { Language::En } else { Language::Zh };
        check(&packed, &words.join(" "), language);
    }
}

#[test]
fn what_is_kept_is_answered_among_two_thousand_as_if_all_were_read() {
    let packed = grown();
    assert!(packed.services > 1_900);
    for text in typed().into_iter().step_by(5).chain(COMMON.map(str::to_owned)) {
        check(packed, &text, Language::Zh);
    }
}

/// Words of which each is common.
const COMMON: [&str; 12] = [
    "证",
    "shenqing",
    "z",
    "e",
    "s t",
    "a b c",
    "change of name",
    "card for the elderly",
    "sole trader change",
    "registration certificate",
    "申请 登记",
    "医保yue",
];

#[test]
fn no_search_reads_much_more_than_the_text() {
    let packed = grown();
    let text = packed.text(0..packed.phrases).0.len();
    let worst = typed().into_iter().chain(COMMON.map(str::to_owned)).map(|typed| {
        let before = read_bytes();
        search(packed, &typed, Language::Zh, 10);
        (read_bytes() - before, typed)
    });
    let mut worst: Vec<_> = worst.collect();
    worst.sort();
    let of = |share: usize| worst[worst.len() * share / 100].0;
    let (half, most_of_them, most) = (of(50), of(99), worst.last().unwrap());
    assert!(
        half * 20 < text && most_of_them < 2 * text && most.0 < 3 * text,
        "of {text} bytes: half {half}, 99 of 100 {most_of_them}, most {most:?}"
    );
}
