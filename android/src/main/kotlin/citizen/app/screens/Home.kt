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
import citizen.app.design.Push
import citizen.app.design.Tiles
import citizen.app.design.Tone
import citizen.core.ConsentState
import citizen.core.HomeView
import citizen.core.MandateView
import citizen.core.OutboxKind
import citizen.core.Represented
import citizen.core.SessionStatus
import citizen.core.Waiting

/** What needs me now, what is happening, what can I do: in this order. */
class HomeScreen(at: Here) : Screen<HomeScreen.State>(at) {
    class State(val home: HomeView, val consents: List<ConsentState>, val mandates: List<MandateView>, val represented: Represented?)

    /** Whether they are the matters of somebody whom the person acts for. */
    private val acting get() = at.core.helped != null

    override suspend fun load(): State {
        val home = me.person.home()
        val mandates = checkNotNull(at.core.own).mandates
        if (acting) return State(home, emptyList(), emptyList(), mandates.represented().firstOrNull { it.personId == at.core.place.helping })
        return State(home, at.core.app.consents(at.core.unlockedId), mandates.page(0u, 100u), null)
    }

    override fun view(state: State): Page = Page(
        title = if (acting) state.home.label else at.text(R.string.hello, state.home.label),
        back = false,
        blocks = notAgreed(at, state.consents) + ended(state.represented) + needsMe(state.home, offeredToMe(at, state.mandates)) + happening(state.home) +
            helpable(at, state.mandates) + canDo(state.home),
    )

    /** A mandate that is over loses nobody a word; only nothing more is sent. */
    private fun ended(represented: Represented?): List<Block> {
        if (represented == null || represented.holds) return emptyList()
        return listOf(Banner(Tone.WARN, at.text(R.string.mandate_holds_no_more), at.text(R.string.mandate_holds_no_more_words, represented.label)))
    }

    private fun needsMe(state: HomeView, offered: List<Block>): List<Block> {
        val blocked = state.outbox.filter { it.waitsFor is Waiting.Person }
        val lines = state.asked.map { case ->
            Line(at.say(case.title), at.text(R.string.office_asks), Chip(at.text(R.string.waits_for_you), Tone.WARN), R.drawable.ic_question) { at.go("case/${case.caseId}") }
        } + blocked.map { item ->
            Line(at.say(item.title), at.text(R.string.city_refused), Chip(at.text(R.string.look_please), Tone.BAD), R.drawable.ic_outbox) { at.go("outbox") }
        } + state.drafts.map { draft ->
            Line(at.say(draft.title), at.text(R.string.written_at, at.time(draft.updatedAt)), Chip(at.text(R.string.not_sent), Tone.PLAIN), R.drawable.ic_file) { at.go(draftRoute(draft)) }
        }
        val waiting = offered + lines
        return if (waiting.isEmpty()) signedOut(state.session) else signedOut(state.session) + Heading(at.text(R.string.needs_me)) + waiting
    }

    private fun signedOut(session: SessionStatus): List<Block> = when (session) {
        is SessionStatus.SignedIn -> emptyList()
        is SessionStatus.Expired -> listOf(Banner(Tone.WARN, at.text(R.string.session_expired), at.text(R.string.session_expired_words), Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }))
        is SessionStatus.SignedOut -> listOf(Banner(Tone.WARN, at.text(R.string.signed_out), at.text(R.string.signed_out_words), Action(at.text(R.string.sign_in_go)) { at.go("sign-in") }))
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
        val theirs = listOf(
            Action(at.text(R.string.services), R.drawable.ic_services) { at.go("services") },
            Action(at.text(R.string.cases), R.drawable.ic_case) { at.go("cases") },
            Action(at.text(R.string.outbox), R.drawable.ic_outbox) { at.go("outbox") },
            Action(at.text(R.string.grievance), R.drawable.ic_speech) { at.go("grievances") },
        )
        val own = listOf(
            Action(at.text(R.string.insurance), R.drawable.ic_insurance) { at.go("insurance") },
            Action(at.text(R.string.cards), R.drawable.ic_card) { at.go("cards") },
            Action(at.text(R.string.register_log), R.drawable.ic_eye) { at.go("register-log") },
            Action(at.text(R.string.settings), R.drawable.ic_settings) { at.go("settings") },
        )
        val tiles = Tiles(if (acting) theirs else theirs.take(2) + own.take(2) + theirs.drop(2) + own.drop(2))
        val fetch = if (acting && at.core.online) listOf(Push(Action(at.text(R.string.refresh)) { at.act { me.person.pull() } })) else emptyList()
        val search = Line(at.text(R.string.search_services), icon = R.drawable.ic_search) { at.go("services") }
        return listOf(Heading(at.text(R.string.can_do)), search) + balance + tiles + fetch
    }
}
