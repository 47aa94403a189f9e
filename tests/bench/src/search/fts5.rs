//! SQLite's full-text search with trigrams. What is shorter than a trigram it can only look for row by row.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use citizen_api::catalogue::PublicService;
use rusqlite::{Connection, params_from_iter};

use super::engine::{Engine, words};
use super::{milliseconds, quantile};
use crate::Outcome;

/// An index in a file.
pub struct Fts5 {
    path: PathBuf,
    connection: Connection,
}

impl Fts5 {
    /// Builds the index, and says how long that took.
    pub fn build(path: &Path, services: &[PublicService]) -> Outcome<(Self, Duration)> {
        let mut connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        let begun = Instant::now();
        let transaction = connection.transaction()?;
        transaction.execute_batch(
            "CREATE VIRTUAL TABLE services USING fts5
             (service_id UNINDEXED, title, keywords, summary, tokenize = 'trigram')",
        )?;
        {
            let mut insert = transaction.prepare(
                "INSERT INTO services (service_id, title, keywords, summary) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for service in services {
                let both = |text: &citizen_api::Text| format!("{}\n{}", text.zh, text.en);
                let keywords = service.keywords.join("\n");
                insert.execute([
                    service.service_id.as_str(),
                    &both(&service.title),
                    &keywords,
                    &both(&service.summary),
                ])?;
            }
        }
        transaction.execute_batch("INSERT INTO services (services) VALUES ('optimize')")?;
        transaction.commit()?;
        connection.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
        Ok((Self { path: path.to_owned(), connection }, begun.elapsed()))
    }

    /// How large the file is, with the texts.
    pub fn index_kb(&self) -> Outcome<f64> {
        Ok(std::fs::metadata(&self.path)?.len() as f64 / 1e3)
    }

    /// How long it takes from nothing to a first answer.
    pub fn ready_ms(&self, rounds: usize) -> Outcome<f64> {
        let mut took = Vec::new();
        for _ in 0..rounds {
            let begun = Instant::now();
            let fresh = Self { path: self.path.clone(), connection: Connection::open(&self.path)? };
            fresh.find("医疗费", super::LIMIT)?;
            took.push(milliseconds(begun.elapsed()));
        }
        Ok(quantile(&took, 0.5))
    }
}

impl Engine for Fts5 {
    fn find(&self, typed: &str, limit: usize) -> Outcome<Vec<String>> {
        let (long, short): (Vec<String>, Vec<String>) =
            words(typed).into_iter().partition(|word| word.chars().count() >= 3);
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        if !long.is_empty() {
            conditions.push("services MATCH ?".to_owned());
            values.push(long.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND "));
        }
        for word in short {
            conditions.push("(title LIKE ? OR keywords LIKE ? OR summary LIKE ?)".to_owned());
            values.extend(vec![format!("%{word}%"); 3]);
        }
        let filter = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        let order = if long.is_empty() { "" } else { "ORDER BY bm25(services, 0, 10, 5, 1)" };
        let sql =
            format!("SELECT service_id, title, summary FROM services WHERE {filter} {order} LIMIT {limit}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            std::hint::black_box((row.get::<_, String>(1)?, row.get::<_, String>(2)?));
            row.get(0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
