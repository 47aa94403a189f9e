//! `cargo xtask fuzz`: documents, answers and rules are made up, and citizen-form judges them.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::cargo;
use crate::output::{progress, say};
use crate::workshop::{Failure, Outcome, Workshop, run as run_to_end};

/// What is kept of earlier runs, smallest first; an ordinary test of citizen-form replays it.
const KEPT: &str = "form/fuzz/corpus";
/// What was found since, on this machine.
const FOUND: &str = "target/fuzz/corpus";
/// The small ones of both.
const SMALL: &str = "target/fuzz/small";
/// How large an input may be that is kept. What is covered by larger ones alone, the documents of the city cover.
const LARGEST_KEPT: u64 = 3 * 1_024;
/// Where an input is written that breaks a promise.
const FINDINGS: &str = "target/fuzz/findings/";
/// Further inputs to begin with: what was thought up by hand, and the documents of the city.
const SEEDS: [&str; 2] = ["form/fuzz/seeds", "city/catalogue"];
/// What is bounded: half a gigabyte for an input of 64 KiB, and five seconds by the clock on the wall, so that a machine
/// that does other work as well finds nothing that is not there.
const BOUNDS: [&str; 4] =
    ["-timeout=5", "-rss_limit_mb=512", "-max_len=65536", "-dict=form/fuzz/dictionary.txt"];
/// How many of the last lines are shown where a run ends with a finding.
const SHOWN: usize = 40;

/// Makes up inputs for so many seconds, and ends with a failure where one breaks a promise.
pub(crate) fn run(workshop: &Workshop, seconds: u32, keep: bool) -> Outcome {
    cargo::install_fuzz(workshop)?;
    for folder in [FOUND, KEPT, FINDINGS] {
        let made = std::fs::create_dir_all(workshop.root.join(folder));
        made.map_err(Failure::while_doing(folder))?;
    }
    let mut command = target(workshop)?;
    command.args([FOUND, KEPT]).args(SEEDS).arg("--").args(BOUNDS);
    command.args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={FINDINGS}")]);
    watched(&mut command)?;
    if keep { keep_smallest(workshop) } else { Ok(()) }
}

/// The fuzz target, to be given folders and options. A stable compiler is told to take the instrumentation's flags.
fn target(workshop: &Workshop) -> Outcome<Command> {
    let mut command = cargo::with_tools(workshop)?;
    command.env("RUSTC_BOOTSTRAP", "1").args(["fuzz", "run", "--fuzz-dir", "form/fuzz"]);
    // There is no unsafe code to watch over, and without a sanitizer it is twice as fast.
    command.args(["--sanitizer", "none", "--target-dir", "target/fuzz", "document"]);
    Ok(command)
}

/// Runs the target and says how far it is; what it says else is shown only where it ends with a finding.
fn watched(command: &mut Command) -> Outcome {
    let begun = Instant::now();
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Failure::while_doing("cargo fuzz cannot be started"))?;
    let mut last = VecDeque::with_capacity(SHOWN);
    let mut shown = begun;
    let mut state = String::new();
    let lines = child.stderr.take().map(BufReader::new).into_iter().flat_map(|lines| lines.split(b'\n'));
    for line in lines.map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        if let Some(now) = parsed(&line) {
            state = now;
            if shown.elapsed() >= interval() {
                shown = Instant::now();
                progress(&format!("{:>6} s · {state}", begun.elapsed().as_secs()));
            }
        } else {
            if last.len() == SHOWN {
                last.pop_front();
            }
            last.push_back(line);
        }
    }
    let status = child.wait().map_err(Failure::while_doing("waiting for cargo fuzz"))?;
    say(&format!("{:>6} s · {state}", begun.elapsed().as_secs()));
    if status.success() {
        return Ok(());
    }
    last.iter().for_each(|line| say(line));
    Err(Failure(format!(
        "an input breaks a promise, or the target does not build (see above)\n  \
         Put the input from {FINDINGS} into form/fuzz/seeds, and mend what it breaks: \
         cargo test -p citizen-form --test fuzz_corpus"
    )))
}

/// On a screen the line is written over; in a log it comes now and then.
fn interval() -> Duration {
    Duration::from_secs(if crate::output::is_screen() { 1 } else { 30 })
}

/// What a line of the target says of its progress: `#65536 pulse cov: 5104 ft: 20311 corp: 2893/1203Kb …`.
fn parsed(line: &str) -> Option<String> {
    let (inputs, rest) = line.strip_prefix('#')?.split_once(char::is_whitespace)?;
    let after = |name: &str| {
        let mut words = rest.split_whitespace().skip_while(|word| *word != name).skip(1);
        words.next().map(str::to_owned)
    };
    let (coverage, corpus) = (after("cov:")?, after("corp:")?);
    let (count, size) = corpus.split_once('/').unwrap_or((&corpus, ""));
    Some(format!("{inputs} inputs · {coverage} edges covered · {count} inputs kept ({size})"))
}

/// Keeps the fewest small inputs that cover what all of them cover, in the place of those that were kept.
fn keep_smallest(workshop: &Workshop) -> Outcome {
    say("keeping the fewest inputs that cover as much");
    let (kept, small) = (workshop.root.join(KEPT), workshop.root.join(SMALL));
    let _ = std::fs::remove_dir_all(&small);
    copy_small(&[&kept, &workshop.root.join(FOUND)], &small).map_err(Failure::while_doing(SMALL))?;
    std::fs::remove_dir_all(&kept)
        .and_then(|()| std::fs::create_dir_all(&kept))
        .map_err(Failure::while_doing(KEPT))?;
    let mut command = target(workshop)?;
    command.args([KEPT, SMALL, "--"]).args(BOUNDS).arg(format!("-artifact_prefix={FINDINGS}"));
    // Edges alone: how often each is passed would keep thousands.
    command.args(["-set_cover_merge=1", "-use_counters=0"]);
    run_to_end(command.stderr(Stdio::null()))?;
    let count = std::fs::read_dir(&kept).map_err(Failure::while_doing(KEPT))?.count();
    say(&format!("{count} inputs in {KEPT}"));
    Ok(())
}

fn copy_small(from: &[&Path], to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for folder in from {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.metadata()?.len() <= LARGEST_KEPT {
                std::fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parsed;

    #[test]
    fn the_state_of_a_run_is_read_from_its_lines() {
        let line = "#65536\tpulse  cov: 5104 ft: 20311 corp: 2893/1203Kb lim: 4096 exec/s: 5461 rss: 201Mb";
        let said = parsed(line).unwrap();
        assert_eq!(said, "65536 inputs · 5104 edges covered · 2893 inputs kept (1203Kb)");
        assert_eq!(parsed("thread '<unnamed>' panicked at form/src/x.rs:1:1:"), None);
        assert_eq!(parsed("#0\tREAD units: 2893"), None);
    }
}
