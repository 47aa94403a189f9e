//! Which act is possible from which status of a case, for each way that a case can run: a table.

use citizen_api::case::{CaseEventKind, CaseStatus};
use citizen_api::catalogue::Workflow;

/// What can be done to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The office takes it on.
    Accept,
    /// The office asks the citizen for evidence.
    Request,
    /// The city itself asks the citizen for something that no register has.
    AskByCity,
    /// The citizen answers the last thing that was asked.
    Answer,
    /// The citizen answers one of several things that were asked.
    AnswerPart,
    /// The citizen answers the last thing that was asked before the office has taken the case on.
    AnswerEarly,
    /// The office has looked it through.
    Finish,
    /// The office fixes the amount.
    Settle,
    /// The money is sent.
    Pay,
    /// The office grants it.
    Grant,
    /// The office refuses it, with reasons.
    Refuse,
    /// The desk answers a grievance.
    Reply,
    /// A grievance that nobody answered in time goes to the desk above.
    Climb,
}

/// One row of the table.
struct Transition {
    workflows: &'static [Workflow],
    from: CaseStatus,
    action: Action,
    to: CaseStatus,
    event: CaseEventKind,
}

/// What an act makes of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The status after it.
    pub to: CaseStatus,
    /// The event that it leaves in the case.
    pub event: CaseEventKind,
}

const REVIEWED: &[Workflow] = &[Workflow::Decision, Workflow::Reimbursement];
const DECIDED: &[Workflow] = &[Workflow::Decision];
const COMPLAINED: &[Workflow] = &[Workflow::Grievance];
const REIMBURSED: &[Workflow] = &[Workflow::Reimbursement];

const fn row(
    workflows: &'static [Workflow],
    from: CaseStatus,
    action: Action,
    to: CaseStatus,
    event: CaseEventKind,
) -> Transition {
    Transition { workflows, from, action, to, event }
}

/// The table. A service that is only read, and one that the city begins itself, has no cases to act on.
const TRANSITIONS: &[Transition] = {
    use CaseEventKind as Event;
    use CaseStatus as Status;
    &[
        row(REVIEWED, Status::Received, Action::Accept, Status::Accepted, Event::Accepted),
        row(REVIEWED, Status::Accepted, Action::Request, Status::EvidenceRequested, Event::EvidenceRequested),
        row(
            REVIEWED,
            Status::Received,
            Action::AskByCity,
            Status::EvidenceRequested,
            Event::EvidenceRequested,
        ),
        row(
            REVIEWED,
            Status::Accepted,
            Action::AskByCity,
            Status::EvidenceRequested,
            Event::EvidenceRequested,
        ),
        row(
            REVIEWED,
            Status::EvidenceRequested,
            Action::AskByCity,
            Status::EvidenceRequested,
            Event::EvidenceRequested,
        ),
        row(
            REVIEWED,
            Status::EvidenceRequested,
            Action::AnswerPart,
            Status::EvidenceRequested,
            Event::EvidenceProvided,
        ),
        row(
            REVIEWED,
            Status::EvidenceRequested,
            Action::AnswerEarly,
            Status::Received,
            Event::EvidenceProvided,
        ),
        row(REVIEWED, Status::EvidenceRequested, Action::Answer, Status::Accepted, Event::EvidenceProvided),
        row(REVIEWED, Status::Accepted, Action::Finish, Status::Reviewed, Event::Reviewed),
        row(REIMBURSED, Status::Reviewed, Action::Settle, Status::Settled, Event::Settled),
        row(REIMBURSED, Status::Settled, Action::Pay, Status::Paid, Event::Paid),
        row(DECIDED, Status::Reviewed, Action::Grant, Status::Granted, Event::Granted),
        row(COMPLAINED, Status::Received, Action::Accept, Status::Accepted, Event::Accepted),
        row(COMPLAINED, Status::Received, Action::Reply, Status::Answered, Event::Answered),
        row(COMPLAINED, Status::Accepted, Action::Reply, Status::Answered, Event::Answered),
        row(COMPLAINED, Status::Received, Action::Climb, Status::Received, Event::Climbed),
        row(COMPLAINED, Status::Accepted, Action::Climb, Status::Received, Event::Climbed),
        row(REVIEWED, Status::Received, Action::Refuse, Status::Refused, Event::Refused),
        row(REVIEWED, Status::Accepted, Action::Refuse, Status::Refused, Event::Refused),
        row(REVIEWED, Status::EvidenceRequested, Action::Refuse, Status::Refused, Event::Refused),
        row(REVIEWED, Status::Reviewed, Action::Refuse, Status::Refused, Event::Refused),
    ]
};

