package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.Action
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Empty
import citizen.app.design.Figure
import citizen.app.design.Heading
import citizen.app.design.Line
import citizen.app.design.Page
import citizen.app.design.Pairs
import citizen.app.design.Words
import citizen.core.EntryKind
import citizen.core.FeeClass
import citizen.core.InsuranceView
import citizen.core.SettledLine
import citizen.core.Settlement

/** How a bill was settled, line by line, by which rules. */
class SettlementScreen(at: Here, private val id: String) : Screen<Settlement>(at) {
    override suspend fun load() = checkNotNull(me.cases.show(id).case.settlement)

    override fun view(state: Settlement) = Page(
        title = at.text(R.string.line_by_line),
        blocks = listOf(
            Card(
                listOf(
                    Pairs(
                        listOf(
                            at.text(R.string.bill_total) to at.amount(state.total),
                            at.text(R.string.bill_eligible) to at.amount(state.eligible),
                            at.text(R.string.bill_deductible) to at.amount(state.deductibleUsed),
                            at.text(R.string.bill_ratio) to at.text(R.string.percent, state.rules.ratio.toInt() / 100),
                            at.text(R.string.bill_own) to at.amount(state.ownShare),
                            at.text(R.string.reimbursed) to at.amount(state.reimbursed),
                        ),
                        strongLast = true,
                    ),
                ),
            ),
            Heading(at.text(R.string.each_line)),
        ) + state.lines.map(::line),
    )

    private fun line(line: SettledLine): Block {
        val fee = when (line.`class`) {
            FeeClass.A -> R.string.class_a
            FeeClass.B -> R.string.class_b
            FeeClass.C -> R.string.class_c
        }
        return Card(
            listOf(
                Words(line.name, lead = true),
                Words(at.text(fee), muted = true),
                Pairs(listOf(at.text(R.string.bill_total) to at.amount(line.amount), at.text(R.string.reimbursed) to at.amount(line.reimbursed))),
            ),
        )
    }
}

/** The medical-insurance account, always with its age. */
class InsuranceScreen(at: Here) : Screen<InsuranceScreen.State>(at) {
    class State(val view: InsuranceView?)

    override suspend fun load() = State(me.person.insurance())

    override fun view(state: State) = Page(
        title = at.text(R.string.insurance),
        blocks = state.view?.let(::account) ?: listOf(Empty(R.drawable.ic_insurance, at.text(R.string.no_balance))),
        main = Action(at.text(R.string.refresh)) { at.act { me.person.refreshInsurance() } },
    )

    private fun account(view: InsuranceView): List<Block> {
        val account = view.account
        return listOf(
            Card(
                listOf(
                    Figure(at.text(R.string.balance), at.amount(account.currentYear + account.earlierYears), at.text(R.string.as_of, at.time(account.asOf))),
                    Pairs(
                        listOf(
                            at.text(R.string.this_year, account.year.toInt()) to at.amount(account.currentYear),
                            at.text(R.string.earlier_years) to at.amount(account.earlierYears),
                            at.text(R.string.fund_paid) to at.amount(account.reimbursedThisYear),
                        ),
                    ),
                ),
            ),
            Words(at.say(account.scheme), muted = true),
            Words(at.text(R.string.fetched_at, at.time(view.fetchedAt)), muted = true),
            Heading(at.text(R.string.entries)),
        ) + account.entries.take(30).map { entry ->
            Line(at.amount(entry.amount), at.text(entryName(entry.kind)) + "  " + at.say(entry.place) + "\n" + at.day(entry.date))
        }
    }

    private fun entryName(kind: EntryKind) = when (kind) {
        EntryKind.CONTRIBUTION -> R.string.entry_contribution
        EntryKind.CLINIC -> R.string.entry_clinic
        EntryKind.PHARMACY -> R.string.entry_pharmacy
        EntryKind.HOSPITAL -> R.string.entry_hospital
        EntryKind.REIMBURSEMENT -> R.string.entry_reimbursement
        EntryKind.INTEREST -> R.string.entry_interest
        EntryKind.CARRIED_OVER -> R.string.entry_carried_over
        EntryKind.UNKNOWN -> R.string.entry_other
    }
}
