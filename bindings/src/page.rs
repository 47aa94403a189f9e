//! Pages: a list crosses at most this much at once.

/// The most items of a page.
const MOST: usize = 100;

/// The items of a list from `offset` on, at most `limit` and never more than a page.
pub(crate) fn page<T>(items: Vec<T>, offset: u32, limit: u32) -> Vec<T> {
    items.into_iter().skip(offset as usize).take(most(limit)).collect()
}

/// How many are given where `limit` are asked for.
pub(crate) fn most(limit: u32) -> usize {
    MOST.min(limit as usize)
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_is_never_longer_than_a_hundred() {
        let all: Vec<u32> = (0..250).collect();
        assert_eq!(page(all.clone(), 0, 1000).len(), 100);
        assert_eq!(page(all.clone(), 240, 50), (240..250).collect::<Vec<_>>());
        assert!(page(all, 300, 10).is_empty());
    }
}
