package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.Action
import citizen.app.design.Ask
import citizen.app.design.AskAgree
import citizen.app.design.AskChoice
import citizen.app.design.AskDay
import citizen.app.design.AskFixed
import citizen.app.design.AskText
import citizen.app.design.Block
import citizen.app.design.Card
import citizen.app.design.Chip
import citizen.app.design.Heading
import citizen.app.design.Keys
import citizen.app.design.Line
import citizen.app.design.Option
import citizen.app.design.Push
import citizen.app.design.Tone
import citizen.app.design.Words
import citizen.core.Answer
import citizen.core.FieldKind
import citizen.core.FieldView
import citizen.core.Origin

/** Draws the questions of any form, by the kind of answer. Knows no field and no rule. */
class Questions(private val at: Here, private val draft: String, private val added: MutableSet<String>) {
    private val drafts get() = checkNotNull(at.core.person).drafts
    private val parts = Parts(at, ::type)

    fun blocks(field: FieldView): List<Block> {
        if (field.origin is Origin.Computed) return listOf(AskFixed(field.path, about(field), field.words?.let(at::say) ?: at.text(R.string.computed_later)))
        return when (val kind = field.field) {
            is FieldKind.Text -> listOf(text(field, Keys.TEXT))
            is FieldKind.LongText -> listOf(text(field, Keys.LONG))
            is FieldKind.Number -> listOf(text(field, Keys.DIGITS))
            is FieldKind.Money -> listOf(text(field, Keys.AMOUNT))
            is FieldKind.Phone -> listOf(text(field, Keys.PHONE))
            is FieldKind.BankAccount -> listOf(text(field, Keys.DIGITS))
            is FieldKind.IdNumber -> listOf(text(field, Keys.ID))
            is FieldKind.Date -> listOf(day(field))
            is FieldKind.Choice -> listOf(choice(field, kind.options.map { it.value to at.say(it.label) }))
            is FieldKind.Choices -> listOf(choices(field, kind.options.map { it.value to at.say(it.label) }))
            is FieldKind.YesNo -> listOf(yesNo(field))
            is FieldKind.DateRange -> parts.days(field, about(field))
            is FieldKind.Address -> parts.address(field, about(field), kind.areas)
            is FieldKind.Person -> parts.person(field, about(field))
            is FieldKind.Group -> group(field, kind)
            is FieldKind.Attachment -> paper(field)
            is FieldKind.Declaration -> declaration(field)
            is FieldKind.Note -> listOf(Words(at.say(field.label), muted = true))
            is FieldKind.Unknown -> listOf(Words(at.text(R.string.needs_newer_app)))
        }
    }

    private fun about(field: FieldView) = About(
        label = at.say(field.label) + if (field.required) "" else at.text(R.string.optional),
        help = field.help?.let(at::say).orEmpty(),
        from = listOf(readBack(field), provenance(field)).filter { it.isNotEmpty() }.joinToString("\n"),
        wrong = field.finding?.let(at::say).orEmpty(),
        action = disputable(field),
    )

    /** How an account number was understood, in groups and with its bank: a wrong digit is seen before money goes astray. */
    private fun readBack(field: FieldView): String =
        if (field.field is FieldKind.BankAccount && field.value != null) field.words?.let(at::say).orEmpty() else ""

    /** Which register said so, and of which day it is. */
    private fun provenance(field: FieldView): String {
        val register = field.register ?: return field.earlier.firstOrNull()?.let { at.text(R.string.ask_again) }.orEmpty()
        val source = at.text(R.string.from_register, at.say(register.source.title), at.day(register.source.asOf))
        return if (field.dispute == null) source else source + "\n" + at.text(R.string.disputed)
    }

    private fun disputable(field: FieldView): Action? {
        if (field.register == null) return null
        if (field.dispute != null) return Action(at.text(R.string.withdraw_dispute)) { at.act { drafts.withdrawDispute(draft, field.fieldId) } }
        return Action(at.text(R.string.dispute)) {
            at.askWords(at.text(R.string.dispute_title), at.text(R.string.dispute_hint), at.text(R.string.dispute)) { note ->
                at.act { drafts.dispute(draft, field.fieldId, note) }
            }
        }
    }

