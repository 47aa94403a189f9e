package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.AskChoice
import citizen.app.design.AskDay
import citizen.app.design.AskText
import citizen.app.design.Block
import citizen.app.design.Keys
import citizen.app.design.Option
import citizen.app.design.Page
import citizen.app.design.Search
import citizen.app.design.Words
import citizen.core.MandateActs
import citizen.core.MandateDraft
import citizen.core.MandateReach
import citizen.core.ServiceSummary

/** Letting somebody act for oneself: who, what, where, until when. The city judges all of it. */
class GiveMandateScreen(at: Here) : Screen<List<ServiceSummary>>(at) {
    override val writing = true
    private val offer get() = at.core.offer
    private var sought = ""

    override suspend fun load() = if (sought.isBlank()) emptyList() else at.core.services.search(sought, at.language, FEW)

    override fun view(state: List<ServiceSummary>) = Page(
        title = at.text(R.string.mandate_give),
        blocks = listOf(
            Words(at.text(R.string.mandate_give_words)),
            AskText("name", About(at.text(R.string.their_name)), offer.name, Keys.TEXT) { offer.name = it; at.redraw() },
            AskText("id_number", About(at.text(R.string.their_id), at.text(R.string.their_id_words)), offer.idNumber, Keys.ID) { offer.idNumber = it; at.redraw() },
            choice("acts", R.string.mandate_what, offer.files, R.string.mandate_file, R.string.mandate_read) { offer.files = it },
            choice("reach", R.string.mandate_where, offer.everything, R.string.mandate_everything, R.string.mandate_some) { offer.everything = it },
        ) + services(state) + AskDay("until", About(at.text(R.string.mandate_last_day), at.text(R.string.mandate_last_day_words)), offer.until.ifEmpty { null }?.let(at::day).orEmpty(), offer.until, at.text(R.string.choose_day)) {
            offer.until = it
            at.redraw()
        } + if (draft() == null) listOf(Words(at.text(R.string.mandate_incomplete), muted = true)) else emptyList(),
        main = draft()?.let { ready -> Action(at.text(R.string.mandate_give_to, offer.name)) { at.act({ me.mandates.give(ready); offer.clear() }) { at.back() } } },
    )

    private fun choice(key: String, label: Int, chosen: Boolean?, yes: Int, no: Int, choose: (Boolean) -> Unit): Block {
        val options = listOf(Option("yes", at.text(yes), chosen == true), Option("no", at.text(no), chosen == false))
        return AskChoice(key, About(at.text(label)), options, several = false) { choose(it == "yes"); at.redraw() }
    }

    /** Those that were chosen stay in sight, below them what is being looked for. */
    private fun services(found: List<ServiceSummary>): List<Block> {
        if (offer.everything != false) return emptyList()
        val names = offer.services + found.associate { it.serviceId to it.title }
        val options = names.map { (id, title) -> Option(id, at.say(title), id in offer.services) }
        val choose = AskChoice("services", About(at.text(R.string.mandate_services)), options, several = true) { id ->
            if (offer.services.remove(id) == null) offer.services[id] = names.getValue(id)
            at.redraw()
        }
        return listOf(Search(at.text(R.string.search_hint), sought) { sought = it; at.redraw() }) + if (options.isEmpty()) emptyList() else listOf(choose)
    }

    /** What is given; none while something was not said yet. */
    private fun draft(): MandateDraft? {
        val files = offer.files ?: return null
        val everything = offer.everything ?: return null
        val said = offer.name.isNotBlank() && offer.idNumber.isNotBlank() && offer.until.isNotEmpty() && (everything || offer.services.isNotEmpty())
        if (!said) return null
        val services = if (everything) emptyList() else offer.services.keys.toList()
        return MandateDraft(offer.idNumber.trim(), offer.name.trim(), if (files) MandateActs.FILE else MandateActs.READ, MandateReach.Services(services), offer.until)
    }

    private companion object {
        const val FEW = 5u
    }
}
