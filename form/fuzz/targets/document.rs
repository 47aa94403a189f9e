//! Makes up documents, answers and rules, and has them judged.

#![no_main]

#[path = "../src/change.rs"]
mod change;
#[path = "../src/judge.rs"]
mod judge;

use change::{Chance, change};
use libfuzzer_sys::Corpus;

// What cannot even be read is judged and not kept: the ways in which JSON can be wrong would be thousands.
libfuzzer_sys::fuzz_target!(|input: &[u8]| -> Corpus {
    if judge::judge(input) { Corpus::Keep } else { Corpus::Reject }
});

libfuzzer_sys::fuzz_mutator!(|input: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut chance = Chance::new(seed);
    // Bytes are changed as well, because what arrives need not be JSON.
    let changed = if chance.below(4) == 0 { None } else { change(&input[..size], &mut chance) };
    match changed.filter(|changed| changed.len() <= most) {
        Some(changed) => {
            input[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(input, size, most),
    }
});
