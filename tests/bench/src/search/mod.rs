//! Finding a service: the core beside FTS5 and tantivy, over the queries that are kept for it.

mod engine;
mod floor;
mod fts5;
mod kept;
mod ours;
mod quality;
mod tantivy;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use citizen_api::catalogue::PublicService;
use city::catalogue::Growth;

use self::engine::Engine;
use self::kept::Query;
pub use self::ours::Probe;
use crate::Outcome;
use crate::report::Row;

/// How many answers are asked for.
pub const LIMIT: usize = 10;
const BENCH: &str = "search";

/// How long a search takes, what it holds, and what it misses.
#[derive(clap::Args)]
pub struct Search {
    /// How many services there are; may be given several times.
    #[arg(long, value_name = "N", default_values_t = [2_008, 200_000])]
    services: Vec<usize>,
    /// How often everything is measured; the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Name so many of the queries that take the core longest.
    #[arg(long, value_name = "N", default_value_t = 0)]
    slowest: usize,
    /// The kept queries.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/tests/data/queries.tsv"))]
    queries: PathBuf,
}

impl Search {
    /// Measures.
    pub fn run(&self) -> Outcome<Vec<Row>> {
        let queries = kept::read(&self.queries)?;
        let mut rows = Vec::new();
        for services in &self.services {
            rows.extend(measure(*services, self, &queries)?);
        }
        Ok(rows)
    }
}

/// What is wanted of so many services: microseconds for one search, milliseconds to be ready, kilobytes.
fn goals(services: usize) -> (f64, Option<f64>, Option<f64>) {
    match services {
        ..=2_008 => (150.0, Some(5.0), Some(2_000.0)),
        _ => (10_000.0, None, None),
    }
}

fn measure(count: usize, wanted: &Search, queries: &[Query]) -> Outcome<Vec<Row>> {
    let rounds = wanted.rounds;
    println!("growing {count} services");
    let grown = city::catalogue::grown(Growth { services: count, seed: 1 })?;
    let services: Vec<PublicService> = grown.collect::<Result<_, _>>()?;
    let folder = tempfile::tempdir()?;
    let (ours, packed_in) = ours::Ours::build(&folder.path().join("ours"), &services)?;
    let (fts5, fts5_in) = fts5::Fts5::build(&folder.path().join("fts5.db"), &services)?;
    let (tantivy, tantivy_in) = tantivy::Tantivy::build(&folder.path().join("tantivy"), &services)?;
    let floor = floor::Floor::build(&services);
    let engines: [&dyn Engine; 4] = [&ours, &floor, &fts5, &tantivy];
    // A full scan of a large table takes the peer so long that every fourth query has to stand for the others.
    let asked: Vec<&Query> = queries.iter().step_by(if count > 10_000 { 4 } else { 1 }).collect();
    println!("asking {} queries {rounds} times over", asked.len());
    let times = interleaved(&engines, &asked, rounds)?;
    name_slowest(&asked, &times[0], wanted.slowest);
    let (p99_goal, ready_goal, memory_goal) = goals(count);
    let probe = ours::probe(&folder.path().join("ours"), rounds)?;
    let row = |case: &str, unit, ours| Row::new(BENCH, format!("{case}, {count} services"), unit, ours);
    let timed = |case: &str, share: f64| {
        let [ours, floor, fts5, tantivy] = times.each_ref().map(|times| quantile(times, share));
        row(case, "µs", ours).floor(floor).peer("fts5", fts5).peer("tantivy", tantivy)
    };
    let bound = |row: Row, goal: Option<f64>| goal.map_or(row.clone(), |goal| row.clone().at_most(goal));
    let mut rows = vec![
        timed("p50", 0.5),
        timed("p99", 0.99).at_most(p99_goal),
        bound(row("ready after opening the store", "ms", probe.ready_ms), ready_goal)
            .peer("fts5", fts5.ready_ms(rounds)?)
            .peer("tantivy", tantivy.ready_ms(rounds)?),
        row("opening the whole app", "ms", probe.open_ms),
        bound(row("memory, Rust", "kB", probe.heap_kb), memory_goal),
        bound(row("memory, the process's own", "kB", probe.own_kb), memory_goal),
        row("memory, with what was read of the program's file", "kB", probe.resident_kb),
        row("size on disk of what is searched", "kB", ours.index_kb()?)
            .floor(floor.kb())
            .peer("fts5", fts5.index_kb()?)
            .peer("tantivy", tantivy.index_kb()?),
        row("packing or indexing", "ms", milliseconds(packed_in))
            .peer("fts5", milliseconds(fts5_in))
            .peer("tantivy", milliseconds(tantivy_in)),
    ];
    let [ours_score, _, fts5_score, tantivy_score] =
        quality::first_three(&engines, &asked)?.map(|score| score * 100.0);
    rows.push(
        row("meant service in the first three", "%", ours_score)
            .peer("fts5", fts5_score)
            .peer("tantivy", tantivy_score)
            .at_least(95.0),
    );
    if count <= 10_000 {
        let [ours, _, fts5, tantivy] = quality::misses(&engines, &services)?;
        rows.push(
            row("pieces of texts that are missed", "%", ours)
                .peer("fts5", fts5)
                .peer("tantivy", tantivy)
                .at_most(0.0),
        );
    }
    Ok(rows)
}

fn name_slowest(queries: &[&Query], times: &[f64], most: usize) {
    let mut slowest: Vec<_> = times.iter().zip(queries).collect();
    slowest.sort_by(|one, other| other.0.total_cmp(one.0));
    for (time, query) in slowest.into_iter().take(most) {
        println!("{time:>10.1} µs  {}", query.typed);
    }
}

/// For each engine, the median time of each query in microseconds. The engines take turns at every query, so that
/// whatever else the machine does falls on all of them.
fn interleaved(engines: &[&dyn Engine; 4], queries: &[&Query], rounds: usize) -> Outcome<[Vec<f64>; 4]> {
    let mut times = [const { Vec::new() }; 4];
    for query in queries {
        let mut took = [const { Vec::new() }; 4];
        for round in 0..=rounds {
            for (engine, took) in engines.iter().zip(&mut took) {
                let begun = Instant::now();
                std::hint::black_box(engine.find(&query.typed, LIMIT)?);
                // The first round warms up.
                if round > 0 {
                    took.push(begun.elapsed().as_secs_f64() * 1e6);
                }
            }
        }
        for (times, took) in times.iter_mut().zip(took) {
            times.push(quantile(&took, 0.5));
        }
    }
    Ok(times)
}

/// The value below which that share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// A time in milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
