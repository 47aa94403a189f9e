package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.AskText
import citizen.app.design.About
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Heading
import citizen.app.design.Keys
import citizen.app.design.Page
import citizen.app.design.Pairs
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.DeliveryChoice
import citizen.core.DraftKind
import citizen.core.DraftView
import citizen.core.FieldView
import citizen.core.Needed

/** What is still needed before a draft can be filed, in the order it is asked. */
fun needed(at: Here, draft: DraftView): List<Block> {
    if (draft.needed.isEmpty()) return listOf(Banner(Tone.OK, at.text(R.string.complete), at.text(R.string.complete_words)))
    val words = draft.needed.joinToString("\n") { need ->
        when (need) {
            is Needed.Answer -> at.text(R.string.need_answer, at.say(need.label))
            is Needed.Files -> at.text(R.string.need_files, at.say(need.title), need.missing.toInt())
            is Needed.Declaration -> at.text(R.string.need_agree, at.say(need.title))
            is Needed.Counter -> at.text(R.string.need_counter, at.say(need.title))
            is Needed.Reply -> at.text(R.string.need_reply)
        }
    }
    return listOf(Banner(Tone.WARN, at.count(R.plurals.things_missing, draft.needed.size), words))
}

/** Everything that was answered, in the order it was asked. */
fun answers(at: Here, draft: DraftView): List<Block> = draft.form.pages.flatMap { page ->
    val pairs = page.fields.flatMap { pairs(at, it) }
    if (pairs.isEmpty()) emptyList() else listOf(Heading(at.say(page.title)), Card(listOf(Pairs(pairs))))
}

private fun pairs(at: Here, field: FieldView): List<Pair<String, String>> {
    if (field.entries.isNotEmpty()) return field.entries.flatMap { entry -> entry.flatMap { pairs(at, it) } }
    val words = field.words?.let(at::say) ?: return emptyList()
    val source = field.register?.takeIf { it.value == field.value }?.let { "\n" + at.text(R.string.from_short, at.say(it.source.title)) }.orEmpty()
    return listOf(at.say(field.label) to words + source)
}

fun deliveryName(choice: DeliveryChoice) = when (choice) {
    DeliveryChoice.PHONE -> R.string.delivery_phone
    DeliveryChoice.COURIER -> R.string.delivery_courier
    DeliveryChoice.COUNTER -> R.string.delivery_counter
}

/** What an office asked, and the answer to it: a photograph, a word, one tap. */
class AnswerScreen(at: Here, private val id: String) : Screen<DraftView>(at) {
    override val writing = true
    override suspend fun load(): DraftView = me.drafts.show(id)

    override fun view(state: DraftView): Page {
        val asked = state.kind as? DraftKind.Supplement
        return Page(
            title = at.text(R.string.answer_office),
            blocks = listOfNotNull(
                asked?.let { Banner(Tone.WARN, at.say(it.reason), at.text(R.string.answer_by, at.day(it.answerBy))) },
            ) + state.requirements.map { paper -> paperLine(at, paper) { at.go("paper/$id/${paper.requirementId}") } } +
                AskText("note", About(at.text(R.string.note_to_office), at.text(R.string.note_help)), state.note, Keys.LONG) { typed ->
                    at.act { me.drafts.setNote(id, typed) }
                } + if (state.needed.isEmpty()) emptyList() else listOf(Words(at.text(R.string.need_reply), muted = true)),
            main = if (state.needed.isEmpty()) Action(at.text(R.string.send_answer), R.drawable.ic_outbox) { at.act({ me.drafts.submit(id); at.sendLater() }) { at.replace("outbox") } } else null,
        )
    }
}
