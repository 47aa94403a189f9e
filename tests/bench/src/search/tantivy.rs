//! tantivy with single characters and pairs as terms, so that it finds half words too.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use citizen_api::catalogue::PublicService;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, TextAnalyzer};
use tantivy::{Index, IndexReader, TantivyDocument, Term};

use super::engine::{Engine, words};
use super::{milliseconds, quantile};
use crate::Outcome;

/// An index in a folder.
pub struct Tantivy {
    path: PathBuf,
    reader: IndexReader,
    id: Field,
    texts: [Field; 3],
}

/// What a word is worth in the title, among the keywords, in the summary.
const WORTH: [f32; 3] = [10.0, 5.0, 1.0];

fn open(index: &Index) -> Outcome<()> {
    let grams = TextAnalyzer::builder(NgramTokenizer::new(1, 2, false)?).filter(LowerCaser).build();
    index.tokenizers().register("grams", grams);
    Ok(())
}

impl Tantivy {
    /// Builds the index, and says how long that took.
    pub fn build(path: &Path, services: &[PublicService]) -> Outcome<(Self, Duration)> {
        std::fs::create_dir_all(path)?;
        let mut schema = Schema::builder();
        let indexed = TextFieldIndexing::default()
            .set_tokenizer("grams")
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexed).set_stored();
        let id = schema.add_text_field("service_id", STORED);
        let texts = ["title", "keywords", "summary"].map(|name| schema.add_text_field(name, options.clone()));
        let index = Index::create_in_dir(path, schema.build())?;
        open(&index)?;
        let begun = Instant::now();
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 200_000_000)?;
        for service in services {
            let both = |text: &citizen_api::Text| format!("{}\n{}", text.zh, text.en);
            let mut document = TantivyDocument::default();
            document.add_text(id, service.service_id.as_str());
            document.add_text(texts[0], both(&service.title));
            document.add_text(texts[1], service.keywords.join("\n"));
            document.add_text(texts[2], both(&service.summary));
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let took = begun.elapsed();
        Ok((Self { path: path.to_owned(), reader: index.reader()?, id, texts }, took))
    }

    /// How large the folder is, with the texts.
    pub fn index_kb(&self) -> Outcome<f64> {
        let mut bytes = 0;
        for file in std::fs::read_dir(&self.path)? {
            bytes += file?.metadata()?.len();
        }
        Ok(bytes as f64 / 1e3)
    }

    /// How long it takes from nothing to a first answer.
    pub fn ready_ms(&self, rounds: usize) -> Outcome<f64> {
        let mut took = Vec::new();
        for _ in 0..rounds {
            let begun = Instant::now();
            let index = Index::open_in_dir(&self.path)?;
            open(&index)?;
            let fresh =
                Self { path: self.path.clone(), reader: index.reader()?, id: self.id, texts: self.texts };
            fresh.find("医疗费", super::LIMIT)?;
            took.push(milliseconds(begun.elapsed()));
        }
        Ok(quantile(&took, 0.5))
    }

    /// Every pair of a word, or the character itself where it is one, in any of the texts.
    fn query(&self, typed: &str) -> BooleanQuery {
        let mut needed: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in words(typed) {
            let characters: Vec<char> = word.chars().collect();
            for gram in characters.windows(2.min(characters.len())) {
                let gram: String = gram.iter().collect();
                let anywhere = self.texts.iter().zip(WORTH).map(|(field, worth)| {
                    let term =
                        TermQuery::new(Term::from_field_text(*field, &gram), IndexRecordOption::WithFreqs);
                    (Occur::Should, Box::new(BoostQuery::new(Box::new(term), worth)) as Box<dyn Query>)
                });
                needed.push((Occur::Must, Box::new(BooleanQuery::new(anywhere.collect()))));
            }
        }
        BooleanQuery::new(needed)
    }
}

impl Engine for Tantivy {
    fn find(&self, typed: &str, limit: usize) -> Outcome<Vec<String>> {
        let searcher = self.reader.searcher();
        let found = searcher.search(&self.query(typed), &TopDocs::with_limit(limit).order_by_score())?;
        let mut ids = Vec::with_capacity(found.len());
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document.get_first(self.id).and_then(|id| id.as_str().map(str::to_owned));
            ids.extend(id);
        }
        Ok(ids)
    }
}
