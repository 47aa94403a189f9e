//! `cargo xtask test`: the steps in order, with the time each takes.

use std::time::{Duration, Instant};

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop};
use crate::{android, checks, faults, ios, peers, servers};

/// A step.
struct Step {
    name: &'static str,
    what: &'static str,
    check: fn(&Workshop) -> Outcome,
}

/// The steps. Quick ones first: most changes that fail, fail there.
const STEPS: [Step; 16] = [
    Step { name: "tools", what: "what is missing is installed", check: checks::tools },
    Step { name: "format", what: "sources are formatted", check: checks::format },
    Step { name: "spelling", what: "words are spelled right", check: checks::spelling },
    Step { name: "rules", what: "sizes of files, links, nothing of one machine", check: checks::rules },
    Step { name: "clippy", what: "no warnings in any target", check: checks::clippy },
    Step { name: "docs", what: "documentation builds", check: checks::docs },
    Step { name: "dependencies", what: "licences, sources, duplicates", check: checks::dependencies },
    Step { name: "tests", what: "tests of each crate", check: checks::tests },
    Step {
        name: "sign-in",
        what: "bad providers, bad proofs, every route × everybody",
        check: checks::sign_in,
    },
    Step { name: "peers", what: "a login at a certified provider by others", check: peers::test },
    Step {
        name: "conformance",
        what: "every clause of tus, at the city and at tusd",
        check: servers::conformance,
    },
    Step { name: "data", what: "photographs for the journeys", check: checks::data },
    Step { name: "journeys", what: "the whole product, with real processes", check: checks::journeys },
    Step { name: "faults", what: "the app and the city, broken at every step", check: faults::test },
    Step { name: "android", what: "the Android app on the JVM, with a real city", check: android::test },
    Step { name: "ios", what: "the iOS app on Linux, with a real city", check: ios::test },
];

/// Names the steps.
pub(crate) fn list() -> Outcome {
    for step in &STEPS {
        say(&format!("{:<14}{}", step.name, step.what));
    }
    Ok(())
}

/// Runs the steps, or those that are named, and closes with a table.
pub(crate) fn run(workshop: &Workshop, only: &[String]) -> Outcome {
    let chosen = chosen(only)?;
    let mut took = Vec::with_capacity(chosen.len());
    for (place, step) in chosen.iter().enumerate() {
        say(&format!("\n━━ {}/{} {} · {}", place + 1, chosen.len(), step.name, step.what));
        let begun = Instant::now();
        let outcome = (step.check)(workshop);
        took.push((*step, begun.elapsed()));
        if let Err(failure) = outcome {
            table(&took, Some(step.name));
            let name = step.name;
            return Err(Failure(format!(
                "{failure}\n  Once mended, repeat it: cargo xtask test --only {name}"
            )));
        }
    }
    table(&took, None);
    Ok(())
}

fn chosen(only: &[String]) -> Outcome<Vec<&'static Step>> {
    let known = |name: &String| STEPS.iter().any(|step| step.name == name);
    if let Some(stranger) = only.iter().find(|name| !known(name)) {
        return Err(Failure(format!("there is no step {stranger}; `cargo xtask test --list` names them")));
    }
    Ok(STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect())
}

fn table(took: &[(&Step, Duration)], failed: Option<&str>) {
    say("");
    for (step, time) in took {
        let mark = if failed == Some(step.name) { "✗" } else { "✓" };
        say(&format!("{mark} {:<14}{:>8.1} s", step.name, time.as_secs_f64()));
    }
    let total: Duration = took.iter().map(|(_, time)| *time).sum();
    say(&format!("  {:<14}{:>8.1} s", "together", total.as_secs_f64()));
}
