package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Empty
import citizen.app.design.Figure
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Moment
import citizen.app.design.Page
import citizen.app.design.Timeline
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.Case
import citizen.core.CaseEventKind
import citizen.core.CaseStatus
import citizen.core.CaseSummary
import citizen.core.CaseView
import citizen.core.Concerning
import citizen.core.DeliveryView

fun caseLine(at: Here, case: CaseSummary) = Line(
    at.say(case.title),
    at.text(R.string.received_promised, at.time(case.receivedAt), at.day(case.promisedBy)),
    statusChip(at, case.status),
    R.drawable.ic_case,
) { at.go("case/${case.caseId}") }

fun statusChip(at: Here, status: CaseStatus): Chip = when (status) {
    CaseStatus.RECEIVED -> Chip(at.text(R.string.status_received), Tone.PLAIN)
    CaseStatus.ACCEPTED -> Chip(at.text(R.string.status_accepted), Tone.PLAIN)
    CaseStatus.EVIDENCE_REQUESTED -> Chip(at.text(R.string.waits_for_you), Tone.WARN)
    CaseStatus.REVIEWED -> Chip(at.text(R.string.status_reviewed), Tone.PLAIN)
    CaseStatus.SETTLED -> Chip(at.text(R.string.status_settled), Tone.OK)
    CaseStatus.PAID -> Chip(at.text(R.string.status_paid), Tone.OK)
    CaseStatus.GRANTED -> Chip(at.text(R.string.status_granted), Tone.OK)
    CaseStatus.REFUSED -> Chip(at.text(R.string.status_refused), Tone.BAD)
    CaseStatus.ANSWERED -> Chip(at.text(R.string.status_answered), Tone.OK)
    CaseStatus.UNKNOWN -> Chip(at.text(R.string.status_unknown), Tone.PLAIN)
}

/** Everything that was filed, the newest first. */
class CasesScreen(at: Here) : Screen<List<CaseSummary>>(at) {
    override suspend fun load() = me.cases.page(0u, 100u)

    override fun view(state: List<CaseSummary>) = Page(
        title = at.text(R.string.cases),
        blocks = if (state.isEmpty()) listOf(Empty(R.drawable.ic_case, at.text(R.string.no_cases), Action(at.text(R.string.services)) { at.replace("services") }))
        else state.map { caseLine(at, it) },
    )
}

/** A case: who has the ball, what is next, and everything that happened. */
class CaseScreen(at: Here, private val id: String) : Screen<CaseScreen.State>(at) {
    class State(val view: CaseView, val parcel: DeliveryView?)

    override suspend fun load(): State {
        val view = me.cases.show(id)
        return State(view, view.case.deliveryId?.let(me.cases::delivery))
    }

    override fun view(state: State): Page {
        val case = state.view.case
        val request = case.requests.firstOrNull { it.answeredBy == null }
        val next = if (request == null) listOf(whoHasIt(case)) else listOf(
            Banner(Tone.WARN, at.text(R.string.office_asks), at.say(request.title) + "\n" + at.say(request.reason) + "\n" + at.text(R.string.answer_by, at.day(request.answerBy))),
        )
        return Page(
            title = at.say(case.title),
            blocks = next + case.grievance?.let { answered(at, case, it) }.orEmpty() + payout(case) + refusal(case) + parcel(state.parcel) + listOf(Heading(at.text(R.string.what_happened)), Card(listOf(timeline(case)))) +
                Words(at.text(R.string.as_of, at.time(state.view.fetchedAt)), muted = true) + complaints(case),
            main = request?.let { Action(at.text(R.string.answer_now), R.drawable.ic_camera) { at.act({ me.drafts.answerRequest(id) }) { draft -> at.go("answer/$draft") } } },
        )
    }

    /** An answer that did not help has its own way on. */
    private fun complaints(case: Case): List<Block> = if (case.grievance == null) listOf(complaint(at, Concerning.Case(id))) else emptyList()

