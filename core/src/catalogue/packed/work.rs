//! How many bytes are read, so that a test can say how many a search may read: a count is the same on every machine.

#[cfg(test)]
thread_local! {
    static READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Notes that so many bytes are read. Only a test counts them.
#[cfg(test)]
pub(in crate::catalogue) fn note_read(bytes: usize) {
    READ.set(READ.get() + bytes);
}

/// Nobody counts.
#[cfg(not(test))]
pub(in crate::catalogue) fn note_read(_bytes: usize) {}

/// How many bytes this thread has read.
#[cfg(test)]
pub(in crate::catalogue) fn read_bytes() -> usize {
    READ.get()
}
