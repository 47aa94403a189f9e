//! Cases (办件): how a submission becomes one, how it runs, and how a bill is settled.

pub mod settlement;
pub mod workflow;
