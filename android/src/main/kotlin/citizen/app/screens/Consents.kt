package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskAgree
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Heading
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Tag
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.ConsentState
import citizen.core.Purpose

/** Asks for a person's word on each purpose before they sign in. What the app cannot do without is agreed to by going on. */
class Agreement(private val at: Here) {
    private val agreed = mutableSetOf<Purpose>()

    fun blocks(state: List<ConsentState>): List<Block> = state.map { consent ->
        val purpose = consent.purpose
        if (purpose.needed) Card(listOf(Heading(at.say(purpose.title)), Words(at.say(purpose.explanation)), Words(at.say(purpose.without), muted = true)))
        else AskAgree(purpose.purpose.name, About(at.say(purpose.title)), at.say(purpose.explanation), at.say(purpose.without), at.text(R.string.consent_agree), purpose.purpose in agreed) {
            if (it) agreed += purpose.purpose else agreed -= purpose.purpose
            at.redraw()
        }
    }

    /** Keeps what was agreed to, and takes back what somebody before had agreed to and this person does not. */
    fun give(state: List<ConsentState>, then: () -> Unit) = at.act({
        state.forEach { consent ->
            val purpose = consent.purpose
            if (purpose.needed || purpose.purpose in agreed) at.core.app.giveConsent(null, purpose.purpose)
            else at.core.app.withdrawConsent(null, purpose.purpose)
        }
    }) { then() }
}

/** What the person agreed to, and when: taken back as easily as it was given. */
class ConsentsScreen(at: Here) : Screen<List<ConsentState>>(at) {
    override suspend fun load() = at.core.app.consents(at.core.unlockedId)

    override fun view(state: List<ConsentState>) = Page(
        title = at.text(R.string.consents),
        blocks = listOf<Block>(Words(at.text(R.string.consents_words))) + state.map(::consent),
    )

    private fun consent(state: ConsentState): Block {
        val purpose = state.purpose
        val act = if (state.given) Push(Action(at.text(R.string.consent_withdraw)) { withdraw(state) }, bad = true)
        else Push(Action(at.text(R.string.consent_agree)) { at.act { at.core.app.giveConsent(at.core.unlockedId, purpose.purpose) } })
        return Card(listOf(Heading(at.say(purpose.title)), Tag(standing(state)), Words(at.say(purpose.explanation)), Words(at.say(purpose.without), muted = true), act))
    }

    private fun standing(state: ConsentState): Chip {
        val (given, withdrawn) = state.givenAt to state.withdrawnAt
        return when {
            state.given && given != null -> Chip(at.text(R.string.consent_given, at.time(given)), Tone.OK)
            withdrawn != null -> Chip(at.text(R.string.consent_withdrawn, at.time(withdrawn)), Tone.WARN)
            else -> Chip(at.text(R.string.consent_not_given), Tone.WARN)
        }
    }

    private fun withdraw(state: ConsentState) = at.confirm(at.say(state.purpose.title), at.say(state.purpose.without) + "\n" + at.text(R.string.consent_withdraw_words), at.text(R.string.consent_withdraw)) {
        at.act { at.core.app.withdrawConsent(at.core.unlockedId, state.purpose.purpose) }
    }
}

/** On the first screen: that nothing is sent, where the person has taken their word back. */
fun notAgreed(at: Here, consents: List<ConsentState>): List<Block> {
    val missing = consents.firstOrNull { it.purpose.needed && !it.given } ?: return emptyList()
    return listOf(Banner(Tone.WARN, at.text(R.string.nothing_is_sent), at.say(missing.purpose.without), Action(at.text(R.string.consents)) { at.go("consents") }))
}
