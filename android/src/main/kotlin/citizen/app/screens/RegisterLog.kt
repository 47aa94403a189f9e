package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.bridge.name
import citizen.app.bridge.say
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Empty
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Pairs
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.CitizenException
import citizen.core.Concerning
import citizen.core.RegisterLogView
import citizen.core.RegisterRead

/** Who asked for the person's data, and whether the city still says what it said before. */
class RegisterLogScreen(at: Here) : Screen<RegisterLogScreen.State>(at) {
    class State(val log: RegisterLogView, val trouble: CitizenException?)

    private var asked = false
    private var trouble: CitizenException? = null

    override suspend fun load(): State {
        if (!asked && at.core.online) ask()
        return State(me.registerLog.page(0u, 100u), trouble)
    }

    /** What was found out stays on the screen until it is asked again. */
    private suspend fun ask() {
        asked = true
        trouble = try {
            me.registerLog.refresh()
            null
        } catch (error: CitizenException) {
            error
        }
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.register_log),
        blocks = listOf<Block>(Words(at.text(R.string.register_log_words))) + standing(state) + state.log.entries.map(::line) +
            if (state.log.entries.isEmpty() && state.log.fetchedAt != null) listOf(Empty(R.drawable.ic_ok, at.text(R.string.nobody_asked))) else emptyList(),
        main = Action(at.text(R.string.refresh)) { at.act { ask() } },
    )

    private fun standing(state: State): List<Block> {
        val fetched = state.log.fetchedAt
        val age = fetched?.let { listOf(Words(at.text(R.string.fetched_at, at.time(it)), muted = true)) }.orEmpty()
        val banner = state.trouble?.let { error ->
            val (reason, action) = at.say(error)
            Banner(if (error.name == ALTERED) Tone.BAD else Tone.WARN, reason, action, wayOut(at, error))
        } ?: when {
            fetched == null -> Banner(Tone.PLAIN, at.text(R.string.log_not_fetched), at.text(R.string.log_not_fetched_words))
            else -> Banner(Tone.OK, at.text(R.string.log_intact), at.text(R.string.log_intact_words))
        }
        return listOf(banner) + age
    }

    private fun line(entry: RegisterRead): Block =
        Line(at.text(R.string.read_what, at.say(entry.requester), at.say(entry.title)), at.time(entry.at) + "\n" + at.say(entry.purpose), icon = R.drawable.ic_eye) { at.go("reading/${entry.sequence}") }

    private companion object {
        const val ALTERED = "register-log-altered"
    }
}

/** One reading: who, what, when, why, by which law; and objecting to it. */
class ReadingScreen(at: Here, private val sequence: ULong) : Screen<RegisterRead>(at) {
    override suspend fun load(): RegisterRead = me.registerLog.page(0u, 100u).entries.first { it.sequence == sequence }

    override fun view(state: RegisterRead): Page {
        val items = state.items.joinToString("\n") { at.say(it.title) }.ifEmpty { at.text(R.string.read_whether) }
        val facts = listOfNotNull(
            at.text(R.string.read_who) to at.say(state.requester), at.text(R.string.read_register) to at.say(state.title),
            at.text(R.string.read_items) to items, at.text(R.string.read_when) to at.time(state.at), at.text(R.string.read_why) to at.say(state.purpose),
            at.say(state.legalGround).ifEmpty { null }?.let { at.text(R.string.read_law) to it },
        )
        return Page(
            title = at.text(R.string.reading),
            blocks = listOfNotNull(
                Card(listOf(Pairs(facts))),
                state.caseId?.let { case -> Line(at.text(R.string.read_for_case), icon = R.drawable.ic_case) { at.go("case/$case") } },
                Heading(at.text(R.string.read_object)),
                Words(at.text(R.string.read_object_words)),
            ),
            main = Action(at.text(R.string.read_object_now), R.drawable.ic_speech) { complain(at, Concerning.Reading(sequence)) },
        )
    }
}
