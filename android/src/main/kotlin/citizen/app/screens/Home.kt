package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Figure
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Tiles
import citizen.app.design.Tone
import citizen.core.HomeView
import citizen.core.OutboxKind
import citizen.core.SessionStatus
import citizen.core.Waiting

/** What needs me now, what is happening, what can I do: in this order. */
class HomeScreen(at: Here) : Screen<HomeView>(at) {
    override suspend fun load() = me.person.home()

    override fun view(state: HomeView): Page = Page(
        title = at.text(R.string.hello, state.label),
        back = false,
        blocks = needsMe(state) + happening(state) + canDo(state),
    )

    private fun needsMe(state: HomeView): List<Block> {
        val blocked = state.outbox.filter { it.waitsFor is Waiting.Person }
        val lines = state.asked.map { case ->
            Line(at.say(case.title), at.text(R.string.office_asks), Chip(at.text(R.string.waits_for_you), Tone.WARN), R.drawable.ic_question) { at.go("case/${case.caseId}") }
        } + blocked.map { item ->
            Line(at.say(item.title), at.text(R.string.city_refused), Chip(at.text(R.string.look_please), Tone.BAD), R.drawable.ic_outbox) { at.go("outbox") }
        } + state.drafts.map { draft ->
            Line(at.say(draft.title), at.text(R.string.written_at, at.time(draft.updatedAt)), Chip(at.text(R.string.not_sent), Tone.PLAIN), R.drawable.ic_file) { at.go(draftRoute(draft)) }
        }
        val expired = if (state.session is SessionStatus.SignedIn) emptyList() else listOf(
            Banner(Tone.WARN, at.text(R.string.signed_out), at.text(R.string.signed_out_words), Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }),
        )
        if (lines.isEmpty()) return expired
        return expired + Heading(at.text(R.string.needs_me)) + lines
    }

    private fun happening(state: HomeView): List<Block> {
        val waiting = state.outbox.filter { it.kind !is OutboxKind.Upload && it.waitsFor !is Waiting.Person }.map { item ->
            Line(at.say(item.title), waitingWords(at, item.waitsFor), Chip(at.text(R.string.in_outbox), Tone.WARN, R.drawable.ic_clock), R.drawable.ic_outbox) { at.go("outbox") }
        }
        val running = state.running.map { caseLine(at, it) }
        if (waiting.isEmpty() && running.isEmpty()) return emptyList()
        return listOf(Heading(at.text(R.string.happening))) + waiting + running
    }

    private fun canDo(state: HomeView): List<Block> {
        val balance = state.balance?.let {
            listOf(Card(listOf(Figure(at.text(R.string.balance), at.amount(it.amount), at.text(R.string.as_of, at.time(it.asOf))))) { at.go("insurance") })
        }.orEmpty()
        val tiles = Tiles(
            listOf(
                Action(at.text(R.string.services), R.drawable.ic_services) { at.go("services") },
                Action(at.text(R.string.cases), R.drawable.ic_case) { at.go("cases") },
                Action(at.text(R.string.insurance), R.drawable.ic_insurance) { at.go("insurance") },
                Action(at.text(R.string.cards), R.drawable.ic_card) { at.go("cards") },
                Action(at.text(R.string.outbox), R.drawable.ic_outbox) { at.go("outbox") },
                Action(at.text(R.string.settings), R.drawable.ic_settings) { at.go("settings") },
            ),
        )
        val search = Line(at.text(R.string.search_services), icon = R.drawable.ic_search) { at.go("services") }
        return listOf(Heading(at.text(R.string.can_do)), search) + balance + tiles
    }
}