/// What `action` makes of a case of that workflow in that status; none where it is not possible.
pub fn step(workflow: Workflow, from: CaseStatus, action: Action) -> Option<Step> {
    TRANSITIONS
        .iter()
        .find(|row| row.workflows.contains(&workflow) && row.from == from && row.action == action)
        .map(|row| Step { to: row.to, event: row.event })
}

#[cfg(test)]
mod tests {
    use citizen_api::case::CaseStatus;
    use citizen_api::catalogue::Workflow;

    use super::{Action, TRANSITIONS, step};

    fn walk(workflow: Workflow, actions: &[Action]) -> Option<CaseStatus> {
        actions
            .iter()
            .try_fold(CaseStatus::Received, |from, action| step(workflow, from, *action).map(|step| step.to))
    }

    #[test]
    fn a_reimbursement_runs_to_the_money() {
        use Action::{Accept, Answer, Finish, Pay, Request, Settle};
        let way = [Accept, Request, Answer, Finish, Settle, Pay];
        assert_eq!(walk(Workflow::Reimbursement, &way), Some(CaseStatus::Paid));
        assert_eq!(walk(Workflow::Decision, &way), None, "a decision pays nothing");
        assert_eq!(walk(Workflow::Reimbursement, &[Accept, Settle]), None, "nothing is settled unseen");
        assert_eq!(walk(Workflow::Reimbursement, &[Accept, Answer]), None, "nothing was asked");
    }

    #[test]
    fn a_decision_is_granted_or_refused() {
        let seen = [Action::Accept, Action::Finish];
        let granted = [seen.as_slice(), &[Action::Grant]].concat();
        assert_eq!(walk(Workflow::Decision, &granted), Some(CaseStatus::Granted));
        let refused = [seen.as_slice(), &[Action::Refuse]].concat();
        assert_eq!(walk(Workflow::Decision, &refused), Some(CaseStatus::Refused));
    }

    #[test]
    fn the_city_can_ask_for_several_things_before_anybody_has_taken_the_case_on() {
        use Action::{Accept, AnswerEarly, AnswerPart, AskByCity, Finish};
        let asked = [AskByCity, AskByCity];
        assert_eq!(walk(Workflow::Decision, &asked), Some(CaseStatus::EvidenceRequested));
        let answered = [asked.as_slice(), &[AnswerPart, AnswerEarly]].concat();
        assert_eq!(walk(Workflow::Decision, &answered), Some(CaseStatus::Received));
        let on = [answered.as_slice(), &[Accept, Finish]].concat();
        assert_eq!(walk(Workflow::Decision, &on), Some(CaseStatus::Reviewed));
        assert_eq!(walk(Workflow::Decision, &[Accept, Finish, AskByCity]), None, "what was reviewed was met");
    }

    #[test]
    fn what_is_final_stays() {
        assert!(TRANSITIONS.iter().all(|row| !row.from.is_final()));
    }

    #[test]
    fn no_row_contradicts_another() {
        for (place, row) in TRANSITIONS.iter().enumerate() {
            let same = |other: &super::Transition| {
                other.from == row.from
                    && other.action == row.action
                    && other.workflows.iter().any(|workflow| row.workflows.contains(workflow))
            };
            assert!(!TRANSITIONS[place + 1..].iter().any(same), "row {place}");
        }
    }

    #[test]
    fn a_grievance_is_answered_and_climbs_until_it_is() {
        use Action::{Accept, Climb, Reply};
        let walk = |way: &[Action]| walk(Workflow::Grievance, way);
        assert_eq!(walk(&[Accept, Climb, Climb, Accept, Reply]), Some(CaseStatus::Answered));
        assert_eq!(walk(&[Reply, Climb]), None, "what was answered stays");
        assert_eq!(walk(&[Accept, Action::Refuse]), None, "a grievance is never refused");
        assert_eq!(super::step(Workflow::Decision, CaseStatus::Received, Climb), None);
    }

    #[test]
    fn what_can_be_filed_can_be_taken_on() {
        use Workflow::{Decision, Grievance, Information, Proactive, Reimbursement};
        for workflow in [Decision, Grievance, Information, Proactive, Reimbursement] {
            let taken_on = step(workflow, CaseStatus::Received, Action::Accept).is_some();
            assert_eq!(workflow.is_filed(), taken_on, "{workflow:?}");
        }
    }
}
