//! Memory that is given back is wiped: the allocator of every shell that links the binding.

use std::fs::File;
use std::hint::black_box;
use std::os::unix::fs::FileExt;

use citizen_bindings as _;

/// The length of what is looked for: small enough to come from the heap's own pages, which stay mapped.
const LENGTH: usize = 64 * 1024;

#[cfg(target_os = "linux")]
#[test]
fn what_a_string_held_is_gone_when_it_is_dropped() {
    let word = black_box("canary-answer".repeat(LENGTH / 13));
    let (address, length) = (word.as_ptr() as u64, word.len());
    let memory = File::open("/proc/self/mem").unwrap();
    let mut seen = vec![0; length];
    memory.read_exact_at(&mut seen, address).unwrap();
    assert!(seen.starts_with(b"canary-answer"), "it would be seen");
    drop(word);
    memory.read_exact_at(&mut seen, address).unwrap();
    assert!(!seen.windows(6).any(|window| window == b"canary"));
}
