//! Packed bytes come back as they were, and break nothing where they did not.

use citizen_api::{Language, Text};
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::sample::Index;
use proptest::{prop_assert, prop_assert_eq};

use super::layout::{COVERED, checksum};
use super::{NEEDS_NEWER_APP, Packed, Source, pack};
use crate::catalogue::pinyin::Typed;
use crate::catalogue::search::search;
use crate::catalogue::word::Word;

fn source(service_id: &str, title: Text, summary: Text, keywords: Vec<String>) -> Source {
    let department = Text::new("市医疗保障局", "Medical Insurance Office");
    Source {
        service_id: service_id.into(),
        flags: NEEDS_NEWER_APP,
        uses: 0,
        title,
        summary,
        department,
        keywords,
    }
}

fn sample() -> Vec<u8> {
    let summary = Text::new("先付了钱的，在这里报销。", "If you paid, claim it back. The Office pays.");
    let one = source("a", Text::new("医疗费用报销", "Medical claim"), summary, vec!["看病".to_owned()]);
    let other = source("b", Text::new("老年证ＡＢ", "Ålesund CARD"), Text::default(), Vec::new());
    pack(vec![one, other])
}

fn texts() -> impl Strategy<Value = Text> {
    let any_text = || prop::string::string_regex("[A-Za-zÀ-ÿ 中医保。.!Ａ\n]{0,30}").unwrap();
    (any_text(), any_text()).prop_map(|(zh, en)| Text::new(zh, en))
}

#[test]
fn bytes_of_another_version_or_damaged_ones_are_not_taken() {
    let whole = sample();
    assert!(Packed::open(whole.clone()).is_some());
    assert!(Packed::open(Vec::new()).is_none());
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        assert!(Packed::open(damaged).is_none(), "byte {at}");
        assert!(Packed::open(whole[..at].to_vec()).is_none(), "cut at {at}");
    }
}

proptest! {
    #[test]
    fn what_was_packed_is_shown_as_it_was(title in texts(), summary in texts(), word in "[a-z中]{1,3}") {
        let packed = Packed::open(pack(vec![source("x", title.clone(), summary.clone(), vec![word])])).unwrap();
        let shown = packed.summary(0);
        prop_assert_eq!(shown.title, title);
        prop_assert_eq!(shown.summary, summary);
        prop_assert_eq!(shown.department, Text::new("市医疗保障局", "Medical Insurance Office"));
        prop_assert!(shown.needs_newer_app);
    }

    #[test]
    fn no_substring_is_missed(
        title in texts(),
        summary in texts(),
        place in 0_usize..4,
        from in any::<Index>(),
        length in 1_usize..12,
    ) {
        let packed = Packed::open(pack(vec![
            source("x", title.clone(), summary.clone(), Vec::new()),
            source("y", Text::new("别的", "Other"), Text::default(), Vec::new()),
        ])).unwrap();
        let [text, ..] = [[&title.zh], [&title.en], [&summary.zh], [&summary.en]][place];
        let piece: String = text.chars().skip(from.index(text.len() + 1)).take(length).collect();
        let found = search(&packed, &piece, Language::En, usize::MAX);
        prop_assert!(found.iter().any(|at| packed.service_id(*at).as_str() == "x"), "{:?}", piece);
    }

    #[test]
    fn no_name_that_the_letters_fit_is_passed_over(
        names in prop::collection::vec("[中医保行重会报销证老长乐率]{0,6}", 1..90),
        letters in "[a-z]{1,5}|(yi|lao|bao|xing|hang|zh|c){1,3}",
    ) {
        let packed = Packed::open(pack(vec![source("x", Text::default(), Text::default(), names)])).unwrap();
        if let Some(typed) = Typed::new(&letters) {
            let word = Word::new(&packed, letters.clone());
            let (_, among) = word.spelled().unwrap();
            for name in 0..packed.names {
                let fits = typed.fit(packed.phrase(name)).is_some();
                prop_assert!(!fits || among.has(name), "{} in {:?}", letters, packed.phrase(name));
            }
        }
    }

    #[test]
    fn bytes_that_mean_harm_break_nothing(
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6),
        typed in prop::sample::select(vec!["医", "ylbx", "a", "medical office", "看病的钱", "card", ""]),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len() - COVERED) + COVERED;
            bytes[at] = byte;
        }
        let sum = checksum(&bytes[COVERED..]);
        bytes[COVERED - 8..COVERED].copy_from_slice(&sum.to_le_bytes());
        if let Some(packed) = Packed::open(bytes) {
            for service in search(&packed, typed, Language::Zh, 10) {
                packed.summary(service);
            }
        }
    }
}
