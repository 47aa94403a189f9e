package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Moment
import citizen.app.design.Page
import citizen.app.design.Pairs
import citizen.app.design.Push
import citizen.app.design.Tag
import citizen.app.design.Timeline
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.ActView
import citizen.core.MandateActs
import citizen.core.MandateReach
import citizen.core.MandateSide
import citizen.core.MandateStanding
import citizen.core.MandateView
import citizen.core.Represented

fun standingChip(at: Here, mandate: MandateView): Chip = when (mandate.standing) {
    MandateStanding.OFFERED ->
        if (mandate.side == MandateSide.RECEIVED) Chip(at.text(R.string.mandate_waits_for_you), Tone.WARN) else Chip(at.text(R.string.mandate_offered), Tone.PLAIN)
    MandateStanding.HOLDS -> Chip(at.text(R.string.mandate_holds), Tone.OK)
    MandateStanding.OVER -> Chip(at.text(R.string.mandate_over), Tone.PLAIN)
    MandateStanding.DECLINED -> Chip(at.text(R.string.mandate_declined), Tone.PLAIN)
    MandateStanding.REVOKED -> Chip(at.text(R.string.mandate_revoked), Tone.PLAIN)
}

fun actsName(acts: MandateActs) = if (acts == MandateActs.READ) R.string.mandate_read else R.string.mandate_file

/** Goes on with the matters of somebody whom the person acts for, and fetches how they stand. */
fun actFor(at: Here, mandate: String) = at.act({
    val own = checkNotNull(at.core.own)
    val theirs = own.mandates.actFor(mandate)
    at.core.actFor(theirs)
    // Without a network what was told the last time is shown.
    if (at.core.online) runCatching { theirs.pull() }
}) { at.reset("home") }

/** On the first screen: what somebody wants this person to do for them, and for whom they can act. */
fun helpable(at: Here, mandates: List<MandateView>): List<Block> {
    val received = mandates.filter { it.side == MandateSide.RECEIVED }
    val holding = received.filter { it.standing == MandateStanding.HOLDS }.distinctBy { it.from }
    if (holding.isEmpty()) return emptyList()
    return listOf(Heading(at.text(R.string.for_family))) + holding.map { mandate ->
        Line(at.text(R.string.act_for, mandate.from), at.text(R.string.mandate_until, at.day(mandate.until)), icon = R.drawable.ic_mandate) { actFor(at, mandate.mandateId) }
    }
}

fun offeredToMe(at: Here, mandates: List<MandateView>): List<Block> =
    mandates.filter { it.side == MandateSide.RECEIVED && it.standing == MandateStanding.OFFERED }.map { mandate ->
        Line(at.text(R.string.mandate_asks, mandate.from), at.text(actsName(mandate.acts)), standingChip(at, mandate), R.drawable.ic_mandate) { at.go("mandate/${mandate.mandateId}") }
    }

/** Acting for others, others for the person, and what was done so. */
class MandatesScreen(at: Here) : Screen<MandatesScreen.State>(at) {
    class State(val mandates: List<MandateView>, val acts: List<ActView>)

    private var asked = false

    override suspend fun load(): State {
        // Once where there is a network; what comes later comes with the changes.
        if (!asked && at.core.online) runCatching { me.mandates.refresh() }
        asked = true
        return State(me.mandates.page(0u, 100u), me.mandates.actsPage(0u, MOST))
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.mandates),
        blocks = listOf<Block>(Words(at.text(R.string.mandates_words))) + side(state, MandateSide.RECEIVED, R.string.mandates_received) +
            side(state, MandateSide.GIVEN, R.string.mandates_given) + acts(state.acts),
        main = Action(at.text(R.string.mandate_give), R.drawable.ic_plus) { at.go("give-mandate") },
    )

    private fun side(state: State, side: MandateSide, heading: Int): List<Block> {
        val mandates = state.mandates.filter { it.side == side }
        if (mandates.isEmpty()) return emptyList()
        return listOf(Heading(at.text(heading))) + mandates.map { mandate ->
            val other = if (side == MandateSide.GIVEN) at.text(R.string.mandate_to, mandate.to) else at.text(R.string.mandate_from, mandate.from)
            Line(other, at.text(actsName(mandate.acts)) + " · " + at.text(R.string.mandate_until, at.day(mandate.until)), standingChip(at, mandate), R.drawable.ic_mandate) { at.go("mandate/${mandate.mandateId}") }
        }
    }

    private fun acts(acts: List<ActView>): List<Block> {
        if (acts.isEmpty()) return emptyList()
        val moments = acts.map { Moment(at.say(it.sentence), at.time(it.at), Tone.PLAIN, R.drawable.ic_check) }
        return listOf(Heading(at.text(R.string.mandate_acts)), Card(listOf(Timeline(moments))))
    }

    private companion object {
        const val MOST = 30u
    }
}

