//! Leaving nothing of a key on the stack.
//!
//! A key that is wiped where it was kept still stands in what finished calls left of themselves: arguments, the key
//! schedule of a cipher, the block of a hash. Nothing else overwrites that for as long as a thread idles. What is on the
//! heap is wiped by the allocator that the shells install.

use std::hint::black_box;

use zeroize::Zeroize;

/// As deep as sealing one record goes.
const SHALLOW: usize = 8 * 1024;
/// As deep as unlocking goes.
const DEEP: usize = 128 * 1024;

/// Does some work with a key, and wipes what it left below the caller.
pub(super) fn wiping_after<T>(work: impl FnOnce() -> T) -> T {
    let done = apart(work);
    wipe::<SHALLOW>();
    done
}

/// Does what handles a person's key itself, and wipes what it left below the caller.
pub(crate) fn wiping_deep_after<T>(work: impl FnOnce() -> T) -> T {
    let done = apart(work);
    wipe::<DEEP>();
    done
}

/// Never inlined, so that all of the work's frames lie below the caller's, where the wiping reaches.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe<const DEPTH: usize>() {
    let mut below = [0_u8; DEPTH];
    below.zeroize();
    black_box(&below);
}
