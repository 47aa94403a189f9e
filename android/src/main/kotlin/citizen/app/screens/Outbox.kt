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
import citizen.app.design.Page
import citizen.app.design.Push
import citizen.app.design.Steps
import citizen.app.design.Tag
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.Concerning
import citizen.core.OutboxItem
import citizen.core.OutboxKind
import citizen.core.Waiting

/** What something waits for, and what that means. */
fun waitingWords(at: Here, waiting: Waiting): String = when (waiting) {
    is Waiting.Nothing -> at.text(R.string.going_now)
    is Waiting.Network -> at.text(R.string.waits_network)
    is Waiting.City -> at.text(R.string.waits_city, at.time(waiting.until))
    is Waiting.SignIn -> at.text(R.string.waits_sign_in)
    is Waiting.Files -> at.text(R.string.waits_files)
    is Waiting.Wifi -> at.text(R.string.waits_wifi)
    is Waiting.Paused -> at.text(R.string.waits_paused)
    is Waiting.Person -> at.say(waiting.reason)
}

/** What is still to be sent: each thing can be tried again or taken back. */
class OutboxScreen(at: Here) : Screen<List<OutboxItem>>(at) {
    override val showsProgress = true
    override suspend fun load() = me.outbox.page(0u, 100u)

    override fun view(state: List<OutboxItem>) = Page(
        title = at.text(R.string.outbox),
        blocks = if (state.isEmpty()) listOf(Empty(R.drawable.ic_ok, at.text(R.string.outbox_empty), Action(at.text(R.string.cases)) { at.replace("cases") }))
        else listOf<Block>(Banner(Tone.PLAIN, at.text(R.string.outbox_title), at.text(R.string.outbox_words))) + filings(state),
        main = if (state.isEmpty()) null else Action(at.text(R.string.send_now), R.drawable.ic_outbox) { at.act { me.outbox.sendNow() } },
    )

    private fun filings(items: List<OutboxItem>): List<Block> = items.groupBy { it.draftId ?: it.transactionId }.values.map { group ->
        val filing = group.firstOrNull { it.kind !is OutboxKind.Upload } ?: group.first()
        val blocked = group.firstOrNull { it.waitsFor is Waiting.Person }
        val leading = blocked ?: group.firstOrNull { it.waitsFor !is Waiting.Files } ?: filing
        val files = group.count { it.kind is OutboxKind.Upload }
        Card(
            listOf(Heading(at.say(filing.title)), Tag(chip(leading.waitsFor)), Words(waitingWords(at, leading.waitsFor))) +
                progress(group) + (if (files > 0) listOf(Words(at.count(R.plurals.photos_left, files), muted = true)) else emptyList()) +
                listOfNotNull(
                    blocked?.let { Push(Action(at.text(R.string.try_again)) { at.act { me.outbox.retry(it.transactionId) } }) },
                    blocked?.let { complaint(at, Concerning.Refused(it.transactionId)) },
                    Push(Action(at.text(R.string.withdraw)) { withdraw(filing) }, bad = true),
                ),
        )
    }

    /** How much the city has of the files that are going, once they are. */
    private fun progress(group: List<OutboxItem>): List<Block> {
        val going = group.mapNotNull { at.core.sending[it.transactionId] }
        val total = going.sumOf { it.total.toLong() }
        if (total == 0L) return emptyList()
        val percent = (going.sumOf { it.sent.toLong() } * 100 / total).toInt()
        return listOf(Steps(at.text(R.string.sent_percent, percent), percent, 100))
    }

    private fun chip(waiting: Waiting) = when (waiting) {
        is Waiting.Nothing -> Chip(at.text(R.string.sending), Tone.OK, R.drawable.ic_outbox)
        is Waiting.Person -> Chip(at.text(R.string.look_please), Tone.BAD)
        else -> Chip(at.text(R.string.waiting), Tone.WARN, R.drawable.ic_clock)
    }

    private fun withdraw(item: OutboxItem) = at.confirm(at.text(R.string.withdraw), at.text(R.string.withdraw_words), at.text(R.string.withdraw)) {
        at.act({ me.outbox.withdraw(item.transactionId) }) { at.replace(if (it == null) "outbox" else "form/$it/0") }
    }
}
