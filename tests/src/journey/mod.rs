//! The main job, from the first login to the senior card, with everything going wrong on the way.
//!
//! One telling serves both: `cargo xtask demo` prints it, the test in `tests/journeys/` runs it in silence.
//! Each stage is a file; each asserts on the city's ledger what it tells.

mod birthday;
mod corridor;
mod office;
mod papers;
mod sign_in;
mod stage;
mod transfer;

pub use papers::Papers;
pub use stage::{Setting, Stage, Tally};

use crate::Outcome;

/// 王秀英, who turns 60 on 2026-11-23.
pub const ID_NUMBER: &str = "330782196611230021";
/// Her name, as the population register has it.
pub const NAME: &str = "王秀英";
/// The PIN she chose.
pub const PIN: &str = "274916";
/// The invoice she files.
pub const INVOICE_NUMBER: &str = "3307820026001";
/// What the hospital charged, in fen.
pub const INVOICE_FEN: i64 = 128_640;
/// What she writes in her own words.
pub const NOTE: &str = "在医院走廊里填的，外面下雨，没有信号。";

/// Walks the whole way. Ends with what was counted, or with the first promise that did not hold.
pub fn walk(stage: &mut Stage) -> Outcome<Tally> {
    sign_in::sign_in(stage)?;
    let draft_id = corridor::fill_in_without_a_network(stage)?;
    corridor::lose_the_app_while_writing(stage, &draft_id)?;
    corridor::file_without_a_network(stage, &draft_id)?;
    transfer::lose_network_and_app_half_way(stage)?;
    let case_id = transfer::go_on_where_it_stopped(stage)?;
    office::ask_for_one_more_paper(stage, case_id)?;
    office::answer_and_be_paid(stage, case_id)?;
    birthday::receive_a_card_nobody_asked_for(stage)?;
    birthday::show_it_offline(stage)?;
    stage.tally()
}
