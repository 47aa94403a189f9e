package citizen.app.screens

import citizen.app.R
import citizen.app.bridge.Here
import citizen.app.design.About
import citizen.app.design.AskChoice
import citizen.app.design.AskDay
import citizen.app.design.AskText
import citizen.app.design.Block
import citizen.app.design.Heading
import citizen.app.design.Keys
import citizen.app.design.Option
import citizen.app.design.Words
import citizen.core.Answer
import citizen.core.Area
import citizen.core.Field
import citizen.core.FieldView
import citizen.core.Origin

/** Answers that have parts. The parts go to the core as one would write them on a line; it reads and judges them. */
class Parts(private val at: Here, private val type: (String, String) -> Unit) {
    /** The addresses that the person said are outside the areas that their form names. */
    private val elsewhere = mutableSetOf<String>()

    /** A part of an answer; of one that is half written, what stands in its place. */
    private fun part(field: FieldView, name: String, place: Int, sign: String): String {
        val parts = (field.value as? Answer.Parts)?.parts ?: return field.typed?.split(sign)?.getOrNull(place)?.trim().orEmpty()
        return (parts.firstOrNull { it.name == name }?.answer as? Answer.Words)?.text.orEmpty()
    }

    fun days(field: FieldView, about: About): List<Block> {
        val now = listOf("from", "to").mapIndexed { place, name -> part(field, name, place, TO) }
        val labels = listOf(R.string.first_day, R.string.last_day)
        return whole(about) + now.mapIndexed { place, day ->
            val shown = if (day.isEmpty()) "" else at.day(day)
            val around = About(at.text(labels[place]), from = if (place == 1) about.from else "", wrong = if (place == 1) about.wrong else "")
            AskDay("${field.path}#$place", around, shown, day, at.text(R.string.choose_day)) { chosen ->
                type(field.path, now.toMutableList().also { it[place] = chosen }.joinToString(" $TO "))
            }
        }
    }

    fun person(field: FieldView, about: About): List<Block> {
        // Names have gaps of their own: the number is what stands after the last one.
        val typed = field.typed?.takeIf { field.value !is Answer.Parts }
        val halves = typed?.let { listOf(it.substringBeforeLast(GAP), it.substringAfterLast(GAP, "")) }
        val now = (halves ?: listOf("name", "id_number").mapIndexed { place, name -> part(field, name, place, GAP) }).toMutableList()
        val labels = listOf(R.string.their_name, R.string.their_id)
        return whole(about) + now.indices.map { place ->
            val around = About(at.text(labels[place]), from = if (place == 1) about.from else "", wrong = if (place == 1) about.wrong else "")
            AskText("${field.path}#$place", around, now[place], if (place == 0) Keys.TEXT else Keys.ID) { typed ->
                now[place] = typed
                type(field.path, now.joinToString(GAP))
            }
        }
    }

    fun address(field: FieldView, about: About, areas: List<Area>): List<Block> {
        val now = LEVELS.mapIndexed { place, (name, _) -> part(field, name, place, SLASH) }.toMutableList()
        val offered = areas.firstOrNull { it.county == now[COUNTY] }
        val abroad = offered == null && (areas.isEmpty() || field.path in elsewhere || now.any { it.isNotBlank() })
        val asked = if (abroad) now.indices.toList() else if (offered != null) (TOWN..now.lastIndex).toList() else emptyList()
        return whole(about) + area(field, about.takeIf { asked.isEmpty() }, areas, now, abroad) + asked.map { place -> level(field, about, offered, now, place) }
    }

    /** One of the areas that the form names, or somewhere else. */
    private fun area(field: FieldView, about: About?, areas: List<Area>, now: List<String>, abroad: Boolean): List<Block> {
        if (areas.isEmpty()) return emptyList()
        val options = areas.map { Option(it.county, it.county, it.county == now[COUNTY]) } + Option("", at.text(R.string.somewhere_else), abroad)
        val around = About(at.text(R.string.county), from = about?.from.orEmpty(), wrong = about?.wrong.orEmpty())
        return listOf(
            AskChoice("${field.path}#area", around, options, several = false) { county ->
                val area = areas.firstOrNull { it.county == county }
                if (area == null) elsewhere += field.path
                val next = listOf(area?.province, area?.city, area?.county, now[TOWN].takeIf { area != null }, now.last())
                if (next.all { it.isNullOrEmpty() }) at.redraw() else type(field.path, next.joinToString(SLASH) { it.orEmpty() })
            },
        )
    }

    private fun level(field: FieldView, about: About, offered: Area?, now: MutableList<String>, place: Int): Block {
        val last = place == now.lastIndex
        val around = About(at.text(LEVELS[place].second), from = if (last) about.from else "", wrong = if (last) about.wrong else "")
        val keep = { words: String -> now[place] = words; type(field.path, now.joinToString(SLASH)) }
        if (place != TOWN || offered == null) return AskText("${field.path}#$place", around, now[place], Keys.TEXT, keep)
        return AskChoice("${field.path}#$place", around, offered.towns.map { Option(it, it, it == now[TOWN]) }, several = false, keep)
    }

    private fun whole(about: About): List<Block> =
        listOf(Heading(about.label)) + listOfNotNull(about.help.ifEmpty { null }?.let { Words(it, muted = true) })

    /** A question of a group's entry that is not there yet: the first answer to it makes the entry. */
    fun blank(field: Field, path: String) = FieldView(
        path = path, fieldId = field.fieldId, label = field.label, help = field.help, field = field.kind,
        required = field.required, value = null, words = null, typed = null, origin = Origin.Nobody, register = null,
        dispute = null, finding = null, earlier = emptyList(), entries = emptyList(), paper = null, declaration = null,
    )

    private companion object {
        val LEVELS = listOf("province" to R.string.province, "city" to R.string.city_level, "county" to R.string.county, "town" to R.string.town, "detail" to R.string.detail)
        const val COUNTY = 2
        const val TOWN = 3
        const val TO = "~"
        const val GAP = " "
        const val SLASH = "/"
    }
}
