//! Filling in a form of forty fields: what a keystroke costs, in the form crate alone and on a phone, and what the
//! dearest documents cost that are taken.

mod logic;
mod phone;
mod worst;

use std::time::{Duration, Instant};

use citizen_api::form::{Answers, FormDefinition};
use citizen_form::CompiledForm;
use citizen_form::compiled::read_service;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Outcome;
use crate::report::Row;
use crate::search::quantile;

const BENCH: &str = "form";
const TODAY: Date = date(2026, 11, 24);
/// What is wanted of every keystroke, in microseconds.
const KEYSTROKE: f64 = 1_000.0;
/// The form that is filled in.
const DOCUMENT: &str = include_str!("household-aid.json");

/// What a keystroke costs in a form of forty fields, beside another evaluator of its rules.
#[derive(clap::Args)]
pub struct Form {
    /// How many keystrokes are measured.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    strokes: usize,
    /// Measure this part only, to be looked at with a profiler.
    #[arg(long)]
    only: Option<Part>,
}

/// A part of the bench.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The form crate alone.
    Judging,
    /// The rules beside another evaluator.
    Rules,
    /// The whole keystroke on a phone.
    Phone,
    /// The dearest documents.
    Worst,
}

impl Form {
    /// Measures.
    pub fn run(&self) -> Outcome<Vec<Row>> {
        let service = read_service(DOCUMENT)?;
        let mut rows = Vec::new();
        let wanted = |part| self.only.is_none_or(|only| only == part);
        if wanted(Part::Judging) {
            rows.extend(judging(&service.form, self.strokes)?);
        }
        if wanted(Part::Rules) {
            rows.extend(logic::measure(&service.form, self.strokes)?);
        }
        if wanted(Part::Phone) {
            rows.extend(phone::measure(&service, self.strokes)?);
        }
        if wanted(Part::Worst) {
            rows.extend(worst::measure()?);
        }
        Ok(rows)
    }
}

/// The form crate alone: once compiled, and compiled anew at every keystroke.
fn judging(form: &FormDefinition, strokes: usize) -> Outcome<Vec<Row>> {
    let compiled = CompiledForm::compile(form)?;
    let answered = compiled.evaluate(&answers()?, TODAY);
    if !answered.findings().is_empty() {
        return Err(format!("the form is not answered in full: {:?}", answered.findings()).into());
    }
    let mut typed = answers()?;
    let mut at = 0;
    let mut stroke = |typed: &mut Answers| {
        at += 1;
        typed.insert("wage".into(), json!(450_000 + at % 1_000));
    };
    let once = timed(strokes, || {
        stroke(&mut typed);
        drop(compiled.evaluate(&typed, TODAY));
        Ok(())
    })?;
    let anew = timed(strokes, || {
        stroke(&mut typed);
        drop(CompiledForm::compile(form)?.evaluate(&typed, TODAY));
        Ok(())
    })?;
    Ok([rows("evaluate", &once), rows("compile and evaluate", &anew)].concat())
}

/// The answers to all that the form asks of a household with children and bills.
fn answers() -> Outcome<Answers> {
    let child = |name: &str, id: &str, born: &str| json!({ "child": { "name": name, "id_number": id }, "born": born, "at_school": true, "school_fee": 80_000 });
    let bill = |gross: u32| json!({ "hospital": "义乌市中心医院", "stay": { "from": "2026-10-02", "to": "2026-10-09" }, "gross": gross, "paid": 120_000 });
    let answers: Value = json!({
        "applicant": "王秀英", "id_number": "11010519491231002X", "phone": "13800138000",
        "home": { "province": "浙江省", "city": "金华市", "county": "义乌市", "town": "佛堂镇", "detail": "双林路12号" },
        "marital": "married", "spouse": { "name": "李建国", "id_number": "11010519491231002X" },
        "spouse_works": true, "spouse_income": 320_000, "children_at_home": true,
        "children": [child("李明", "11010519491231002X", "2012-03-04"), child("李红", "11010519491231002X", "2016-07-08")],
        "wage": 450_000, "pension": 0, "rent_received": 0, "other_income": 30_000,
        "bills": [bill(880_000), bill(1_020_000), bill(640_000)], "reason": "一次手术和两次复查。",
        "housing": "rent", "rent": 150_000, "area": 72, "has_aid": true, "aid_kinds": ["temporary"],
        "aid_amount": 60_000, "bank_account": "4111111111111111", "bank_name": "中国银行", "note": "谢谢。"
    });
    Ok(serde_json::from_value(answers)?)
}

/// How long each of so many calls takes, in microseconds. A tenth before them warms up and does not count.
fn timed(count: usize, mut work: impl FnMut() -> Outcome) -> Outcome<Vec<f64>> {
    for _ in 0..count / 10 {
        work()?;
    }
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let begun = Instant::now();
        work()?;
        times.push(microseconds(begun.elapsed()));
    }
    Ok(times)
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The median and the slowest of a hundred.
fn rows(case: &str, times: &[f64]) -> Vec<Row> {
    let row = |name, share| {
        Row::new(BENCH, format!("{case}, {name}"), "µs", quantile(times, share)).at_most(KEYSTROKE)
    };
    vec![row("p50", 0.5), row("p99", 0.99)]
}
