package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Option
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Words
import citizen.core.Case
import citizen.core.CaseView
import citizen.core.Concerning
import citizen.core.DraftView
import citizen.core.Grievance

/** Begins to say what could not be done, or goes on where it was begun. Needs no network. */
fun complain(at: Here, about: Concerning) = at.act({ checkNotNull(at.core.person).grievances.begin(about) }) { at.go("form/$it/0") }

/** The way to it from anywhere. */
fun complaint(at: Here, about: Concerning): Block = Push(Action(at.text(R.string.grievance), R.drawable.ic_speech) { complain(at, about) })

/** Who answers by which day; what was left goes up by itself. */
fun deskWords(at: Here, case: Case, grievance: Grievance): String {
    val clock = at.text(R.string.desk_answers_by, at.say(grievance.desk), at.day(case.promisedBy))
    return if (grievance.level > 1u) at.text(R.string.desk_above) + "\n" + clock else clock
}

/** What a desk said, and the way on where that does not help. */
fun answered(at: Here, case: Case, grievance: Grievance): List<Block> {
    val answer = grievance.answer ?: return emptyList()
    val by = Words(at.say(answer.by) + "  " + at.time(answer.answeredAt), muted = true)
    val said = Card(listOf(Heading(at.text(R.string.desk_answer)), Words(at.say(answer.text)), by))
    return listOf(said, Push(Action(at.text(R.string.not_helped), R.drawable.ic_speech) { complain(at, Concerning.Case(case.caseId)) }))
}

/** What a draft is about, and whether the desk may read it. */
fun concern(at: Here, draft: DraftView): List<Block> {
    val concern = draft.concern ?: return emptyList()
    val about = Words(at.text(R.string.grievance_about, at.say(concern.title)), lead = true)
    if (!concern.canShare) return listOf(about)
    val options = listOf(Option("yes", at.text(R.string.share_case_yes), concern.sharesCase), Option("no", at.text(R.string.share_case_no), !concern.sharesCase))
    val ask = AskChoice("share_case", About(at.text(R.string.share_case), at.text(R.string.share_case_words)), options, several = false) { chosen ->
        at.act { checkNotNull(at.core.person).drafts.shareCase(draft.draftId, chosen == "yes") }
    }
    return listOf(about, ask)
}

/** What could not be done in one trip: what was said, who answers by when, what was answered. */
class GrievancesScreen(at: Here) : Screen<List<CaseView>>(at) {
    override suspend fun load() = me.grievances.page(0u, 100u)

    override fun view(state: List<CaseView>) = Page(
        title = at.text(R.string.grievance),
        blocks = listOf<Block>(Words(at.text(R.string.grievance_words))) + (if (state.isEmpty()) emptyList() else listOf(Heading(at.text(R.string.grievances_said)))) + state.mapNotNull { line(it.case) },
        main = Action(at.text(R.string.grievance_begin), R.drawable.ic_speech) { complain(at, Concerning.Nothing) },
    )

    private fun line(case: Case): Block? {
        val grievance = case.grievance ?: return null
        val title = at.say(grievance.about ?: case.title)
        val below = grievance.answer?.let { at.say(it.by) + "\n" + at.say(it.text) } ?: deskWords(at, case, grievance)
        return Line(title, below, statusChip(at, case.status), R.drawable.ic_speech) { at.go("case/${case.caseId}") }
    }
}
