//! How long a test waits for what must come, before it counts as not coming.

use std::time::{Duration, Instant};

/// Longer than any server here leaves a silent connection open.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Looks until something is so; gives whether it ever was.
pub(crate) fn until(so: impl Fn() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if so() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}