/** One mandate: accepted, declined, acted under, ended. */
class MandateScreen(at: Here, private val id: String) : Screen<MandateScreen.State>(at) {
    class State(val mandate: MandateView, val where: String, val represented: Represented?)

    override suspend fun load(): State {
        val mandate = me.mandates.page(0u, 100u).first { it.mandateId == id }
        val represented = if (mandate.side == MandateSide.RECEIVED) me.mandates.represented().firstOrNull { it.label == mandate.from } else null
        return State(mandate, where(mandate.reach), represented)
    }

    private fun where(reach: MandateReach): String = when (reach) {
        is MandateReach.OneCase -> at.text(R.string.mandate_one_case, at.say(at.core.services.show(reach.serviceId).summary.title))
        is MandateReach.Services -> when (reach.services.size) {
            0 -> at.text(R.string.mandate_everything)
            1 -> at.say(at.core.services.show(reach.services.first()).summary.title)
            else -> at.count(R.plurals.services_named, reach.services.size)
        }
    }

    override fun view(state: State): Page {
        val mandate = state.mandate
        val received = mandate.side == MandateSide.RECEIVED
        val offered = mandate.standing == MandateStanding.OFFERED
        val holds = mandate.standing == MandateStanding.HOLDS
        return Page(
            title = if (received) at.text(R.string.mandate_from, mandate.from) else at.text(R.string.mandate_to, mandate.to),
            blocks = listOf(
                Card(
                    listOf(
                        Tag(standingChip(at, mandate)),
                        Pairs(
                            listOf(
                                at.text(R.string.mandate_who) to mandate.from, at.text(R.string.mandate_by) to mandate.to, at.text(R.string.mandate_what) to at.text(actsName(mandate.acts)),
                                at.text(R.string.mandate_where) to state.where, at.text(R.string.mandate_last_day) to at.day(mandate.until),
                            ),
                        ),
                    ),
                ),
                Words(at.text(if (received) R.string.mandate_received_words else R.string.mandate_given_words), muted = true),
            ) + endings(mandate, received, offered || holds) + removal(state),
            main = when {
                received && offered -> Action(at.text(R.string.mandate_accept)) { at.act { me.mandates.accept(id) } }
                received && holds -> Action(at.text(R.string.act_for, mandate.from), R.drawable.ic_mandate) { actFor(at, id) }
                state.represented != null -> Action(at.text(R.string.see_what_i_wrote, mandate.from), R.drawable.ic_mandate) { actFor(at, id) }
                else -> null
            },
            second = if (received && offered) Action(at.text(R.string.mandate_decline)) { at.act { me.mandates.decline(id) } } else null,
        )
    }

    private fun endings(mandate: MandateView, received: Boolean, open: Boolean): List<Block> {
        if (!open || received && mandate.standing == MandateStanding.OFFERED) return emptyList()
        val label = at.text(if (received) R.string.mandate_give_back else R.string.mandate_end)
        val words = if (received) at.text(R.string.mandate_give_back_words, mandate.from) else at.text(R.string.mandate_end_words, mandate.to)
        return listOf(Push(Action(label) { at.confirm(label, words, label) { at.act { me.mandates.revoke(id) } } }, bad = true))
    }

    /** What was written for somebody stays on this phone whatever becomes of the mandate, until the person removes it. */
    private fun removal(state: State): List<Block> {
        val represented = state.represented ?: return emptyList()
        val label = at.text(R.string.remove_represented, represented.label)
        return listOf(Push(Action(label) { at.confirm(label, at.text(R.string.remove_represented_words, represented.label), label) { at.act { me.mandates.removeRepresented(represented.personId) } } }, bad = true))
    }
}
