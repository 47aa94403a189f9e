//! The figures of the reform, computed from what is published and what was filed. Nobody declares them.

use serde::{Deserialize, Serialize};

/// `GET /v1/figures`: public, needs no login. Shares lie between 0 and 1. How each is computed stands in
/// `docs/figures.md`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// The services on offer.
    pub services: u64,
    /// Those among them that count as livelihood services (民生事项).
    pub livelihood_services: u64,
    /// The livelihood services for which the ID alone is enough, over all of them. None where there is none.
    pub one_id_share: Option<f64>,
    /// The proofs that citizens need not bring any more, by the way in which they are met.
    pub proofs_cancelled: ProofsCancelled,
    /// The files that a citizen must provide whose registers have their records, over all services.
    pub evidence_declared_per_service: Option<f64>,
    /// The evidence that citizens really brought or were asked for, over all cases. None without a case.
    pub evidence_asked_per_case: Option<f64>,
    /// The cases that came through the network, over all cases. None without a case.
    pub online_share: Option<f64>,
    /// The cases that came while the offices were closed, over all cases. None without a case.
    pub off_hours_share: Option<f64>,
    /// The trips to a counter that results are fetched with, and those that citizens say they made in vain, over all
    /// cases. None without a case.
    pub trips_per_case: Option<f64>,
    /// The cases. What could not be done in one trip counts apart.
    pub cases: u64,
    /// What could not be done in one trip (跑一次没办成).
    pub grievances: u64,
    /// Those among them that were answered by the desk that they were given to first, over all that were answered or
    /// are overdue. None where there is none.
    pub answered_in_time_share: Option<f64>,
    /// The requests for evidence that officers tried and the city refused.
    pub forbidden_requests: u64,
}

/// Proofs that are met without the citizen, by the four ways of the proof-free city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofsCancelled {
    /// No longer asked of anyone (直接取消).
    pub cancelled: u64,
    /// A declaration stands for it (个人承诺).
    pub declared: u64,
    /// The departments ask each other (部门核查).
    pub checked: u64,
    /// A register has it (信息共享).
    pub shared: u64,
}

impl ProofsCancelled {
    /// All four together.
    pub fn all(&self) -> u64 {
        [self.cancelled, self.declared, self.checked, self.shared].into_iter().fold(0, u64::saturating_add)
    }
}
