package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskText
import citizen.app.design.Banner
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.CardFront
import citizen.app.design.Chip
import citizen.app.design.Code
import citizen.app.design.Empty
import citizen.app.design.Heading
import citizen.app.design.Keys
import citizen.app.design.Line
import citizen.app.design.Moment
import citizen.app.design.Page
import citizen.app.design.Timeline
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.CardSummary
import citizen.core.CardView
import citizen.core.CitizenException
import citizen.core.Delivery
import citizen.core.DeliveryStatus
import citizen.core.VerifiedCard
import citizen.app.bridge.say
import citizen.core.codeOf

/** The parcel on its way to the door. */
fun parcelCard(at: Here, parcel: Delivery): Block = Card(
    listOf(
        Heading(at.text(R.string.parcel)),
        Words(at.say(parcel.content) + "  " + at.text(R.string.tracking, parcel.trackingNumber), muted = true),
        Timeline(parcel.events.reversed().map { Moment(at.text(parcelName(it.status)), at.time(it.at), if (it.status == DeliveryStatus.DELIVERED) Tone.OK else Tone.PLAIN, R.drawable.ic_truck) }),
    ),
)

private fun parcelName(status: DeliveryStatus) = when (status) {
    DeliveryStatus.PREPARED -> R.string.parcel_prepared
    DeliveryStatus.HELD -> R.string.parcel_held
    DeliveryStatus.HANDED_OVER -> R.string.parcel_handed_over
    DeliveryStatus.ON_THE_WAY -> R.string.parcel_on_the_way
    DeliveryStatus.FAILED -> R.string.parcel_failed
    DeliveryStatus.RETURNING -> R.string.parcel_returning
    DeliveryStatus.AT_COUNTER -> R.string.parcel_at_counter
    DeliveryStatus.CANCELLED -> R.string.parcel_cancelled
    DeliveryStatus.DELIVERED -> R.string.parcel_delivered
    DeliveryStatus.UNKNOWN -> R.string.status_unknown
}

private fun validity(at: Here, valid: Boolean) = if (valid) Chip(at.text(R.string.valid), Tone.OK) else Chip(at.text(R.string.not_valid), Tone.BAD)

/** The person's cards; all of them open without a network. */
class CardsScreen(at: Here) : Screen<List<CardSummary>>(at) {
    override suspend fun load() = me.cards.page(0u, 100u)

    override fun view(state: List<CardSummary>) = Page(
        title = at.text(R.string.cards),
        blocks = if (state.isEmpty()) listOf(Empty(R.drawable.ic_card, at.text(R.string.no_cards)))
        else state.map { card ->
            val chip = if (card.ready) validity(at, card.offer.valid) else Chip(at.text(R.string.card_coming), Tone.WARN, R.drawable.ic_clock)
            Line(at.say(card.title), at.text(R.string.issued_on, at.day(card.offer.issuedOn)), chip, R.drawable.ic_card, if (card.ready) ({ at.go("card/${card.credentialId}") }) else null)
        },
        second = Action(at.text(R.string.verify_card), R.drawable.ic_qr) { at.go("verify") },
    )
}

/** A card: its front, why the person has it, and where the printed one is. */
class CardScreen(at: Here, private val id: String) : Screen<CardView>(at) {
    override suspend fun load() = me.cards.show(id)

    override fun view(state: CardView) = Page(
        title = at.say(state.offer.title),
        blocks = front(state),
        main = Action(at.text(R.string.show_code), R.drawable.ic_qr) { at.go("code/$id") },
    )

    private fun front(card: CardView): List<Block> = listOfNotNull(
        CardFront(
            at.say(card.offer.title),
            card.name,
            listOf(at.text(R.string.birth_date) to at.day(card.birthDate), at.text(R.string.card_number) to card.cardNumber),
            validity(at, card.offer.valid),
        ),
        Heading(at.text(R.string.why_this_card)),
        Card(listOf(Words(at.say(card.offer.reason)))),
        card.delivery?.let { parcelCard(at, it) },
    )
}

/** The code that shows a card for a minute. Each look at it is signed anew. */
class CodeScreen(at: Here, private val id: String) : Screen<CodeScreen.State>(at) {
    class State(val card: CardView, val code: citizen.core.Code)

    override suspend fun load() = State(me.cards.show(id), codeOf(me.cards.present(id)))

    override fun view(state: State) = Page(
        title = at.say(state.card.offer.title),
        bright = true,
        blocks = listOf(
            Words(at.text(R.string.code_words), lead = true),
            Code(state.code.side.toInt(), state.code.points, at.text(R.string.code_label, state.card.name)),
            Words(state.card.name + "  " + state.card.cardNumber, lead = true),
        ),
        main = Action(at.text(R.string.new_code), R.drawable.ic_qr) { at.redraw() },
    )
}

/** Somebody else's card, checked with what was fetched before: no network, no login. */
class VerifyScreen(at: Here) : Screen<VerifyScreen.State>(at) {
    class State(val card: VerifiedCard?, val wrong: CitizenException?)

    override val needsPerson = false
    private var text = ""

    override suspend fun load(): State {
        if (text.isEmpty()) return State(null, null)
        return try {
            State(at.core.app.verifyCard(text), null)
        } catch (error: CitizenException) {
            State(null, error)
        }
    }

    override fun view(state: State) = Page(
        title = at.text(R.string.verify_card),
        blocks = listOf<Block>(
            Words(at.text(R.string.verify_words)),
            AskText("code", About(at.text(R.string.code_text)), text, Keys.LONG) { text = it.trim() },
        ) + result(state),
        main = Action(at.text(R.string.check)) { at.redraw() },
    )

    private fun result(state: State): List<Block> {
        state.wrong?.let { error -> return at.say(error).let { (title, words) -> listOf(Banner(Tone.BAD, title, words)) } }
        val card = state.card ?: return emptyList()
        return listOf(
            Banner(Tone.OK, at.text(R.string.card_holds), at.text(R.string.checked_as_of, at.time(card.statusAsOf))),
            CardFront(at.text(R.string.card_shown), card.name, listOf(at.text(R.string.birth_date) to at.day(card.birthDate), at.text(R.string.card_number) to card.cardNumber), validity(at, true)),
        )
    }
}
