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
        val now = listOf("name", "id_number").mapIndexed { place, name -> part(field, name, place, GAP) }.toMutableList()
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
        val names = listOf("province", "city", "county", "town", "detail")
        val labels = listOf(R.string.province, R.string.city_level, R.string.county, R.string.town, R.string.detail)
        val now = names.mapIndexed { place, name -> part(field, name, place, SLASH) }.toMutableList()
        val offered = areas.firstOrNull { it.county == now[2] }
        val towns = offered?.towns.orEmpty().map { Option(it, it, it == now[3]) }
        val areaOptions = areas.map { Option(it.county, it.county, it.county == now[2]) }
        val choose = if (areas.isEmpty()) emptyList() else listOf(
            AskChoice("${field.path}#area", About(at.text(R.string.county)), areaOptions, several = false) { county ->
                val area = areas.first { it.county == county }
                type(field.path, listOf(area.province, area.city, area.county, now[3], now[4]).joinToString(SLASH))
            },
        )
        return whole(about) + choose + now.indices.filter { areas.isEmpty() || offered == null || it > 2 }.map { place ->
            val last = place == now.lastIndex
            val around = About(at.text(labels[place]), from = if (last) about.from else "", wrong = if (last) about.wrong else "")
            if (place == 3 && towns.isNotEmpty()) {
                AskChoice("${field.path}#3", around, towns, several = false) { town ->
                    type(field.path, now.toMutableList().also { it[3] = town }.joinToString(SLASH))
                }
            } else {
                AskText("${field.path}#$place", around, now[place], Keys.TEXT) { typed ->
                    now[place] = typed
                    type(field.path, now.joinToString(SLASH))
                }
            }
        }
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
        const val TO = "~"
        const val GAP = " "
        const val SLASH = "/"
    }
}
