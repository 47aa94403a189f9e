package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Ask
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Heading
import citizen.app.design.Page
import citizen.app.design.Steps
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.DraftState
import citizen.core.DraftSummary
import citizen.core.DraftKind
import citizen.core.DraftView
import citizen.core.FieldView

/** Where a draft goes on: its form, or the answer to an office. */
fun draftRoute(draft: DraftSummary) = if (draft.kind is DraftKind.Form) "form/${draft.draftId}/0" else "answer/${draft.draftId}"

/** Any form: a page at a time, a question at a time in elder mode. What is typed is on disk before the next letter. */
class FormScreen(at: Here, private val id: String, private val step: Int) : Screen<DraftView>(at) {
    override val writing = true
    private var opened = false
    private val added = mutableSetOf<String>()
    private val questions = Questions(at, id, added)

    /** A draft follows its form when it is opened, and not under the person's hands. */
    override suspend fun load(): DraftView = if (opened) me.drafts.show(id) else me.drafts.open(id).also { opened = true }

    override fun view(state: DraftView): Page {
        val steps = steps(state)
        val current = steps.getOrNull(step)
        if (state.state !is DraftState.Open || current == null) return beyond(state)
        val last = step == steps.lastIndex
        return Page(
            title = at.say(state.title),
            blocks = moved(state) + (if (step == 0) about(state) else emptyList()) +
                Steps(at.text(R.string.step_of, step + 1, steps.size), step + 1, steps.size) +
                Heading(current.first) + current.second.flatMap(questions::blocks),
            main = Action(at.text(if (last) R.string.to_review else R.string.next)) {
                if (last) at.replace("review/$id") else at.replace("form/$id/${step + 1}")
            },
            second = if (step == 0) null else Action(at.text(R.string.previous)) { at.replace("form/$id/${step - 1}") },
        )
    }

    /** The pages as they are asked: each question by itself for those who chose so. */
    private fun steps(state: DraftView): List<Pair<String, List<FieldView>>> {
        val pages = state.form.pages.map { at.say(it.title) to it.fields }
        if (!at.settings.elder) return pages
        return pages.flatMap { (title, fields) -> fields.map { title to listOf(it) } }
    }

    private fun about(state: DraftView): List<Block> = listOfNotNull(state.concern?.let { Words(at.text(R.string.grievance_about, at.say(it.title)), lead = true) })

    private fun moved(state: DraftView): List<Block> {
        if (state.movedFrom == null || step > 0) return emptyList()
        return listOf(Banner(Tone.WARN, at.text(R.string.form_moved), at.text(R.string.form_moved_words)))
    }

    /** A form without questions, or a draft that is on its way. */
    private fun beyond(state: DraftView): Page = Page(
        title = at.say(state.title),
        blocks = listOf(Words(at.text(if (state.state is DraftState.Open) R.string.nothing_to_answer else R.string.already_filed))),
        main = Action(at.text(if (state.state is DraftState.Open) R.string.to_review else R.string.outbox)) {
            at.replace(if (state.state is DraftState.Open) "review/$id" else "outbox")
        },
    )
}
