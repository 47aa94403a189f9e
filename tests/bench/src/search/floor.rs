//! The floor: one bare scan of the same text, without ranking, sounds or an answer.

use citizen_api::catalogue::PublicService;
use memchr::memmem;

use super::engine::Engine;
use crate::Outcome;

/// All titles, keywords and summaries in small letters, each phrase once.
pub struct Floor(Vec<u8>);

impl Floor {
    /// Packs the text.
    pub fn build(services: &[PublicService]) -> Self {
        let mut known = std::collections::HashSet::new();
        let mut text = Vec::new();
        for service in services {
            let texts = [&service.title.zh, &service.title.en, &service.summary.zh, &service.summary.en];
            for phrase in texts.into_iter().chain(&service.keywords) {
                if known.insert(phrase.as_str()) {
                    text.extend_from_slice(phrase.to_lowercase().as_bytes());
                    text.push(b'\n');
                }
            }
        }
        Self(text)
    }

    /// How much text there is.
    pub fn kb(&self) -> f64 {
        self.0.len() as f64 / 1e3
    }
}

impl Engine for Floor {
    fn find(&self, typed: &str, _limit: usize) -> Outcome<Vec<String>> {
        let finder = memmem::Finder::new(typed.as_bytes());
        std::hint::black_box(finder.find_iter(&self.0).count());
        Ok(Vec::new())
    }
}
