//! Texts as they are compared, and the words of what was typed.

/// What separates the words of a search that nobody separated, for they say nothing about the service.
const FILLERS: [char; 21] = [
    '的', '了', '吗', '呢', '我', '您', '你', '要', '想', '怎', '么', '办', '在', '哪', '里', '吧', '还',
    '能', '什', '有', '给',
];

/// What separates the words of a search in English, which says as little.
const ENGLISH_FILLERS: [&str; 24] = [
    "a", "an", "and", "at", "by", "can", "do", "for", "from", "how", "i", "in", "is", "my", "of", "on", "or",
    "that", "the", "to", "what", "where", "with", "your",
];

/// A character as it is compared: a small letter or digit, none for what only separates.
fn folded(character: char) -> Option<char> {
    let narrow = match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    narrow.is_alphanumeric().then_some(narrow)
}

/// Whether a character is part of a word.
pub(super) fn is_of_word(character: char) -> bool {
    // Nearly always it is one of these, and asking Unicode's tables takes longer than finding the word.
    matches!(character, '\u{4E00}'..='\u{9FFF}') || folded(character).is_some()
}

/// Whether making the text's plain capitals small is all that folding does to its words.
pub(super) fn folds_in_place(text: &str) -> bool {
    text.chars().all(|character| match folded(character) {
        None => character != '\n',
        Some(narrow) => narrow == character && (narrow.is_ascii() || is_small(narrow)),
    })
}

fn is_small(character: char) -> bool {
    let mut small = character.to_lowercase();
    small.next() == Some(character) && small.next().is_none()
}

/// A text as it is compared: small letters, full-width ones as plain ones, and one space for whatever is
/// neither letter nor digit.
pub(super) fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match folded(character) {
            Some(narrow) => plain.extend(narrow.to_lowercase()),
            None if !plain.ends_with(' ') => plain.push(' '),
            None => {}
        }
    }
    plain.trim().to_owned()
}

/// The words of a folded text: between spaces, and where letters and Chinese characters meet.
pub(super) fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for character in folded.chars() {
        let kind = (character != ' ').then(|| character.is_ascii());
        match words.last_mut().filter(|_| before == kind) {
            Some(word) if kind.is_some() => word.push(character),
            _ => words.extend(kind.map(|_| character.to_string())),
        }
        before = kind;
    }
    words
}

/// Whether a character only makes a sentence of the words around it.
pub(super) fn is_filler(character: char) -> bool {
    FILLERS.contains(&character)
}

/// The words of a search that say something: all of them, where none does.
pub(super) fn telling(words: Vec<String>) -> Vec<String> {
    let telling: Vec<String> =
        words.iter().filter(|word| !ENGLISH_FILLERS.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// The sentences of a text, each with what ends it: together they are the text. No word reaches from one into
/// the next.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut ended = false;
        let end = rest.char_indices().find_map(|(at, character)| {
            let next = ended && !matches!(character, ' ' | '”' | '"' | ')' | '）');
            ended = matches!(character, '。' | '!' | '！' | '?' | '？' | ';' | '；')
                || ended && !next
                || character == '.' && ends_a_sentence(rest, at);
            next.then_some(at)
        });
        let (sentence, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        sentences.push(sentence);
        rest = after;
    }
    sentences
}

/// Whether the dot at this place ends a sentence rather than standing within a number or a name.
fn ends_a_sentence(text: &str, at: usize) -> bool {
    text.as_bytes().get(at + 1).is_none_or(|next| *next == b' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::prop_assert_eq;

    use super::{fold, folded, folds_in_place, sentences, telling, words};

    #[test]
    fn sentences_are_cut_after_what_ends_them() {
        let text = "拍下票据就能办。钱直接打到(您的)账户! Pay 1.5 yuan. Then it waits.";
        let cut = ["拍下票据就能办。", "钱直接打到(您的)账户! ", "Pay 1.5 yuan. ", "Then it waits."];
        assert_eq!(sentences(text), cut);
    }

    #[test]
    fn words_end_where_letters_and_characters_meet() {
        assert_eq!(words(&fold(" 医疗BX,ｈｏｓ pital60岁")), ["医疗", "bx", "hos", "pital60", "岁"]);
    }

    #[test]
    fn chinese_characters_are_of_words_without_asking() {
        assert!(('\u{4E00}'..='\u{9FFF}').all(|character| folded(character) == Some(character)));
    }

    #[test]
    fn words_that_only_join_others_are_left_out_where_there_are_others() {
        let told = |text: &str| telling(words(&fold(text))).join(" ");
        assert_eq!(told("A card for the elderly"), "card elderly");
        assert_eq!(told("to the"), "to the");
    }

    proptest! {
        #[test]
        fn sentences_together_are_the_text(text in "[a-z。.!” 中;]{0,40}") {
            prop_assert_eq!(sentences(&text).concat(), text);
        }

        #[test]
        fn no_word_reaches_over_a_sentence(text in any::<String>()) {
            let cut: Vec<String> = sentences(&text).iter().flat_map(|part| words(&fold(part))).collect();
            prop_assert_eq!(cut, words(&fold(&text)));
        }

        #[test]
        fn what_folds_in_place_has_the_same_words(text in any::<String>()) {
            if folds_in_place(&text) {
                prop_assert_eq!(fold(&text.to_ascii_lowercase()), fold(&text));
                let small = text.to_ascii_lowercase();
                for word in words(&fold(&text)) {
                    assert!(small.contains(&word), "{word} {text}");
                }
            }
        }
    }
}
