//! Histories of three phones of two people, one city and a network that loses, repeats, delays and cuts.
//!
//! One seed gives one history: what people do and what becomes of each request follow from it. What does not is the
//! time that passes, which is the machine's.

mod history;
mod wire;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::chance::Chance;
use crate::kill::judged;
use crate::report::Report;
use crate::town::Town;
use crate::{Options, phone};
use history::{History, Phone};
pub(crate) use wire::Wire;

/// After so many histories a new city and new phones are begun.
const HISTORIES_EACH: u64 = 40;

/// Lives so many histories.
pub(crate) fn run(options: &Options) -> bool {
    let report = Mutex::new(Report::begin("network", options.seed));
    let next = AtomicU64::new(options.from);
    let end = options.from + options.count(100);
    std::thread::scope(|scope| {
        for _ in 0..options.workers() {
            scope.spawn(|| {
                let mut world = World::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        return;
                    }
                    if world.lived == HISTORIES_EACH {
                        world = World::new();
                    }
                    let seed = options.seed.wrapping_mul(1_000_003) ^ number;
                    let findings = judged(|| world.live(number, seed));
                    let replay = format!("network --seed {} --from {number} --count 1", options.seed);
                    report.lock().unwrap().count(1, &findings, &replay);
                }
            });
        }
    });
    report.into_inner().unwrap().end(options.json.as_deref())
}

struct World {
    town: Town,
    wire: Wire,
    phones: Vec<Phone>,
    lived: u64,
}

impl World {
    fn new() -> Self {
        let wire = Wire::open();
        let town = Town::open(Some(format!("http://{}/", wire.address).parse().unwrap()));
        wire.forward_to(town.address);
        let phones = [0, 0, 1].into_iter().enumerate().map(|(number, whose)| {
            let folder = town.folder.path().join(format!("phone-{number}"));
            let app = phone::open_new(&folder, &town.url);
            let person = if whose == 0 {
                town.sign_in_to(&app, crate::town::WANG)
            } else {
                town.sign_in_another(&app)
            };
            Phone { folder, app, person, whose }
        });
        let phones = phones.collect();
        Self { phones, town, wire, lived: 0 }
    }

    fn live(&mut self, number: u64, seed: u64) -> Vec<crate::report::Finding> {
        self.lived += 1;
        let Self { town, wire, phones, .. } = self;
        History { town, wire, phones, number, chance: Chance::of(seed) }.live(seed)
    }
}