    private fun whoHasIt(case: Case): Block {
        val grievance = case.grievance
        val answer = grievance?.answer
        if (answer != null) return Banner(if (answer.putRight) Tone.OK else Tone.PLAIN, at.text(if (answer.putRight) R.string.put_right else R.string.not_put_right))
        if (grievance != null) return Banner(Tone.PLAIN, statusChip(at, case.status).words, deskWords(at, case, grievance))
        val words = when (case.status) {
            CaseStatus.PAID -> R.string.case_paid
            CaseStatus.GRANTED -> R.string.case_granted
            CaseStatus.REFUSED -> R.string.case_refused
            CaseStatus.SETTLED -> R.string.case_settled
            else -> R.string.case_at_office
        }
        val chip = statusChip(at, case.status)
        val done = case.status in listOf(CaseStatus.PAID, CaseStatus.GRANTED, CaseStatus.REFUSED, CaseStatus.ANSWERED)
        return Banner(chip.tone, chip.words, at.text(words) + if (done) "" else "\n" + at.text(R.string.promised_by, at.day(case.promisedBy)))
    }

    private fun payout(case: Case): List<Block> {
        val settled = case.settlement ?: return emptyList()
        val below = case.payout?.let { at.text(R.string.paid_to, it.accountEnding, at.time(it.paidAt)) } ?: at.text(R.string.not_paid_yet)
        return listOf(
            Card(listOf(Figure(at.text(R.string.reimbursed), at.amount(settled.reimbursed), below))),
            Line(at.text(R.string.line_by_line), at.count(R.plurals.lines, settled.lines.size), icon = R.drawable.ic_money) { at.go("settlement/$id") },
        )
    }

    private fun refusal(case: Case): List<Block> =
        listOfNotNull(case.refusal?.let { Card(listOf(Heading(at.text(R.string.why_refused)), Words(at.say(it.reason)), Words(at.say(it.legalGround), muted = true))) })

    private fun parcel(parcel: DeliveryView?): List<Block> = listOfNotNull(parcel?.let { parcelCard(at, it.delivery) })

    private fun timeline(case: Case) = Timeline(
        case.events.reversed().map { event ->
            val (words, tone, icon) = moment(event.kind)
            Moment(at.text(words), at.time(event.at) + "  " + at.say(event.by), tone, icon)
        },
    )

    private fun moment(kind: CaseEventKind): Triple<Int, Tone, Int> = when (kind) {
        CaseEventKind.RECEIVED -> Triple(R.string.event_received, Tone.PLAIN, R.drawable.ic_outbox)
        CaseEventKind.ACCEPTED -> Triple(R.string.event_accepted, Tone.PLAIN, R.drawable.ic_case)
        CaseEventKind.EVIDENCE_REQUESTED -> Triple(R.string.event_asked, Tone.WARN, R.drawable.ic_question)
        CaseEventKind.EVIDENCE_PROVIDED -> Triple(R.string.event_answered, Tone.PLAIN, R.drawable.ic_person)
        CaseEventKind.REVIEWED -> Triple(R.string.event_reviewed, Tone.PLAIN, R.drawable.ic_check)
        CaseEventKind.SETTLED -> Triple(R.string.event_settled, Tone.OK, R.drawable.ic_money)
        CaseEventKind.PAID -> Triple(R.string.event_paid, Tone.OK, R.drawable.ic_ok)
        CaseEventKind.GRANTED -> Triple(R.string.event_granted, Tone.OK, R.drawable.ic_ok)
        CaseEventKind.REFUSED -> Triple(R.string.event_refused, Tone.BAD, R.drawable.ic_bad)
        CaseEventKind.CLIMBED -> Triple(R.string.event_climbed, Tone.WARN, R.drawable.ic_clock)
        CaseEventKind.ANSWERED -> Triple(R.string.status_answered, Tone.OK, R.drawable.ic_ok)
        CaseEventKind.UNKNOWN -> Triple(R.string.status_unknown, Tone.PLAIN, R.drawable.ic_clock)
    }
}
