package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Empty
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Pairs
import citizen.app.design.Push
import citizen.app.design.Search
import citizen.app.design.Tag
import citizen.app.design.Tiles
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.Concerning
import citizen.core.LifeEventSummary
import citizen.core.Needs
import citizen.core.ServiceDetails
import citizen.core.ServicePage
import citizen.core.ServiceSummary
import citizen.core.Text
import citizen.core.Workflow

/** A service in a list, with a word where the ID is all that it takes. */
fun serviceLine(at: Here, service: ServiceSummary): Line {
    val chip = if (service.onlyTheId) Chip(at.text(R.string.only_the_id), Tone.OK) else null
    return Line(at.say(service.title), at.say(service.summary), chip) { at.go("service/${service.serviceId}") }
}

/** Every service of the city, found as one types, or by what has happened in one's life. */
class ServicesScreen(at: Here) : Screen<ServicesScreen.State>(at) {
    class State(val services: List<ServiceSummary>, val events: List<LifeEventSummary>)

    override val needsPerson = false
    override val writing get() = sought.isNotEmpty()
    private var sought = ""
    private var shown = FIRST
    private var allEvents = false

    override suspend fun load(): State {
        val events = if (sought.isEmpty()) at.core.services.lifeEvents() else emptyList()
        return State(at.core.services.search(sought, at.language, shown), events)
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.services),
        personal = false,
        blocks = listOf<Block>(Search(at.text(R.string.search_hint), sought) { sought = it; shown = FIRST; at.redraw() }) + events(state) + found(state.services),
    )

    private fun events(state: State): List<Block> {
        if (state.events.isEmpty()) return emptyList()
        val few = if (allEvents) state.events else state.events.take(FEW)
        val tiles = few.map { event -> Action(at.say(event.lifeEvent.title)) { at.go("life-event/${event.lifeEvent.lifeEventId}") } }
        val more = if (few.size == state.events.size) emptyList() else listOf(Push(Action(at.text(R.string.more_events)) { allEvents = true; at.redraw() }))
        return listOf(Heading(at.text(R.string.life_events)), Tiles(tiles)) + more + Heading(at.text(R.string.all_services))
    }

    private fun found(services: List<ServiceSummary>): List<Block> = when {
        services.isNotEmpty() -> services.map { serviceLine(at, it) } +
            if (services.size < shown.toInt() || shown == MOST) emptyList() else listOf(Push(Action(at.text(R.string.show_more)) { shown = MOST; at.redraw() }))
        sought.isEmpty() -> listOf(Empty(R.drawable.ic_services, at.text(R.string.no_catalogue), Action(at.text(R.string.fetch)) { at.act { at.core.app.pullCatalogue() } }))
        else -> listOf(Empty(R.drawable.ic_search, at.text(R.string.nothing_found)))
    }

    private companion object {
        // As many as a screen shows: drawing more than that is what makes typing slow.
        const val FIRST = 8u
        const val MOST = 100u
        const val FEW = 6
    }
}

/** What there is to do when something happens in one's life. */
class LifeEventScreen(at: Here, private val id: String) : Screen<LifeEventScreen.State>(at) {
    class State(val title: Text?, val services: List<ServiceSummary>)

    override val needsPerson = false

    override suspend fun load() = State(at.core.services.lifeEvents().firstOrNull { it.lifeEvent.lifeEventId == id }?.lifeEvent?.title, at.core.services.ofLifeEvent(id, MOST))

    override fun view(state: State) = Page(
        title = state.title?.let(at::say) ?: at.text(R.string.life_events),
        personal = false,
        blocks = if (state.services.isEmpty()) listOf(Empty(R.drawable.ic_services, at.text(R.string.no_catalogue))) else state.services.map { serviceLine(at, it) },
    )

    private companion object {
        const val MOST = 100u
    }
}

/** A service: what it still needs from this person, what it costs, how long it takes. */
class ServiceScreen(at: Here, private val id: String) : Screen<ServiceScreen.State>(at) {
    class State(val service: ServicePage, val needs: Needs?)

    private var asked = false

    override suspend fun load(): State {
        val service = at.core.services.show(id)
        val needs = if (service.summary.needsNewerApp) null else needs()
        return State(service, needs)
    }

    /** Asks the registers once where there is a network; else what they said the last time. */
    private suspend fun needs(): Needs {
        val ask = at.core.online && !asked
        asked = true
        return if (ask) runCatching { me.drafts.askNeeds(id) }.getOrElse { me.drafts.needs(id) } else me.drafts.needs(id)
    }

    override fun view(state: State): Page {
        val summary = state.service.summary
        val details = state.service.details
        val files = details != null && details.workflow in listOf(Workflow.DECISION, Workflow.REIMBURSEMENT, Workflow.GRIEVANCE) && state.needs != null
        return Page(
            title = at.say(summary.title),
            personal = state.needs?.forThisPerson == true,
            blocks = listOf(Words(at.say(summary.summary), lead = true), Words(at.say(summary.department), muted = true)) +
                needs(state.needs) + details?.let(::details).orEmpty() +
                (if (summary.needsNewerApp) listOf(Banner(Tone.WARN, at.text(R.string.needs_newer_app), at.text(R.string.needs_newer_app_words))) else emptyList()) +
                if (details?.workflow == Workflow.GRIEVANCE) emptyList() else listOf(complaint(at, Concerning.Service(id))),
            main = if (files) Action(at.text(R.string.begin)) { at.act({ begin() }) { at.replace("form/$it/0") } } else null,
        )
    }

    private suspend fun begin(): String {
        val draft = me.drafts.create(id)
        // What registers know spares typing; without a network it comes later.
        if (at.core.online) runCatching { me.drafts.prefill(draft) }
        return draft
    }

    private fun needs(needs: Needs?): List<Block> {
        if (needs == null) return emptyList()
        val chip = if (needs.onlyTheId) Chip(at.text(R.string.only_the_id), Tone.OK) else Chip(at.text(R.string.bring_these), Tone.WARN, R.drawable.ic_file)
        val papers = papers(R.string.papers_to_photograph, needs.files) + papers(R.string.papers_declared, needs.declared) + papers(R.string.papers_at_counter, needs.atCounter)
        val sure = if (needs.forThisPerson) R.string.needs_for_you else R.string.needs_in_general
        return listOf(
            Heading(at.text(R.string.still_needed)),
            Card(listOf(Tag(chip)) + papers.ifEmpty { listOf(Words(at.say(needs.sentence))) } + Words(at.text(sure), muted = true)),
        )
    }

    private fun papers(heading: Int, papers: List<Text>): List<Block> =
        if (papers.isEmpty()) emptyList() else listOf(Words(at.text(heading), muted = true)) + papers.map { Words("· " + at.say(it)) }

    private fun details(details: ServiceDetails): List<Block> = listOf(
        Heading(at.text(R.string.good_to_know)),
        Card(
            listOf(
                Pairs(
                    listOf(
                        at.text(R.string.fee) to if (details.fee == 0L) at.text(R.string.free) else at.amount(details.fee),
                        at.text(R.string.promised) to at.count(R.plurals.working_days, details.promisedDeadlineDays.toInt()),
                        at.text(R.string.by_law) to at.count(R.plurals.working_days, details.legalDeadlineDays.toInt()),
                        at.text(R.string.result) to at.say(details.result),
                    ),
                ),
            ),
        ),
    ) + details.legalBasis.map { Line(at.say(it.title), at.say(it.says)) }
}