    private fun type(path: String, typed: String) = at.act { drafts.typeAnswer(draft, path, typed) }
    private fun set(path: String, answer: Answer) = at.act { drafts.setAnswer(draft, path, answer) }

    private fun text(field: FieldView, keys: Keys) =
        AskText(field.path, about(field), field.typed ?: plain(field), keys) { type(field.path, it) }

    /** An answer as one would type it. */
    private fun plain(field: FieldView): String = when (val value = field.value) {
        is Answer.Words -> value.text
        is Answer.Whole -> if (field.field is FieldKind.Money) field.words?.let(at::say).orEmpty() else value.number.toString()
        else -> ""
    }

    private fun day(field: FieldView): Ask {
        val day = (field.value as? Answer.Words)?.text.orEmpty()
        return AskDay(field.path, about(field), field.words?.let(at::say).orEmpty(), day, at.text(R.string.choose_day)) { set(field.path, Answer.Words(it)) }
    }

    private fun choice(field: FieldView, options: List<Pair<String, String>>): Ask {
        val chosen = (field.value as? Answer.Words)?.text
        return AskChoice(field.path, about(field), options.map { (value, words) -> Option(value, words, value == chosen) }, several = false) { set(field.path, Answer.Words(it)) }
    }

    private fun choices(field: FieldView, options: List<Pair<String, String>>): Ask {
        val chosen = (field.value as? Answer.Several)?.items.orEmpty()
        return AskChoice(field.path, about(field), options.map { (value, words) -> Option(value, words, Answer.Words(value) in chosen) }, several = true) {
            val option = Answer.Words(it)
            val next = if (option in chosen) chosen - option else chosen + option
            if (next.isEmpty()) at.act { drafts.clearAnswer(draft, field.path) } else set(field.path, Answer.Several(next))
        }
    }

    private fun yesNo(field: FieldView): Ask {
        val yes = (field.value as? Answer.YesNo)?.yes
        val options = listOf(Option("yes", at.text(R.string.yes), yes == true), Option("no", at.text(R.string.no), yes == false))
        return AskChoice(field.path, about(field), options, several = false) { set(field.path, Answer.YesNo(it == "yes")) }
    }

    /** The entries of a group, and an empty one where the person asked for it. */
    private fun group(field: FieldView, kind: FieldKind.Group): List<Block> {
        val about = about(field)
        val entry = at.say(kind.entry)
        val entries = field.entries.mapIndexed { index, fields ->
            val named = at.text(R.string.remove_entry, entry, index + 1)
            val remove = Push(Action(named) { at.confirm(named, at.text(R.string.remove_entry_words), named) { at.act { drafts.removeEntry(draft, field.fieldId, index.toUInt()) } } }, bad = true)
            Card(listOf(Heading(at.text(R.string.entry, entry, index + 1))) + fields.flatMap(::blocks) + remove)
        }
        val mark = "${field.path}/${entries.size}"
        val empty = if (mark in added) listOf(Card(listOf(Heading(at.text(R.string.entry, entry, entries.size + 1))) + kind.fields.map { parts.blank(it, "$mark/${it.fieldId}") }.flatMap(::blocks))) else emptyList()
        val full = entries.size >= kind.max.toInt() || empty.isNotEmpty()
        val add = if (full) emptyList() else listOf(Push(Action(at.text(R.string.add_entry, entry), R.drawable.ic_plus) { added += mark; at.redraw() }))
        return listOf(Heading(about.label)) + listOfNotNull(about.help.ifEmpty { null }?.let { Words(it, muted = true) }, about.wrong.ifEmpty { null }?.let { Words(it) }) + entries + empty + add
    }

    private fun paper(field: FieldView): List<Block> {
        val paper = field.paper ?: return emptyList()
        return listOf(paperLine(at, paper) { at.go("paper/$draft/${paper.requirementId}") })
    }

    private fun declaration(field: FieldView): List<Block> {
        val view = field.declaration ?: return emptyList()
        return listOf(agreement(at, draft, view))
    }
}
