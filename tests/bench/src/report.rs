//! The rows of a bench, as a table and as JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::Outcome;

/// One thing that was measured. Less is better, unless the goal says `at least`.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The bench.
    pub bench: &'static str,
    /// What was measured.
    pub case: String,
    /// In what.
    pub unit: &'static str,
    /// The product's.
    pub ours: f64,
    /// What cannot be undercut; none where nothing such is known.
    pub floor: Option<f64>,
    /// The others', by name.
    pub peers: BTreeMap<&'static str, f64>,
    /// What is wanted; none where there is nothing to compare with.
    pub goal: Option<f64>,
    /// Whether the goal is a lower bound.
    #[serde(skip)]
    pub at_least: bool,
    /// Whether it was reached.
    pub met: Option<bool>,
}

impl Row {
    /// A row without a floor, peers or a goal.
    pub fn new(bench: &'static str, case: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        let (case, peers) = (case.into(), BTreeMap::new());
        Self { bench, case, unit, ours, floor: None, peers, goal: None, at_least: false, met: None }
    }

    /// With what cannot be undercut.
    pub fn floor(self, floor: f64) -> Self {
        Self { floor: Some(floor), ..self }
    }

    /// With what another has.
    pub fn peer(mut self, name: &'static str, value: f64) -> Self {
        self.peers.insert(name, value);
        self
    }

    /// With a bound that is not to be passed.
    pub fn at_most(self, goal: f64) -> Self {
        Self { goal: Some(goal), met: Some(self.ours <= goal), ..self }
    }

    /// With a bound that is to be reached.
    pub fn at_least(self, goal: f64) -> Self {
        Self { goal: Some(goal), at_least: true, met: Some(self.ours >= goal), ..self }
    }
}

/// Prints the rows as a table, and writes them where that is wanted.
pub fn write(rows: &[Row], json: Option<&Path>) -> Outcome {
    let names: Vec<&str> = {
        let mut names: Vec<&str> = rows.iter().flat_map(|row| row.peers.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    print!("{:<44}{:>14}{:>14}", "", "ours", "floor");
    names.iter().for_each(|name| print!("{name:>24}"));
    println!("{:>14}", "goal");
    for row in rows {
        let floor = row.floor.map(shown).unwrap_or_default();
        print!("{:<44}{:>14}{floor:>14}", format!("{} ({})", row.case, row.unit), shown(row.ours));
        for name in &names {
            let peer = row.peers.get(name).map(|peer| match row.ours {
                0.0 => shown(*peer),
                ours => format!("{} ({:.2}×)", shown(*peer), peer / ours),
            });
            print!("{:>24}", peer.unwrap_or_default());
        }
        let goal = row.goal.map(|goal| format!("{} {}", if row.at_least { "≥" } else { "≤" }, shown(goal)));
        let mark = row.met.map_or("", |met| if met { " ✓" } else { " ✗" });
        println!("{:>14}{mark}", goal.unwrap_or_default());
    }
    if let Some(path) = json {
        std::fs::write(path, serde_json::to_string_pretty(rows)? + "\n")?;
    }
    Ok(())
}

fn shown(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
